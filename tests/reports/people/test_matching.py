"""Who is likely the same, weighed by how common the name is; who was told apart is not named again."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases import actions
from cases.models import DistinctPair, NameKey, Returnee
from cases.reports.people import duplicates
from cases.reports.people.duplicates import likely_pairs
from cases.reports.people.matching import PersonDetails, likely_same
from cases.reports.people.search import find_people
from tests.makers import make_returnee


def likely(**facts):
    return [look.returnee.full_name for look in likely_same(PersonDetails(**facts), Returnee.objects.kept())]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"full_name": "tuong duy khiet", "born_on": "1985"}, True),
        ({"full_name": "Tường Duy Khiết", "born_on": "1985-05-12"}, True),
        ({"full_name": "Tường Duy Khiết", "born_on": "1986"}, True),
        ({"full_name": "Tường Duy Khiết", "born_on": "1961"}, False),
        ({"full_name": "Tường Duy Khiết", "born_on": "1985", "sex": "female"}, False),
        ({"full_name": "Tường Duy Khiệt", "born_on": "1985"}, False),
        ({"full_name": "Lê An", "born_on": "1961", "identity_number": "123456789"}, True),
        ({"full_name": "Khiết Còi", "born_on": "1985"}, True),
    ],
)
def test_a_rare_name_of_the_year_is_likely_the_same(facts, found, an):
    make_returnee(
        by=an,
        full_name="Tường Duy Khiết",
        aliases="Khiết Còi",
        born_on="1985",
        identity_number="067085000123",
        old_identity_number="123456789",
    )

    assert likely(**facts) == (["Tường Duy Khiết"] if found else [])


def test_a_common_name_of_the_year_says_little_until_more_agrees(an):
    for number in range(20):
        make_returnee(by=an, full_name="Nguyễn Văn Hùng", born_on=f"{1985 + number % 2 * 10}-01-{number + 2:02d}")

    assert likely(full_name="Nguyễn Văn Hùng", born_on="1985") == []
    assert likely(full_name="Nguyễn Văn Hùng", born_on="1985-01-02") == ["Nguyễn Văn Hùng"]
    assert len(likely(full_name="Nguyễn Văn Hùng", born_on="1985", hamlet="T. Nam Tân")) <= 5


def test_told_apart_they_are_never_named_again(an, anh):
    one, other = (make_returnee(by=an, full_name="Tường Duy Khiết", born_on="1985") for _ in range(2))
    assert [(double.first, double.second) for double in likely_pairs(anh)] == [(one, other)]

    first = actions.distinct.tell_apart(one=other, other=one, by=anh, reason="Anh em họ")
    again = actions.distinct.tell_apart(one=one, other=other, by=anh, reason="Anh em họ ")

    assert first == again
    assert likely_pairs(anh) == []
    with pytest.raises(ValidationError):
        actions.distinct.tell_apart(one=one, other=one, by=anh)
    with pytest.raises(IntegrityError), transaction.atomic():
        DistinctPair(first=other, second=one).stamp(anh).save()


def test_files_with_one_number_are_a_pair_whatever_the_names(an, anh):
    one = make_returnee(by=an, full_name="Lê Văn Một", identity_number="067085000123", old_identity_number="123456789")
    other = make_returnee(by=an, full_name="Trần Hai", born_on="1970", identity_number="123456789")

    assert [(double.first, double.second) for double in likely_pairs(anh)] == [(one, other)]


def test_the_keys_of_a_person_follow_the_name(an):
    person = make_returnee(by=an, full_name="Tường Duy Khiết")
    person.full_name = "Bế Ích Quân"
    actions.returnee.correct(returnee=person, by=an)

    assert not NameKey.objects.filter(key__contains="khiet").exists()
    assert NameKey.objects.filter(returnee=person, key="=be ich quan").exists()


def test_where_no_name_holds_every_word_the_list_holds_those_like_it(an):
    make_returnee(by=an, full_name="Tường Duy Khiết")
    make_returnee(by=an, full_name="Bế Ích Quân")

    assert [one.full_name for one in find_people("Tường Văn Long", Returnee.objects.all())] == []
    assert [one.full_name for one in find_people("Tươn Duy Khiết", Returnee.objects.all())] == ["Tường Duy Khiết"]


@pytest.mark.parametrize(("born", "is_pair"), [("1985-12-30", True), ("1986-01-02", True), ("1987-01-02", False)])
def test_files_of_one_name_are_a_pair_where_the_years_of_birth_touch_however_exact_they_are(an, anh, born, is_pair):
    one = make_returnee(by=an, full_name="Tường Duy Khiết", born_on="1985-05-12")
    other = make_returnee(by=an, full_name="Tường Duy Khiết", born_on=born, household_contact="Tường Thị Mai")

    pairs = duplicates._by_name(Returnee.objects.filter(pk__in=[one.pk, other.pk]))

    assert pairs == ({(one.pk, other.pk)} if is_pair else set())
