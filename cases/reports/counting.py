"""How many rows lists have: exact, or as far as anybody reads it: up to a thousand, "1.000+" beyond."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet, Value

from cases.lib.numbers import COUNTED, CappedCount
from cases.models.joint_read import read_jointly


def count_up_to(rows: QuerySet) -> CappedCount:
    """Count the rows, but read no more than one beyond COUNTED; one query, however many there are."""
    return CappedCount(_bounded(rows).count())


def count_each_up_to(*lists: QuerySet, beside: Sequence[QuerySet] = ()) -> list[CappedCount]:
    """As `count_up_to`, of several lists in one query, that reads the rows of `beside` too."""
    found = [_bounded(rows).values_list("pk", flat=True) for rows in lists]
    read_jointly(*found, *beside)
    return [CappedCount(len(each)) for each in found]


def whole_count(rows: QuerySet) -> QuerySet:
    """The question how many rows there are, to be read beside others; `number_of` tells the answer."""
    return rows.order_by().values(whole=Value(1)).annotate(rows=Count("pk")).values_list("rows", flat=True)


def number_of(counted: QuerySet) -> int:
    """The answer to `whole_count`."""
    return next(iter(counted), 0)


def _bounded(rows: QuerySet) -> QuerySet:
    bounded = rows.order_by().values("pk")
    bounded.query.set_limits(high=COUNTED + 1)
    return bounded
