"""What an officer may type into the form of a person, and what is answered."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cases.forms.returnee import BirthField, ReturneeForm
from tests.makers import TODAY, make_returnee

COMPLETED = TODAY - timedelta(days=10)
RIGHT = {"identity_number": "067085000123", "sex": "male", "born_on": "1985"}


def form(an, **changes):
    facts = {
        "uid": str(uuid4()),
        "full_name": "Nguyễn Văn Dũng",
        "sex": "male",
        "born_on": "1985",
        "unit": an.unit.pk,
        "subject_type": "completed",
        "completed_on": f"{COMPLETED:%d/%m/%Y}",
    }
    return ReturneeForm({**facts, **changes}, user=an, on=TODAY)


@pytest.mark.parametrize(
    ("typed", "stored"), [("1970", "1970"), ("5/1970", "1970-05"), ("12/05/1970", "1970-05-12"), (" 1970 ", "1970")]
)
def test_a_birth_is_kept_as_far_as_it_is_known(typed, stored, an):
    filled = form(an, born_on=typed)

    assert filled.is_valid(), filled.errors
    assert filled.instance.born_on == stored
    assert BirthField().prepare_value(stored) in ("1970", "05/1970", "12/05/1970")


@pytest.mark.parametrize("typed", ["", "12", "31/02/1970", "13/1970", "hôm qua", "1" * 10_000_000])
def test_a_birth_that_is_no_date_is_refused_at_its_field(typed, an):
    assert "born_on" in form(an, born_on=typed).errors


def test_nobody_is_born_after_coming_home(an):
    assert "born_on" in form(an, born_on=str(TODAY.year + 1)).errors


@pytest.mark.parametrize("number", ["12345678", "0123456789", "06708500012x", "0670850001234"])
def test_a_number_of_the_wrong_length_is_an_error(number, an):
    assert "identity_number" in form(an, identity_number=number).errors


@pytest.mark.parametrize("number", ["", "067 085 000 123", "123456789"])
def test_a_right_number_or_none_is_no_trouble(number, an):
    filled = form(an, identity_number=number)

    assert filled.is_valid(), filled.errors
    assert filled.instance.identity_number == (number.replace(" ", "") or None)


@pytest.mark.parametrize("contradiction", [{"sex": "female"}, {"born_on": "1986"}])
def test_a_number_that_contradicts_is_a_warning_until_it_is_confirmed(contradiction, an):
    typed = {**RIGHT, **contradiction}

    warned = form(an, **typed)
    confirmed = form(an, **typed, number_right=RIGHT["identity_number"])
    of_another = form(an, **typed, number_right="067085000999")

    assert list(warned.errors) == ["number_right"]
    assert confirmed.is_valid()
    assert not of_another.is_valid()


def test_the_tick_is_shown_only_where_it_is_asked_for(an):
    asked, right = form(an, **{**RIGHT, "sex": "female"}), form(an, **RIGHT)
    asked.is_valid(), right.is_valid()

    assert "number_right" in asked.fields
    assert "number_right" not in right.fields
    assert "number_right" not in ReturneeForm(user=an, on=TODAY).fields


def test_a_number_with_an_open_file_names_the_unit(an, binh):
    make_returnee(by=binh, identity_number=RIGHT["identity_number"])

    assert "Xã Krông Nô" in str(form(an, **RIGHT).errors["identity_number"])


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("completed_on", TODAY + timedelta(days=1)),
        ("presented_on", TODAY + timedelta(days=1)),
        ("presented_on", COMPLETED - timedelta(days=1)),
    ],
)
def test_impossible_days_are_refused_at_their_field(field, day, an):
    assert list(form(an, **{field: f"{day:%d/%m/%Y}"}).errors) == [field]


def test_a_forged_commune_is_refused(an, units):
    assert list(form(an, unit=units.krong_no.pk).errors) == ["unit"]
    assert list(form(an, unit="x").errors) == ["unit"]


def test_ten_megabytes_of_text_are_answered_in_words(an):
    errors = form(an, full_name="A" * 10_000_000, note="B" * 10_000_000).errors

    assert set(errors) == {"full_name", "note"}
    assert len(str(errors)) < 2_000


@pytest.mark.parametrize(("typed", "kept"), [("+84 912 345 678", "0912345678"), ("", "")])
def test_phones_are_kept_in_one_spelling(typed, kept, an):
    filled = form(an, phone=typed, household_phone=typed)

    assert filled.is_valid(), filled.errors
    assert (filled.instance.phone, filled.instance.household_phone) == (kept, kept)


def test_what_is_no_phone_is_refused(an):
    assert list(form(an, phone="12").errors) == ["phone"]
