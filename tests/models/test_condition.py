"""The rules of a row are answered in memory as the database answers them."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Placement, condition, fields
from tests.makers import TODAY

RULES = [
    (model, rule)
    for model in apps.get_app_config("cases").get_models()
    for rule in model._meta.constraints
    if isinstance(rule, models.CheckConstraint)
]
RANDOM = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
KINDS = {
    "CharField": st.sampled_from(["", "paperwork", "offered", "x"]),
    "TextField": st.sampled_from(["", "x"]),
    "DateField": st.sampled_from([TODAY + timedelta(days=each) for each in (-1, 0, 1)]),
    "DateTimeField": st.just(None),
    "BooleanField": st.booleans(),
}


def constants(rule):
    return [part[1] for part in Q(rule.condition).flatten() if isinstance(part, tuple)]


def values_of(model, rule, data):
    """A value of its kind, or nothing, for every field the rule speaks of; often one that the rule names."""
    found = {}
    for field in model._meta.local_concrete_fields:
        if field.name in Q(rule.condition).referenced_base_fields:
            kind = field.get_internal_type()
            some = KINDS.get(kind, st.integers(min_value=0, max_value=40))
            named = [each for each in constants(rule) if isinstance(each, str) and kind == "CharField"]
            some = st.one_of(some, st.sampled_from(named)) if named else some
            found[field] = data.draw(st.one_of(st.none(), some) if field.null else some)
    return found


@pytest.mark.parametrize(("model", "rule"), RULES, ids=[rule.name for _model, rule in RULES])
@given(data=st.data())
@RANDOM
def test_every_rule_of_a_table_is_answered_as_the_database_answers_it(db, model, rule, data):
    values = values_of(model, rule, data)
    asked = {field.name: Value(value, field) for field, value in values.items()}

    found = condition.answer(Q(rule.condition), {field.name: value for field, value in values.items()})

    assert (found is not False) == Q(rule.condition).check(asked)


def test_a_rule_about_a_field_left_out_is_not_asked():
    rule = next(rule for model, rule in RULES if rule.name == "placement_since_before_until")
    wrong = Placement(since=TODAY, until=TODAY - timedelta(days=1))

    with pytest.raises(ValidationError):
        rule.validate(Placement, wrong)
    rule.validate(Placement, wrong, exclude={"until"})


def test_what_is_no_comparison_is_left_to_the_database(db):
    rule = fields.CheckConstraint(name="year", condition=Q(since__year__gte=2020) & Q(since__lte=F("until")))

    rule.validate(Placement, Placement(since=date(2021, 1, 1), until=date(2021, 1, 2)))
    with pytest.raises(ValidationError):
        rule.validate(Placement, Placement(since=date(2019, 1, 1), until=date(2021, 1, 2)))
