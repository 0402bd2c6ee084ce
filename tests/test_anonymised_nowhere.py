"""Who was anonymised stands in no answer to anybody, nor anywhere in the database or in what a device stores."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models

from cases import actions
from cases.models import RetentionVersion, Returnee
from tests import test_access as access
from tests.makers import TODAY, after_midnight
from tests.test_sealed_nowhere import NAME, NUMBER, OWN, ROLES, answers, person, text_of, told, words_of_file

world = access.world
__all__ = ["person"]  # a fixture of another file
pytestmark = pytest.mark.walk
LATER = TODAY + timedelta(days=800)


@pytest.fixture
def forgotten(person, an, anh, em):
    """The person of every text, dead since today, and later forgotten."""
    number = person.file_number
    actions.returnee.close(returnee=person, on=TODAY, reason="died", by=anh)
    facts = {"ending": "died", "years": 1, "warned": 0, "valid_from": date(2020, 1, 1), "certainty": "M"}
    actions.retention_version.add(version=RetentionVersion(**facts, source="Danh mục"), by=em)
    list(actions.audit_seal.seal_all(now=after_midnight()))
    actions.anonymisation.anonymise(people=[person.pk], by=anh, on=LATER)
    return Returnee.objects.get(pk=person.pk), number


@pytest.mark.parametrize("who", ROLES)
def test_nothing_of_an_anonymised_person_stands_in_any_answer_to_any_role(
    who, forgotten, world, request, signed_in, caplog
):
    client, column = signed_in(request.getfixturevalue(who)), access.CAST.index(who)

    found = {}
    for what, answer in answers(client, column, world):
        assert answer.status_code < 500, what
        if words := told(text_of(answer)):
            found[what] = words

    assert found == {}
    assert told(caplog.text) == [], "in what the server writes of itself"


@pytest.mark.both
def test_no_column_of_the_database_names_an_anonymised_person(forgotten):
    _person, number = forgotten
    found = set()
    for model in apps.get_app_config("cases").get_models():
        texts = [each for each in model._meta.concrete_fields if not isinstance(each, models.ForeignKey)]
        for values in models.QuerySet(model).values_list(*(each.attname for each in texts)):
            for each, value in zip(texts, values, strict=True):
                words = _words(value)
                if told(words) or re.search(rf"\b{re.escape(number)}\b", words):
                    found.add(f"{model.__name__}.{each.name}")

    assert found == set()


def _words(value):
    if isinstance(value, bytes | memoryview):
        return words_of_file(bytes(value))
    return f"{value}"


def test_the_names_looked_for_are_names(person):
    assert told(f"{NAME} {NUMBER} {' '.join(OWN.values())}") == [NAME, NUMBER, *OWN.values()]
