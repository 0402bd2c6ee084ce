from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], to: str) -> Coalesce:
    """How many of `rows` name a row of the list by their field `to`.

    Counted for the rows a page shows; joined and grouped, the whole list would be counted before its first page is cut.
    """
    own = rows.filter(**{to: OuterRef("pk")}).order_by().values(to)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
