"""A list walked by its keys, forwards and backwards, is the list."""

from datetime import date

import pytest
from django.db.models import Count, F
from django.db.models.functions import Coalesce
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.lib.numbers import COUNTED, CappedCount, group
from cases.models import Unit
from cases.reports.counting import count_up_to
from cases.reports.key_paging import KeyOrder

ORDERS = [
    (),
    ("pk",),
    ("-pk",),
    ("name", "-valid_from"),
    ("-valid_to", "name"),
    ("valid_to", "-name", "pk"),
    ("parent__name", "-valid_to"),
    (F("valid_to").asc(nulls_first=True), "name"),
    (F("valid_to").desc(nulls_last=True), "-parent__valid_to"),
    (Coalesce("valid_to", "valid_from").desc(), "pk"),
    ("-children_count", "name"),
]
DAYS = st.sampled_from([date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)])
ROWS = st.lists(
    st.tuples(st.sampled_from("aăâ"), DAYS, st.none() | DAYS.map(lambda day: day.replace(year=2025)), st.booleans()),
    min_size=1,
    max_size=9,
)


def walked(rows, size, backwards):
    order = KeyOrder(rows)
    part, found = order.first(size), []
    if backwards:
        part = [list(KeyOrder(rows).rows)[-1]]
    while part:
        found = [*part, *found] if backwards else [*found, *part]
        part = order.beyond(order.key(part[0 if backwards else -1]), size, backwards)
    return [row.pk for row in found]


class WalkTest(TestCase):
    @given(ROWS, st.integers(1, 4), st.sampled_from(ORDERS))
    def test_every_row_comes_once_and_in_the_order_of_the_list(self, drawn, size, order):
        Unit.objects.all().delete()
        above = Unit.objects.create(kind="province", name="b", code="above", valid_from=date(2019, 1, 1))
        for place, (name, start, end, has_parent) in enumerate(drawn):
            known = {"valid_from": start, "valid_to": end, "parent": above if has_parent else None}
            Unit.objects.create(kind="commune", name=name, code=str(place), **known)
        rows = Unit.objects.annotate(children_count=Count("children")).order_by(*order)

        whole = [row.pk for row in KeyOrder(rows).rows]

        assert walked(rows, size, backwards=False) == whole
        assert walked(rows, size, backwards=True) == whole
        if order and order[-1] in ("pk", "-pk"):
            assert whole == [row.pk for row in rows]


def test_a_count_goes_no_further_than_anybody_reads(db):
    Unit.objects.bulk_create(
        Unit(kind="commune", name="a", code=str(place), path=str(place), valid_from=date(2020, 1, 1))
        for place in range(COUNTED + 5)
    )

    assert str(count_up_to(Unit.objects.filter(kind="commune"))) == "1.000+"
    assert str(count_up_to(Unit.objects.filter(code__lte="1"))) == "2"


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (1000, "1.000"), (1001, "1.000+")])
def test_a_count_says_where_it_stopped(number, shown):
    assert str(CappedCount(number)) == f"{CappedCount(number)}" == group(CappedCount(number)) == shown
