"""How many rows a list has, as far as anybody reads it: exact up to a thousand, "1.000+" beyond."""

from django.db.models import QuerySet

from cases.lib.numbers import COUNTED, CappedCount


def count_up_to(rows: QuerySet) -> CappedCount:
    """Count the rows, but read no more than one beyond COUNTED; one query, however many there are."""
    bounded = rows.order_by().values("pk")
    bounded.query.set_limits(high=COUNTED + 1)
    return CappedCount(bounded.count())
