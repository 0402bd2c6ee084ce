from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.dates import HERE, PartialDate, add_months, age_on, days_meant, month_end, parse_day, parse_moment

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
partials = st.one_of(
    days.map(PartialDate.from_date),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 3, 15), 24, date(2022, 3, 15)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
    ],
)
def test_add_months_keeps_the_day_number_or_takes_the_month_end(day, months, later):
    assert add_months(day, months) == later


@given(days, st.integers(-600, 600))
def test_add_months_lands_in_the_right_month_with_the_nearest_day(day, months):
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, month_end(later).day)


@given(days, days, st.integers(0, 600))
def test_add_months_keeps_the_order_of_days(one, other, months):
    first, second = sorted([one, other])

    assert add_months(first, months) <= add_months(second, months)


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
def test_the_last_of_a_month_leads_to_the_last_of_every_month(year):
    ends = [add_months(date(year - 1, 12, 31), months) for months in range(1, 13)]

    assert ends == [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]


@given(days)
def test_month_end_is_followed_by_a_first(day):
    assert month_end(day).month == day.month
    assert (month_end(day) + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2002, 5, 11), 17), (date(2002, 5, 12), 18), (date(2002, 5, 13), 18), (date(1984, 5, 12), 0)],
)
def test_age_grows_on_the_birthday(on, years):
    assert age_on(date(1984, 5, 12), on) == years


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2022, 2, 28), 17), (date(2022, 3, 1), 18), (date(2024, 2, 28), 19), (date(2024, 2, 29), 20)],
)
def test_somebody_born_on_29_february_grows_older_on_1_march_where_there_is_no_29th(on, years):
    assert age_on(date(2004, 2, 29), on) == years


@given(days, days)
def test_an_age_is_full_only_once_as_many_years_are_over(born, on):
    """The end of the last month is not past it: the law's later day."""
    years = age_on(born, on)
    birthday = add_months(born, 12 * years)

    assert birthday <= on < add_months(born, 12 * (years + 1)) + timedelta(days=1)
    assert (years < 0) == (on < born)


@pytest.mark.parametrize(
    "text", ["8/4/2022", "08/04/2022", "08-04-2022", "8.4.2022", "08042022", "2022-04-08", " 8/4/2022 "]
)
def test_a_day_is_read_as_people_type_it(text):
    assert parse_day(text) == date(2022, 4, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8/4/22",
        "31/02/2022",
        "2022/04/08",
        "8/4-2022",
        "842022",
        "4/2022",
        "08/13/2022",
        "01/01/1899",
        "01/01/2101",
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):
        parse_day(text)


@given(days)
def test_every_day_is_read_back_from_what_is_shown(day):
    assert parse_day(f"{day:%d/%m/%Y}") == parse_day(f"{day:%d%m%Y}") == parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "storage", "shown"),
    [
        ("1970", "1970", "1970"),
        ("5/1970", "1970-05", "05/1970"),
        ("05-1970", "1970-05", "05/1970"),
        ("1970-05", "1970-05", "05/1970"),
        ("12/5/1970", "1970-05-12", "12/05/1970"),
        ("12051970", "1970-05-12", "12/05/1970"),
    ],
)
def test_a_partial_date_is_read_stored_and_shown(text, storage, shown):
    partial = PartialDate.parse(text)

    assert partial.storage == storage
    assert str(partial) == shown
    assert PartialDate.from_storage(storage) == partial


@pytest.mark.parametrize("text", ["", "70", "13/1970", "00/05/1970", "1899", "abc", "31/04/1970"])
def test_what_is_no_partial_date_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["", "5/1970", "1970-5", "1970-13", "1970-05-12-01", "12/05/1970"])
def test_what_is_not_in_stored_form_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.from_storage(text)


def test_a_day_without_its_month_is_refused():
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(1970, None, 12)


@given(partials)
def test_a_partial_date_survives_storing_and_typing(partial):
    assert PartialDate.from_storage(partial.storage) == partial == PartialDate.parse(str(partial))


@given(partials, partials)
def test_partial_dates_sort_as_their_stored_text(one, other):
    assert (one < other) == (one.storage < other.storage)
    assert one.earliest <= one.latest


@given(partials)
def test_a_full_date_has_one_day_and_a_vague_one_more(partial):
    assert partial.is_full == (partial.earliest == partial.latest)


def test_a_partial_date_is_no_number():
    with pytest.raises(TypeError):
        assert PartialDate(1970) < 1970


@pytest.mark.parametrize(
    ("typed", "stands", "here"),
    [
        ("31/08/2025 17:00", 31, 1),
        ("2025-08-31T17:00:00Z", 31, 1),
        ("2025-08-31 23:59:12", 31, 1),
        ("2025-08-31T22:30:00+07:00", 31, 31),
        ("2025-08-31T17:00:00+0700", 31, 31),
        ("2025-09-01T00:00:00+09:00", 1, 31),
        ("2025-08-31T16:58", 31, 31),
    ],
)
def test_a_moment_tells_the_day_that_stands_there_and_the_day_in_vietnam(typed, stands, here):
    moment = parse_moment(typed)

    assert [day.day for day in days_meant(moment)] == [stands, here]


@given(st.datetimes(datetime(1945, 9, 2), datetime(2100, 12, 30)))
def test_a_moment_of_the_clock_here_is_of_one_day(moment):
    stands, here = days_meant(moment.replace(hour=12, tzinfo=HERE))

    assert stands == here == moment.date()
