"""Pages of a list by key: the rows after or before a row, found by what it is sorted by, never by counting off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

PageKey = list[str | int | None]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class SortColumn:
    """One column a list is sorted by. `lookup` asks for it in a filter, `attribute` reads it from a row."""

    lookup: str
    attribute: str
    field: Field
    descending: bool
    nullable: bool
    nulls_last: bool

    @property
    def order(self) -> OrderBy:
        explicit = {} if not self.nullable else {"nulls_last": True} if self.nulls_last else {"nulls_first": True}
        return OrderBy(F(self.lookup), descending=self.descending, **explicit)

    def beyond(self, value: Any, backwards: bool) -> Q | None:
        """Rows that stand beyond `value` in this column; None where there can be none."""
        nulls_beyond = self.nulls_last != backwards
        if value is None:
            return None if nulls_beyond else Q(**{f"{self.lookup}__isnull": False})
        further = Q(**{f"{self.lookup}__{'lt' if self.descending != backwards else 'gt'}": value})
        return further | Q(**{f"{self.lookup}__isnull": True}) if self.nullable and nulls_beyond else further

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.lookup}__isnull": True}) if value is None else Q(**{self.lookup: value})


class KeyOrder(Generic[Row]):
    """A list in the order it has, made total by the primary key, and the key of each of its rows."""

    def __init__(self, rows: QuerySet[Row]) -> None:
        self.rows = rows
        self.columns: list[SortColumn] = []
        for place, item in enumerate(_order_of(rows)):
            self.columns.append(self._column(place, item))
            if self.columns[-1].field.primary_key:
                break
        self.rows = self.rows.order_by(*(column.order for column in self.columns))

    @property
    def names(self) -> list[str]:
        """What the list is sorted by, in words no other order shares."""
        return [f"{'-' * column.descending}{column.lookup}" for column in self.columns]

    def key(self, row: Row) -> PageKey:
        """What the list is sorted by, of one row, as JSON can hold it."""
        values = (getattr(row, column.attribute) for column in self.columns)
        return [value.isoformat() if isinstance(value, date) else value for value in values]

    def beyond(self, key: PageKey, size: int, backwards: bool = False) -> list[Row]:
        """The first `size` rows beyond the row with this key, in the order of the list; ValidationError for no key."""
        if len(key) != len(self.columns):
            raise ValidationError("as many values as the list has columns")
        values = [
            None if value is None else column.field.to_python(value)
            for column, value in zip(self.columns, key, strict=True)
        ]
        if self._tiers and not backwards:
            return self._in_tiers(int(values[0] or 0), size, values[1:])
        rows = self.rows.filter(self._condition(self.columns, values, backwards))
        return list(rows.reverse()[:size])[::-1] if backwards else list(rows[:size])

    def first(self, size: int) -> list[Row]:
        """The first `size` rows."""
        return self._in_tiers(0, size) if self._tiers else list(self.rows[:size])

    @property
    def _tiers(self) -> tuple[Q, ...]:
        """The steps a search is ranked by: asked one after the other, none ranks more rows than a page holds."""
        return getattr(self.rows, "tiers", ())

    def _in_tiers(self, first: int, size: int, rest: list | None = None) -> list[Row]:
        """So many rows of the tiers from `first` on; `rest`: what those of that tier are beyond."""
        if rest is None and (count := self._count_up_to(size + 1)) <= size:
            return list(self.rows) if count else []  # all on one page: they are ranked at once
        found: list[Row] = []
        for place in range(first, len(self._tiers)):
            rows = self.rows.filter(self._tiers[place]).order_by(*(column.order for column in self.columns[1:]))
            if rest and place == first:
                rows = rows.filter(self._condition(self.columns[1:], rest, backwards=False))
            found += rows[: size - len(found)]
            if len(found) == size:
                break
        return found

    def _count_up_to(self, most: int) -> int:
        some = self.rows.order_by().values("pk")
        some.query.set_limits(high=most)
        return some.count()

    @staticmethod
    def _condition(columns: list[SortColumn], values: list, backwards: bool) -> Q:
        """Beyond in the first column, or the same there and so on; before it a plain bound for an index."""
        found = Q(pk__in=[])
        for column, value in reversed(list(zip(columns, values, strict=True))):
            found = column.same(value) & found
            further = column.beyond(value, backwards)
            found = further | found if further is not None else found
        first, value = columns[0], values[0]
        if first.nullable or value is None or len(columns) == 1:
            return found
        side = "lte" if first.descending != backwards else "gte"
        return Q(**{f"{first.lookup}__{side}": value}) & found

    def _column(self, place: int, item: Any) -> SortColumn:
        order = item if isinstance(item, OrderBy) else OrderBy(F(item.removeprefix("-")), item.startswith("-"))
        name = getattr(order.expression, "name", "")  # of a column; an expression has none
        query, attribute = self.rows.query, f"sorted_by_{place}"
        if name and name not in query.annotations:
            path, field, *_ = query.names_to_path(name.split("__"), self.rows.model._meta)
            nullable = field.null or any(step.join_field.null for step in path)
            if path:
                self.rows = self.rows.annotate(**{attribute: F(name)})
            else:
                attribute = field.attname
        else:
            self.rows = self.rows.annotate(**{attribute: order.expression})
            name, nullable = attribute, True
            field = self.rows.query.annotations[attribute].output_field
        default = connections[self.rows.db].features.nulls_order_largest != order.descending
        nulls_last = bool(order.nulls_last or (default and not order.nulls_first))
        return SortColumn(name, attribute, field, order.descending, nullable, nulls_last)


def _order_of(rows: QuerySet) -> Iterator[Any]:
    yield from rows.query.order_by or (rows.model._meta.ordering if rows.query.default_ordering else ())
    yield "pk"
