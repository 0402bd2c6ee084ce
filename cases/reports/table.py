"""A report as data: columns and rows, for the page, for JSON and for any writer to come. No database, no markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from cases.lib.percentage import is_enough
from cases.lib.period import Period

Value = int | Decimal | None
KeptValue = TypeVar("KeptValue", int | Decimal | None, int | float | None)  # a value, or what JSON keeps of it
MEANS = ("percent", "money_a_month")  # of these no sum is made


@dataclass(frozen=True)
class FigureColumn:
    """One figure of every row; `counts` says what it is a number of, `unit` the same in words.

    `among` is the figure that says how many people or events it is made of, often itself; a percentage is of these, and
    `part` is the figure that it compares with them.
    """

    key: str
    title: str
    counts: str
    unit: str
    theme: str
    rule: str
    part: str = ""
    among: str = ""
    is_part: bool = False  # "trong đó": it is part of the figure above it

    def shown(self, values: Mapping[str, KeptValue]) -> KeptValue | None:
        """The figure as it may be shown: of a percentage only where it is made of people enough."""
        return values.get(self.key) if not self.part or is_enough(values.get(self.among)) else None


@dataclass(frozen=True)
class FigureRow:
    """The figures of one unit. `pk` and `code` are empty for what lies at no unit below."""

    pk: int | None
    code: str | None
    name: str
    values: dict[str, Value]

    def shown(self, column: FigureColumn) -> Value:
        return column.shown(self.values)


@dataclass(frozen=True)
class ReportTable:
    """The figures of a unit (`total`) and of those directly below it; a person in two rows counts once in the total."""

    report: str
    period: Period
    lens: str
    columns: tuple[FigureColumn, ...]
    total: FigureRow
    rows: tuple[FigureRow, ...]

    def sum_of(self, column: FigureColumn) -> Value:
        """What the rows add up to."""
        return sum(row.values[column.key] or 0 for row in self.rows)

    @property
    def columns_apart(self) -> list[FigureColumn]:
        """Counts whose rows do not add up to the total: who stands in two rows, or moved from one to the other."""
        counts = [each for each in self.columns if each.counts not in MEANS] if self.rows else []
        return [each for each in counts if self.sum_of(each) != self.total.values[each.key]]

    def as_json(self) -> dict:
        """The form of the report command's output; percentages as numbers with two decimals."""
        return {
            "report": self.report,
            "unit": {"code": self.total.code, "name": self.total.name},
            "period": {"from": self.period.start.isoformat(), "to": self.period.end.isoformat()},
            "lens": self.lens,
            "totals": json_values(self.total.values),
            "rows": [
                {"unit": {"code": row.code, "name": row.name}, "values": json_values(row.values)} for row in self.rows
            ],
        }


def json_values(values: dict[str, Value]) -> dict:
    """Return the values in a form that JSON can keep."""
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in values.items()}
