import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib import identity
from cases.lib.dates import PartialDate
from cases.lib.identity import Finding, NumberFindings


def digits(length):
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


def test_a_number_that_agrees_raises_nothing():
    assert identity.check_number("067085000123", "male", PartialDate(1985, 2, 3)) == NumberFindings()


def test_another_sex_and_another_birth_year_are_warnings():
    findings = identity.check_number("067085000123", "female", PartialDate(1986))

    assert findings.errors == ()
    assert findings.warnings == (Finding("sex", "male", "female"), Finding("birth_year", "1985", "1986"))


def test_the_wrong_century_is_a_warning():
    assert identity.check_number("067205000123", "male", PartialDate(1905)).warnings == (
        Finding("birth_year", "2005", "1905"),
    )


def test_nothing_known_raises_no_warning():
    assert identity.check_number("067085000123") == NumberFindings()


@pytest.mark.parametrize(
    "number", ["", "12345678", "1234567890", "06708500012", "0670850001234", "06708500012a", "٠٦٧٠٨٥٠٠٠١٢٣"]
)
def test_any_other_length_or_sign_is_an_error(number):
    assert identity.check_number(number).errors == (Finding("length", str(len(number)), "9, 12"),)


@given(digits(9))
def test_the_old_number_says_nothing_of_the_person(number):
    assert identity.check_number(number, "male", PartialDate(1985)) == NumberFindings()


@given(st.integers(1900, 2399), st.sampled_from(["male", "female"]), digits(3), digits(6))
def test_the_number_of_the_rule_agrees_with_its_bearer(year, sex, province, rest):
    century_and_sex = (year // 100 - 19) * 2 + (sex == "female")
    number = f"{province}{century_and_sex}{year % 100:02d}{rest}"

    assert identity.birth_year(number) == year
    assert not identity.check_number(number, sex).warnings
    assert identity.check_number(number, "male" if sex == "female" else "female").warnings[0].code == "sex"


def test_a_lost_leading_zero_is_put_back_and_told():
    assert identity.repair("67085000123") == ("067085000123", True)
    assert identity.repair("067 085 000 123") == ("067085000123", False)
    assert identity.repair("245123456") == ("245123456", False)


@pytest.mark.parametrize("text", ["0912345678", "+84 912 345 678", "84912345678", "0084.912.345.678", "0912-345-678"])
def test_a_mobile_is_read_in_every_form(text):
    assert identity.phone(text) == "0912345678"


@pytest.mark.parametrize("text", ["02613543210", "(0261) 3543210", "+84 261 3543 210"])
def test_a_landline_is_read_in_every_form(text):
    assert identity.phone(text) == "02613543210"


@pytest.mark.parametrize(
    "text", ["", "091234567", "09123456789", "0112345678", "0612345678", "0261354321", "số máy", "٠٩١٢٣٤٥٦٧٨"]
)
def test_what_is_no_phone_is_refused(text):
    with pytest.raises(ValueError):
        identity.phone(text)


@given(st.sampled_from(["03", "05", "07", "08", "09"]), digits(8))
def test_every_mobile_is_read_at_home_and_from_abroad(prefix, rest):
    assert identity.phone(prefix + rest) == identity.phone("+84" + prefix[1:] + rest) == prefix + rest


@given(st.sampled_from(["0912345678", "02613543210", "113"]))
def test_a_spaced_phone_has_the_same_digits(number):
    assert identity.tidy(identity.spaced_phone(number)) == number


def test_a_phone_is_spaced_to_be_read_aloud():
    assert identity.spaced_phone("0912345678") == "0912 345 678"
    assert identity.spaced_phone("02613543210") == "0261 3 543 210"
