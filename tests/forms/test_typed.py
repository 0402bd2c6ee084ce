"""Days, births and telephones as people type and paste them: read where they read in one way, asked about otherwise."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cases.forms.base import DayField
from cases.forms.phone_field import read_phone
from cases.forms.returnee import BirthField
from cases.lib.dates import PartialDate
from cases.lib.limits import FOUNDED, DayFacts
from cases.lib.written import BIRTHS
from tests.makers import TODAY


def day_field(of, **facts):
    field = DayField(of=of)
    field.on, field.facts = TODAY, DayFacts(**facts)
    return field


@pytest.mark.parametrize("typed", ["1/2/26", "01/02/26", "1.2.26", "1-2-26", "010226", " 1/2/26 "])
def test_a_day_with_a_short_year_is_read(typed):
    assert day_field("activity.on").clean(typed) == date(2026, 2, 1)


@given(st.dates(FOUNDED, TODAY))
def test_every_day_that_a_record_of_the_past_can_hold_is_read_from_two_digits_of_its_year(day):
    assert day_field("activity.on").clean(f"{day:%d/%m/%y}") == day


def test_a_short_year_that_can_be_of_two_centuries_is_asked_about():
    with pytest.raises(ValidationError, match="1946"):
        DayField(of="asked.day").clean("1/2/46")


@pytest.mark.parametrize("typed", ["31/2/26", "29/2/25", "1/13/26", "320126", "1/2/6", "1/2/126", "26"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError):
        day_field("activity.on").clean(typed)


def test_a_leap_day_is_of_the_century_that_has_it():
    assert day_field("judgment.judged_on").clean("29/2/00") == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("85", "1985"), ("1/2/85", "1985-02-01"), ("010285", "1985-02-01"), ("2/85", "1985-02"), ("5.3.01", "2001-03-05")],
)
def test_a_birth_with_a_short_year_is_of_somebody_who_can_have_been_released(typed, stored):
    assert BirthField().clean(typed) == stored


@given(st.dates(*BIRTHS))
def test_a_birth_of_two_digits_is_that_birth_or_a_question(day):
    if day.year in (BIRTHS[0].year, BIRTHS[1].year):
        with pytest.raises(ValidationError, match=f"{day:%d/%m/%y}"):
            BirthField().clean(f"{day:%d/%m/%y}")
    else:
        assert BirthField().clean(f"{day:%d/%m/%y}") == PartialDate.from_date(day).storage


@pytest.mark.parametrize("typed", ["7", "13/85", "0/85", "31/2/85", "8x"])
def test_what_is_no_birth_is_refused(typed):
    with pytest.raises(ValidationError):
        BirthField().clean(typed)


@pytest.mark.parametrize("typed", ["\u202a+84 912 345 678\u202c", "0912.345.678", "\u200b0912\u00a0345\u00a0678"])
def test_a_number_pasted_with_invisible_marks_is_read(typed):
    assert read_phone(typed) == "0912345678"


def test_two_numbers_are_shown_side_by_side_and_asked_about():
    with pytest.raises(ValidationError) as asked:
        read_phone("0912345678 / 0987 654 321")

    assert "0912 345 678, 0987 654 321" in asked.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "days"),
    [("31/08/2026 17:00", "31/08/2026 / 01/09/2026"), ("2026-08-31T09:00:00", "31/08/2026")],
)
def test_a_day_with_a_time_is_never_rounded_and_shows_the_days_it_may_be(typed, days):
    with pytest.raises(ValidationError) as refused:
        day_field("activity.on").clean(typed)

    assert refused.value.code == "moment"
    assert refused.value.messages[0].endswith(f"{days}.")


@pytest.mark.parametrize("typed", ["15/11/2126", "11/2126", "2126", "15/11/0205", "0205"])
def test_a_birth_of_a_year_nobody_can_mean_is_called_a_wrong_year(typed):
    with pytest.raises(ValidationError) as refused:
        BirthField().clean(typed)

    assert typed[-4:] in refused.value.messages[0]
    assert refused.value.code == "year"
