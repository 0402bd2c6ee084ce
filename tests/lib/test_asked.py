"""What was typed into a search, taken apart; whatever it is, nothing raises and nothing typed gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.asked import AskedPerson, parse, with_hamlet, without_title

READ = [
    ("Nguyễn Văn Dũng", AskedPerson("Nguyễn Văn Dũng")),
    ("dũng sn 1996", AskedPerson("dũng", born="1996")),
    ("dũng, sinh: 1996", AskedPerson("dũng,", born="1996")),
    ("dũng sinh năm 1996", AskedPerson("dũng", born="1996")),
    ("dũng sn 96", AskedPerson("dũng", born="1996")),
    ("dũng (1996)", AskedPerson("dũng", born="1996")),
    ("dũng 1996", AskedPerson("dũng 1996")),
    ("12/05/1985", AskedPerson("", born="1985-05-12")),
    ("dũng 1-2-1985 nam", AskedPerson("dũng nam", born="1985-02-01")),
    ("05/1985", AskedPerson("", born="1985-05")),
    ("32/05/1985", AskedPerson("32/05/1985")),
    ("12/2021/HS-ST", AskedPerson("12/2021/HS-ST")),
    ("24697-2022-015", AskedPerson("24697-2022-015")),
    ("067***123", AskedPerson("", number="067*123")),
    ("dũng 067xxxx123", AskedPerson("dũng", number="067*123")),
    ("…4567", AskedPerson("", number="*4567")),
    ("067.085.000.123", AskedPerson("067.085.000.123")),
    ('"văn dũng" 1985', AskedPerson("1985", phrase="văn dũng")),
    ("“văn dũng” sn 1985", AskedPerson("", phrase="văn dũng", born="1985")),
    ('dũng "', AskedPerson("dũng")),
    ("Sinh", AskedPerson("Sinh")),
    ("Xinxx", AskedPerson("Xinxx")),
]


@pytest.mark.parametrize(("typed", "asked"), READ, ids=[typed for typed, _asked in READ])
def test_what_was_typed_is_taken_apart(typed, asked):
    assert parse(typed) == asked


@given(st.text(alphabet='aăđ "“”*x./-()0123456789sn', max_size=30))
def test_nothing_raises_and_no_digit_gets_lost(typed):
    asked = parse(typed)
    kept = f"{asked.name}{asked.number}{asked.born}"

    assert sum(char.isdigit() for char in kept) >= sum(char.isdigit() for char in typed)


HAMLETS = ["Thôn 3", "Thôn Nam Tân", "Tổ dân phố 4", "Buôn Choáh", "A"]


@pytest.mark.parametrize(
    ("typed", "name", "hamlet"),
    [
        ("dũng thôn 3", "dũng", "Thôn 3"),
        ("Dũng, T.3", "Dũng,", "Thôn 3"),
        ("thon3 dung", "dung", "Thôn 3"),
        ("dũng nam tân", "dũng", "Thôn Nam Tân"),
        ("dũng tdp 4", "dũng", "Tổ dân phố 4"),
        ("dũng choah", "dũng", "Buôn Choáh"),
        ("dũng 3", None, None),
        ("thôn 3", None, None),
        ("nam tân dũng hải", "dũng hải", "Thôn Nam Tân"),
    ],
)
def test_a_hamlet_is_told_from_the_name_by_those_there_are(typed, name, hamlet):
    found = with_hamlet(parse(typed), HAMLETS)

    assert (found and found.words, found and found.hamlets) == (name, hamlet and (hamlet,))


@pytest.mark.parametrize(
    ("typed", "name"), [("ông Dũng", "Dũng"), ("Bà. Lan", "Lan"), ("ông", None), ("Dũng ông", None)]
)
def test_a_title_stands_in_front(typed, name):
    plain = without_title(parse(typed))

    assert (plain and plain.words) == name
