"""A number is found whole, in part and masked, as it was before it was encrypted."""

import pytest

from cases.models import Returnee, returnee_search
from cases.reports.people import search
from tests.makers import make_returnee

PEOPLE = {
    "Nguyễn Văn Dũng": {"identity_number": "067093551241", "phone": "0908771241"},
    "Trần Văn Hai": {"identity_number": "067093551242", "household_phone": "02613771243"},
    "Lê Thị Ba": {"old_identity_number": "241355124", "phone": "0908771244"},
    "Phạm Văn Tư": {},
}
ASKED = [
    ("067093551241", ["Nguyễn Văn Dũng"]),
    ("067 093 551 242", ["Trần Văn Hai"]),
    ("0935512", ["Nguyễn Văn Dũng", "Trần Văn Hai"]),
    ("1241", ["Nguyễn Văn Dũng"]),
    ("241355124", ["Lê Thị Ba"]),
    ("24135", ["Lê Thị Ba"]),
    ("0908 771 24", ["Lê Thị Ba", "Nguyễn Văn Dũng"]),
    ("+84 908", ["Lê Thị Ba", "Nguyễn Văn Dũng"]),
    ("0261 3 771 243", ["Trần Văn Hai"]),
    ("067***242", ["Trần Văn Hai"]),
    ("***771243", ["Trần Văn Hai"]),
    ("241xxx124", ["Lê Thị Ba"]),
    ("dũng 1241", ["Nguyễn Văn Dũng"]),
    ("hai 1241", []),
    ("067093551249", []),
]


@pytest.fixture
def people(an):
    return [make_returnee(by=an, full_name=name, **known) for name, known in PEOPLE.items()]


@pytest.mark.parametrize(("words", "names"), ASKED)
def test_a_number_is_found_however_much_of_it_is_typed(words, names, people):
    found = Returnee.objects.search(words).best_first(words)

    assert sorted(person.full_name for person in found) == sorted(names)
    if names:  # where nobody has it, people of a like name are offered
        assert {person.full_name for person in search.find_people(words, Returnee.objects.all())} == set(names)


def test_where_there_are_too_many_files_to_open_a_whole_number_is_found_and_a_part_of_one_is_not(people, monkeypatch):
    monkeypatch.setattr(returnee_search, "MOST_OPENED", 2)

    assert [each.full_name for each in Returnee.objects.search("067093551241")] == ["Nguyễn Văn Dũng"]
    assert [each.full_name for each in Returnee.objects.search("241355124")] == ["Lê Thị Ba"]
    assert list(Returnee.objects.search("0935512")) == []
    assert [each.full_name for each in Returnee.objects.search("dũng 0935512")] == ["Nguyễn Văn Dũng"]


def test_the_bearer_of_a_number_stands_before_whoever_has_it_in_another(people, an):
    make_returnee(by=an, full_name="An Văn Năm", phone="0241355124")

    found = Returnee.objects.search("241355124").best_first("241355124")

    assert [person.full_name for person in found] == ["Lê Thị Ba", "An Văn Năm"]
