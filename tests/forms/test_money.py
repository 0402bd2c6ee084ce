"""Sums of money as people type them: grouped or not; what could be read in two ways is refused."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases.forms.base import SUMS, MoneyField
from cases.forms.shared import DeadlineVersionForm
from tests.makers import TODAY


@pytest.mark.parametrize(
    "typed", ["1.200.000", "1200000", "1 200 000", "1,200,000", " 1.200.000 đồng", "1.200.000đ", "1.200.000 Đồng"]
)
def test_a_grouped_sum_is_read(typed):
    assert MoneyField().clean(typed) == 1_200_000


@pytest.mark.parametrize(
    "typed",
    ["1.5", "12,5", "1.200 triệu", "1tr2345", "0,0001k", "1.200.00", "1.200.000,50", "-5", "1,200", "1e6", "١٢"],
)
def test_what_reads_in_two_ways_or_in_none_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_a_refused_sum_is_named_as_it_was_typed():
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean("1.200 triệu")

    assert "“1.200 triệu”" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("5tr", 5_000_000), ("50 triệu", 50_000_000), ("50k", 50_000), ("50 Nghìn", 50_000), ("2 tỷ", 2_000_000_000)],
        *[
            ("1tr5", 1_500_000),
            ("1tr250", 1_250_000),
            ("1,5 triệu", 1_500_000),
            ("1.5tr", 1_500_000),
            ("5trđ", 5_000_000),
        ],
    ],
)
def test_a_sum_is_read_as_people_say_it(typed, meant):
    assert MoneyField().clean(typed) == meant


def test_a_small_number_without_its_unit_is_asked_about_and_taken_with_it():
    with pytest.raises(ValidationError) as asked:
        MoneyField().clean("50000")

    assert "50.000" in asked.value.messages[0]
    assert "50.000.000" in asked.value.messages[0]
    assert MoneyField().clean("50.000đ") == MoneyField().clean("50k") == 50_000
    assert MoneyField().clean("0") == 0


@given(st.integers(0, 100_000_000_000))
def test_what_a_field_shows_of_a_sum_is_read_as_that_sum(amount):
    assert MoneyField().clean(MoneyField().prepare_value(amount)) == amount


def test_every_field_of_a_sum_is_in_the_table_and_nothing_else_is():
    fields = [field for model in apps.get_app_config("cases").get_models() for field in model._meta.get_fields()]
    sums = {
        f"{field.model._meta.model_name}.{field.name}"
        for field in fields
        if isinstance(field, models.PositiveIntegerField | models.PositiveBigIntegerField)
        and ("(đồng)" in str(field.verbose_name) or field.name.endswith("_cap"))
    }
    with override(None):
        assert sums == SUMS


def test_how_many_days_a_deadline_has_is_no_sum(em):
    assert not isinstance(DeadlineVersionForm(user=em, on=TODAY).fields["amount"], MoneyField)
