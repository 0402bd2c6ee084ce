"""A search asked tier by tier finds what ranking every hit would find, page by page and in one order."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.lib import names, text
from cases.models import NameKey, Returnee, Unit, User
from cases.reports.key_paging import KeyOrder
from tests.makers import make_returnee

WORDS = ["Nguyễn", "Văn", "An", "Ân", "Dũng", "Dung", "Hương", "H'", "Bia", "Thị", "Đào", "Antoan"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
PEOPLE = st.lists(st.tuples(NAMES, st.just("") | NAMES, st.sampled_from(["1985", "1985-02-03", "1990"])), max_size=8)
ASKED = st.one_of(
    NAMES,
    NAMES.map(text.fold),
    st.sampled_from(
        ["an", "a", "ng", "hbia", "h bia", "1985", "an 1985", "dung", "nguyen d", "0670", "067085000001", "%"]
    ),
)


class TierTest(TestCase):
    @settings(max_examples=60)
    @given(PEOPLE, ASKED, st.integers(1, 4))
    def test_the_tiers_are_the_ranking(self, people, words, size):
        unit = Unit.objects.create(kind="commune", name="a", code="a", valid_from=date(2020, 1, 1))
        by = User.objects.create(username="an", full_name="An")
        for place, (name, alias, born) in enumerate(people):
            known = {"file_number": f"a-{place}", "identity_number": f"06708500{place:04d}", "born_on": born}
            row = Returnee(full_name=name, aliases=alias, unit=unit, sex="male", completed_on=date(2024, 1, 1), **known)
            row.stamp(by).save()
        ranked = Returnee.objects.search(words).best_first(words)
        whole = [row.pk for row in ranked]

        order, walked = KeyOrder(ranked), []
        part = order.first(size)
        while part:
            walked += [row.pk for row in part]
            part = order.beyond(order.key(part[-1]), size)

        assert walked == whole


@pytest.mark.parametrize(("words", "found"), [("an", ["An", "Anh"]), ("a", ["An", "Anh"]), ("oa", [])])
def test_two_letters_are_the_beginning_of_a_word(words, found, an):
    for name in ("An", "Anh", "Toàn"):
        make_returnee(by=an, full_name=f"Bùi {name}")

    hits = Returnee.objects.search(words).best_first(words)

    assert [row.full_name.split()[-1] for row in hits] == found


def test_a_whole_name_has_its_key(an):
    """The tier of whole names asks the keys first: a name between bars that had none would fall to the next tier."""
    for name in ("Nguyễn Văn Dũng", "H' Bia", "Nguyeenx Vawn Dunxg", "K'Tiêng"):
        person = make_returnee(by=an, full_name="Bùi An", aliases=name)
        words = person.search_text.split("| ")[2].strip()

        assert NameKey.objects.filter(returnee=person, key=names.full_key(words)).exists(), name
