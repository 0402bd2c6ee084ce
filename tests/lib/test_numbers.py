from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.numbers import group, parse_key, parse_number, parse_whole

decimals = st.decimals(-(10**12), 10**12, places=3)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, "1.234.567"),
        ("1234567", "1.234.567"),
        (1234567.5, "1.234.567,5"),
        (Decimal("-1234.50"), "-1.234,50"),
        (999, "999"),
        (0, "0"),
    ],
)
def test_numbers_are_grouped_by_dots_with_a_decimal_comma(value, shown):
    assert group(value) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"), [(12.25, 1, "12,3"), (12.24, 1, "12,2"), (2.5, 0, "3"), (7, 2, "7,00")]
)
def test_numbers_are_rounded_half_up(value, places, shown):
    assert group(value, places) == shown


def test_what_is_no_number_is_not_grouped():
    with pytest.raises(InvalidOperation):
        group("năm")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5.000.000", 5000000),
        ("5 000 000", 5000000),
        ("5000000", 5000000),
        ("1.234,5", Decimal("1234.5")),
        ("12,5", Decimal("12.5")),
        ("-3", -3),
        (" 0 ", 0),
    ],
)
def test_a_number_is_read_as_people_type_it(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "1.5", "12.34", "1.2345", "1,234,567", "1.000,", ",5", "5 triệu", "1e6", "٥", "1..000"]
)
def test_what_could_be_read_in_two_ways_is_refused(text):
    with pytest.raises(ValueError):
        parse_number(text)


@given(decimals)
def test_a_shown_number_is_read_back(value):
    assert parse_number(group(value)) == value


@given(st.integers(-(10**15), 10**15))
def test_a_shown_whole_number_is_read_back(value):
    assert parse_whole(group(value)) == parse_whole(str(value)) == value


def test_a_fraction_is_no_whole_number():
    assert parse_whole("1.000,0") == 1000
    with pytest.raises(ValueError, match="not a whole number"):
        parse_whole("1.000,5")


@pytest.mark.parametrize(("text", "key"), [("0", 0), ("7", 7), ("9" * 18, 999_999_999_999_999_999)])
def test_the_number_of_a_row_is_read(text, key):
    assert parse_key(text) == key


@pytest.mark.parametrize("text", ["", "-1", "²", "٣", "1 ", "1\n", "x", "9" * 19, "9" * 5000])
def test_what_cannot_be_the_number_of_a_row_is_none(text):
    assert parse_key(text) is None
