"""Every place that calls two people alike says the same of the same two: form, register, list of doubles."""

import pytest

from cases.models import Returnee
from cases.reports.people.duplicates import likely_pairs
from cases.reports.people.matching import details_of, likely_same
from tests.books import PERSON, book, check
from tests.makers import make_returnee

TY = {"full_name": "Trần Thanh Toàn", "aliases": "Tý", "born_on": "1988-01-07", "hamlet": "Thôn 1"}
KHIET = {"full_name": "Tường Duy Khiết", "aliases": "Khiết Còi", "born_on": "1985-05-12", "hamlet": "Thôn 1"}
TWO = [  # one, the other, whether they are likely one person
    (TY, {**TY, "full_name": "Lê Văn Minh", "born_on": "1988-06-09", "hamlet": "Thôn 9"}, False),
    (TY, {**TY, "full_name": "Lê Văn Minh", "born_on": "1988"}, False),
    (
        {**TY, "identity_number": "067088000001"},
        {**TY, "full_name": "Lê Văn Minh", "born_on": "1988-06-09", "identity_number": "067088000002"},
        False,
    ),
    (TY, {**TY, "full_name": "Lê Văn Minh"}, True),
    (KHIET, {**KHIET, "born_on": "1985", "aliases": "Còi"}, True),
    (KHIET, {**KHIET, "full_name": "Khiết Còi", "aliases": ""}, True),
    (KHIET, {**KHIET, "born_on": "1958-05-12"}, True),
    (KHIET, {**KHIET, "born_on": "1961-02-03"}, False),
]
HEADERS = {
    "full_name": "Họ và tên",
    "aliases": "Tên gọi khác",
    "hamlet": "Thôn, bon, buôn",
    "identity_number": "Số định danh",
}


def row(number, facts):
    born = "/".join(reversed(facts["born_on"].split("-")))
    cells = {header: facts.get(name) for name, header in HEADERS.items()}
    return {**PERSON, **cells, "Mã hồ sơ": number, "Ngày sinh": born}


def is_warned(found):
    return any(said.column == "Mã hồ sơ" and said.row for said in found.all_messages())


@pytest.mark.parametrize(("one", "other", "likely"), TWO)
def test_two_people_are_alike_everywhere_or_nowhere(one, other, likely, an, anh):
    beside = is_warned(check(book(people=[row("A", one), row("B", other)]), an))
    first = make_returnee(by=an, **one)
    on_file = is_warned(check(book(people=[row("B", other)]), an))
    asked = likely_same(details_of(Returnee(**other)), Returnee.objects.kept())
    second = make_returnee(by=an, **other)
    listed = [(double.first, double.second) for double in likely_pairs(anh)]

    assert (beside, on_file) == (likely, likely)
    assert [look.returnee for look in asked] == ([first] if likely else [])
    assert listed == ([(first, second)] if likely else [])
