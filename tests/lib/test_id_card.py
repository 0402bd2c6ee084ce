import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.id_card import CardError, parse

CARD = "067085000123|123456789|Nguyễn Văn Dũng|12051985|Nam|Thôn Nam Tân, Nam Đà, Lâm Đồng|01012022"


def test_the_seven_fields_are_read():
    card = parse(CARD)

    assert (card.number, card.old_number, card.full_name, card.sex) == (
        "067085000123",
        "123456789",
        "Nguyễn Văn Dũng",
        "male",
    )
    assert str(card.born) == "12/05/1985"
    assert (card.address, card.hamlet) == ("Thôn Nam Tân, Nam Đà, Lâm Đồng", "Thôn Nam Tân")


@pytest.mark.parametrize(
    "text",
    [
        CARD.replace("123456789", ""),
        CARD.replace("123456789|", ""),
        CARD.replace("123456789", "") + "|||mới|thêm",
        CARD.replace("123456789", "").replace("Nguyễn Văn Dũng", "Nguyeenx Vawn Dungx").replace("Nam|", "Nam |"),
        f"  {CARD.replace('123456789', '')}\n",
    ],
)
def test_an_empty_old_number_raw_telex_and_later_fields_are_no_trouble(text):
    card = parse(text)

    assert (card.old_number, card.full_name, str(card.born)) == ("", "Nguyễn Văn Dũng", "12/05/1985")


def test_a_woman_is_told_in_raw_telex_too():
    assert parse("067185000123||Lee Thij Hoa|12051985|Nuwx||").sex == "female"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nguyễn Văn Dũng", "fields"),
        ("a|b|c", "fields"),
        (CARD.replace("067085000123", "67085"), "number"),
        (CARD.replace("12051985", "31021985"), "born"),
        (CARD.replace("|Nam|", "|?|"), "sex"),
        (CARD.replace("Nguyễn Văn Dũng", "123"), "name"),
    ],
)
def test_a_wrong_text_says_which_part_is_wrong(text, code):
    with pytest.raises(CardError) as raised:
        parse(text)

    assert raised.value.code == code


@given(st.one_of(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=9).map("|".join)))
def test_any_text_is_a_card_or_a_card_error(text):
    with suppress(CardError):
        assert re.fullmatch(r"[0-9]{12}", parse(text).number)


@given(
    st.from_regex(r"\d{12}", fullmatch=True),
    st.sampled_from(["", "123456789"]),
    st.dates(),
    st.sampled_from(["Nam", "Nữ"]),
    st.text("abc, ", max_size=30),
)
def test_a_written_card_reads_back(number, old, born, sex, address):
    number = "".join(str(int(digit)) for digit in number)
    born = born.replace(year=1900 + born.year % 200)

    card = parse(f"{number}|{old}|Lê An|{born:%d%m}{born.year}|{sex}|{address}|01012022")

    assert (card.number, card.old_number, card.born.storage) == (number, old, born.isoformat())
    assert card.sex == ("male" if sex == "Nam" else "female")
