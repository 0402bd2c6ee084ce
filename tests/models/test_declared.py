"""Every stored field is personal, sensitive or plain; sealing, anonymising, papers and devices follow the one table."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.db import models

from cases import actions
from cases.models import Judgment, Returnee
from cases.models.declared import DECLARED, FieldKind, kind_of
from cases.models.sealed_names import IDENTIFYING
from cases.reports.casefile import readers
from cases.reports.work import trip
from tests.makers import TODAY, make_judgment, make_returnee

pytestmark = pytest.mark.both
MODELS = list(apps.get_app_config("cases").get_models())
KEPT_WORDS = {  # texts that stay though somebody typed or chose them, and why
    "Activity": "kinds",
    "ActivityEntry.kept_kind": "a kind of work",
    "ActivityEntry.kept_detail": "a kind of paper",
    "Offence.article": "a number of the code",
    "Offence.chapter": "a number of the code",
    "Crime.article": "a number of the code",
    "Verdict.facts": "days, kinds and articles: see CaseFacts",
    "Verdict.answer": "days, kinds and articles: see Eligibility",
    "Employer.contact_name": "of an employer",
    "Employer.phone": "of an employer",
    "Employer.search_text": "of an employer",
    "KeptFigures.figures": "numbers",
    "ReportVersion.lines": "ids and days",
    "ReportDocument.signatory_name": "of an officer",
    "UnitChange.before": "units and ids",
    "UnitChange.steps": "units",
    "DossierPaper.code": "which form",
    "TrainingReferral.result": "a choice",
    **{f"User.{name}": "of an officer" for name in ("username", "full_name", "phone", "search_text", "sort_key")},
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_personal_sensitive_or_plain(model):
    kinds = {field.name: kind_of(model, field.name) for field in (*model._meta.fields, *model._meta.many_to_many)}

    assert set(kinds.values()) <= set(FieldKind)


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_what_is_declared_is_what_the_model_says_is_personal_each_once(name):
    declared, model = DECLARED[name], apps.get_model("cases", name)
    told = [*declared.personal.split(), *declared.sensitive.split()]

    assert len(told) == len(set(told))
    assert set(told) == set(model.PERSONAL)
    assert set(declared.counted.split()) <= set(told)


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_only_words_are_forgotten_and_no_words_are_kept(name):
    declared, model = DECLARED[name], apps.get_model("cases", name)
    texts = models.CharField | models.TextField | models.JSONField | models.BinaryField
    written = {each.name for each in model._meta.concrete_fields if isinstance(each, texts) and not each.choices}
    kept = {each for each in declared.counted.split() if each in written}

    assert {f"{name}.{each}" for each in kept} <= KEPT_WORDS.keys()
    if not declared.goes and declared.way is not None:
        assert set(declared.forgotten) <= written, "figures stand on what is no text"


def test_what_identifies_a_sealed_file_is_personal():
    assert {kind_of(Returnee, name) for name in IDENTIFYING} == {FieldKind.PERSONAL}


def test_nothing_sensitive_lies_on_a_device(an):
    person = make_returnee(by=an, ethnicity="Ê Đê", prison="Trại giam Khác Lạ", certificate_number="GCN-5588")
    make_judgment(returnee=person, by=an, number="77/2021/HS-ST", court="Tòa án khác lạ", name="Tội khác lạ")

    told = json.dumps(trip.snapshot(an, TODAY, lambda duty: duty.kind), ensure_ascii=False)

    assert person.full_name in told
    for model, row in ((Returnee, person), (Judgment, person.judgments.get())):
        sensitive = DECLARED[model.__name__].sensitive.split()
        values = [getattr(row, name) for name in sensitive]
        shown = [f"{each:%d/%m/%Y}" if isinstance(each, date) else each for each in values]
        assert [each for each in shown if isinstance(each, str) and len(each) > 4 and each in told] == []


def test_all_that_a_device_tells_of_a_person_is_declared_personal(an):
    person = make_returnee(by=an)
    names = {"name": "full_name", "born": "born_on", "id": None, "last_contact": None, "lead": None}

    told = {names.get(key, key) for key in trip._row(Returnee.objects.with_facts().get(pk=person.pk))} - {None}

    assert {name: kind_of(Returnee, name) for name in told} == dict.fromkeys(told, FieldKind.PERSONAL)


def test_the_paper_for_the_person_says_what_is_kept_by_the_table(an, world_of_one):
    told = {each.model: each for each in readers.stored_kinds(world_of_one)}

    assert told["Judgment"].rows == 1
    assert "Tòa án" in ", ".join(told["Judgment"].sensitive)
    assert told["Returnee"].rows == 1
    assert set(told) <= DECLARED.keys()


@pytest.fixture
def world_of_one(an):
    person = make_returnee(by=an)
    make_judgment(returnee=person, by=an)
    return actions.returnee.correct(returnee=person, by=an)
