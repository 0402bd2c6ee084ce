from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.dates import PartialDate
from cases.lib.period import Period, period_of
from cases.templatetags import words

TODAY = date(2022, 4, 8)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_the_filters_work_in_a_template():
    page = Template(
        "{% load words %}{{ met|day }} · {{ met|day_words:today }} · {{ income|money }} · {{ rate|number:1 }}"
    )
    context = Context({"met": date(2022, 4, 5), "today": TODAY, "income": 5_200_000, "rate": Decimal("4.22")})

    assert page.render(context) == "05/04/2022 · 3 days ago · 5.200.000 VND · 4,2"


def test_a_day_is_shown_as_far_as_it_is_known():
    assert words.day(TODAY) == "08/04/2022"
    assert words.day(PartialDate(1970, 5)) == "05/1970"


def test_a_moment_is_shown_on_the_local_clock():
    late = datetime(2022, 4, 7, 18, 30, tzinfo=UTC)

    assert words.day(late) == "08/04/2022"
    assert words.day_and_hour(late) == "08/04/2022 01:30"
    assert words.day(datetime(2022, 4, 7, 18, 30)) == "07/04/2022"


def test_a_document_writes_a_zero_before_small_days_and_the_first_two_months():
    assert words.day_in_full(TODAY) == "08 4 2022 in full"
    assert words.day_in_full(date(2022, 2, 18)) == "18 02 2022 in full"
    assert words.day_in_full(date(2022, 12, 18)) == "18 12 2022 in full"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2022, 4, 8), "today"),
        (date(2022, 4, 7), "yesterday"),
        (date(2022, 4, 9), "tomorrow"),
        (date(2022, 4, 5), "3 days ago"),
        (date(2022, 4, 17), "in 9 days"),
        (date(2019, 1, 1), "1.193 days ago"),
        (datetime(2022, 4, 7, 18, 30, tzinfo=UTC), "today"),
    ],
)
def test_a_day_is_told_from_today(value, shown):
    assert words.day_words(value, TODAY) == shown


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        (date(2022, 4, 8), "due today"),
        (date(2022, 4, 7), "1 day overdue"),
        (date(2022, 4, 5), "3 days overdue"),
        (date(2022, 4, 9), "1 day left"),
        (date(2022, 4, 17), "9 days left"),
    ],
)
def test_a_duty_is_told_by_its_due_day(due, shown):
    assert words.overdue_words(due, TODAY) == shown


@given(st.dates(), st.dates())
def test_only_a_day_that_has_passed_is_overdue(due, on):
    assert ("overdue" in words.overdue_words(due, on)) == (due < on)


def test_days_are_counted_from_the_first_to_the_second():
    assert words.days_since(date(2022, 4, 5), TODAY) == 3
    assert words.days_since(date(2022, 4, 17), TODAY) == -9
    assert words.days_since(None, TODAY) is None


def test_numbers_are_shown_as_vietnam_writes_them():
    assert words.number(1234567) == "1.234.567"
    assert words.number(Decimal("12.25"), 1) == "12,3"
    assert words.money(Decimal("5000000.4")) == "5.000.000 VND"


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_is_unknown_is_a_dash_and_never_a_blank(nothing):
    plain = [
        words.dash,
        words.day,
        words.day_and_hour,
        words.day_in_full,
        words.number,
        words.money,
        words.phone,
    ]

    assert {show(nothing) for show in plain} == {"—"}
    assert {show(nothing, TODAY) for show in (words.day_words, words.overdue_words)} == {"—"}


def test_zero_is_known():
    assert [words.dash(0), words.number(0), words.money(0)] == [0, "0", "0 VND"]


@pytest.mark.parametrize(
    ("profile", "kind", "shown"),
    [
        ("calendar", "month", "Month 4/2022"),
        ("calendar", "quarter", "Quarter II/2022"),
        ("calendar", "half", "First half of 2022"),
        ("calendar", "year", "Year 2022"),
        ("state", "month", "Month 4/2022 (15/03/2022–14/04/2022)"),
        ("state", "half", "First half of 2022 (15/12/2021–14/06/2022)"),
        ("oversight", "year", "Oversight year 2022 (01/10/2021–30/09/2022)"),
    ],
)
def test_a_period_is_named_with_its_days_where_they_surprise(profile, kind, shown):
    assert words.period_label(period_of(profile, kind, TODAY)) == shown


def test_the_second_half_and_any_two_days_are_named_too():
    assert words.period_label(period_of("calendar", "half", date(2022, 7, 1))) == "Second half of 2022"
    assert words.period_label(Period(date(2019, 1, 1), TODAY)) == "From 01/01/2019 to 08/04/2022"


def test_names_and_phones_are_shortened_for_the_page():
    assert words.excerpt("một hai ba", 7) == "một…"
    assert words.phone("0912345678") == "0912 345 678"


def test_an_offence_stands_in_a_clause_of_an_article_or_in_the_article_alone():
    offence = SimpleNamespace(clause=1, article="173")

    assert words.code_place(offence) == "clause 1, article 173"
    assert words.code_place(SimpleNamespace(clause=None, article="173")) == "article 173"
