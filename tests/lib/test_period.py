from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.period import KINDS, Label, Period, PeriodKind, Profile, period_of

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
named = st.sampled_from([(profile, kind) for profile in KINDS if profile != Profile.CUSTOM for kind in KINDS[profile]])
periods = st.tuples(days, st.integers(0, 1500)).map(lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1])))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("profile", "kind", "day", "start", "end", "number", "year"),
    [
        ("calendar", "month", date(2024, 2, 10), date(2024, 2, 1), date(2024, 2, 29), 2, 2024),
        ("calendar", "quarter", date(2022, 4, 8), date(2022, 4, 1), date(2022, 6, 30), 2, 2022),
        ("calendar", "half", date(2022, 7, 1), date(2022, 7, 1), date(2022, 12, 31), 2, 2022),
        ("calendar", "year", date(2022, 4, 8), date(2022, 1, 1), date(2022, 12, 31), 1, 2022),
        ("state", "month", date(2022, 4, 14), date(2022, 3, 15), date(2022, 4, 14), 4, 2022),
        ("state", "month", date(2021, 12, 15), date(2021, 12, 15), date(2022, 1, 14), 1, 2022),
        ("state", "quarter", date(2022, 3, 14), date(2021, 12, 15), date(2022, 3, 14), 1, 2022),
        ("state", "quarter", date(2022, 3, 15), date(2022, 3, 15), date(2022, 6, 14), 2, 2022),
        ("state", "half", date(2022, 6, 14), date(2021, 12, 15), date(2022, 6, 14), 1, 2022),
        ("state", "half", date(2022, 6, 15), date(2022, 6, 15), date(2022, 12, 14), 2, 2022),
        ("state", "year", date(2022, 12, 14), date(2021, 12, 15), date(2022, 12, 14), 1, 2022),
        ("state", "year", date(2022, 12, 15), date(2022, 12, 15), date(2023, 12, 14), 1, 2023),
        ("oversight", "year", date(2022, 9, 30), date(2021, 10, 1), date(2022, 9, 30), 1, 2022),
        ("oversight", "year", date(2022, 10, 1), date(2022, 10, 1), date(2023, 9, 30), 1, 2023),
    ],
)
def test_a_day_lies_in_its_period(profile, kind, day, start, end, number, year):
    period = period_of(profile, kind, day)

    assert period == Period(start, end)
    assert period.label == Label(Profile(profile), PeriodKind(kind), number, year)


@given(named, days)
def test_periods_of_a_kind_follow_each_other_without_gap_or_overlap(name, day):
    period = period_of(*name, day)

    assert period.contains(day)
    assert period.previous().end == period.start - DAY
    assert period.following().start == period.end + DAY
    assert period.following().previous() == period == period.previous().following()


@given(named, days)
def test_a_named_period_knows_its_name(name, day):
    label = period_of(*name, day).label

    assert (label.profile, label.kind) == name


@given(named, days)
def test_every_day_of_a_named_period_names_it(name, day):
    period = period_of(*name, day)

    assert period_of(*name, period.start) == period_of(*name, period.end) == period


@pytest.mark.parametrize(
    ("profile", "kind"), [("oversight", "month"), ("custom", "custom"), ("calendar", "custom"), ("moon", "month")]
)
def test_a_kind_the_profile_lacks_is_refused(profile, kind):
    with pytest.raises(ValueError):
        period_of(profile, kind, date(2022, 4, 8))


def test_any_two_days_have_no_name():
    assert Period(date(2019, 1, 1), date(2022, 4, 8)).label == Label(Profile.CUSTOM, PeriodKind.CUSTOM, 0, 0)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2022, 4, 8), date(2022, 4, 7))


def test_a_period_of_one_day_contains_that_day_only():
    period = Period(date(2022, 4, 8), date(2022, 4, 8))

    assert period.days == 1
    assert [period.contains(date(2022, 4, number)) for number in (7, 8, 9)] == [False, True, False]


def test_whole_months_are_compared_with_as_many_months_before():
    assert Period(date(2022, 1, 1), date(2022, 2, 28)).previous() == Period(date(2021, 11, 1), date(2021, 12, 31))


def test_other_days_are_compared_with_as_many_days_before():
    period = Period(date(2022, 4, 2), date(2022, 4, 8))

    assert period.previous() == Period(date(2022, 3, 26), date(2022, 4, 1))
    assert period.following() == Period(date(2022, 4, 9), date(2022, 4, 15))


@given(periods)
def test_the_period_before_ends_the_day_before(period):
    assert period.previous().end == period.start - DAY


@given(periods)
def test_months_fill_the_period_without_gap_or_overlap(period):
    slices = period.months()

    assert slices[0].start == period.start
    assert slices[-1].end == period.end
    assert all(one.end + DAY == other.start for one, other in zip(slices, slices[1:], strict=False))
    assert sum(part.days for part in slices) == period.days


@given(st.sampled_from([Profile.CALENDAR, Profile.STATE]), days)
def test_a_year_has_the_twelve_months_of_its_profile(profile, day):
    labels = [part.label for part in period_of(profile, PeriodKind.YEAR, day).months()]

    assert [label.number for label in labels] == list(range(1, 13))
    assert {label.profile for label in labels} == {profile}
