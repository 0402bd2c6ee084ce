"""What the columns of any list are made of: a title, what it holds, how a row answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.reports.writers.xlsx import CellKind, SheetColumn


class Columns:
    """What a workbook shows of each row, from left to right."""

    def __init__(self, *columns: tuple[SheetColumn, Callable]):
        self.titles = [column for column, _value in columns]
        self.values = [value for _column, value in columns]

    def of(self, rows: Iterable) -> Iterator[list]:
        for row in rows:
            yield [_plain(value(row)) for value in self.values]


def _plain(value: object) -> object:
    return str(value) if value is not None and not isinstance(value, int | float | date) else value


def text_column(title: str, value: Callable, width: int = 18) -> tuple[SheetColumn, Callable]:
    """Words, or a number that is a name: as text, zeros in front kept; `width` in characters."""
    return SheetColumn(title, CellKind.TEXT, width), value


def number_column(title: str, value: Callable, width: int = 12) -> tuple[SheetColumn, Callable]:
    """A count or an amount; None where nothing is known."""
    return SheetColumn(title, CellKind.NUMBER, width), value


def day_column(title: str, value: Callable) -> tuple[SheetColumn, Callable]:
    """A day; None where there is none."""
    return SheetColumn(title, CellKind.DAY, 13), value


def moment_column(title: str, value: Callable) -> tuple[SheetColumn, Callable]:
    """A day and an hour; None where there is none."""
    return SheetColumn(title, CellKind.MOMENT, 17), value


def who(of: Callable) -> list[tuple[SheetColumn, Callable]]:
    """Whoever the row is about, told apart as on the pages; `of` finds the file in a row."""
    return [
        text_column(_("Full name"), lambda row: of(row).full_name, 26),
        text_column(_("Birth year"), lambda row: of(row).birth_year, 9),
        text_column(_("Hamlet"), lambda row: of(row).hamlet, 20),
        text_column(_("Commune"), lambda row: of(row).unit.name, 20),
    ]


def who_counted() -> list[tuple[SheetColumn, Callable]]:
    """Who or what a figure counted, of rows with `person` (None where it may not be named) and `sealed`."""
    return [
        text_column(_("Full name or meeting"), _counted_name, 30),
        text_column(_("Birth year"), lambda row: row["person"].birth_year if row["person"] else "", 9),
        text_column(_("Hamlet"), lambda row: row["person"].hamlet if row["person"] else "", 20),
    ]


def _counted_name(row: Mapping[str, Any]) -> str:
    """A file that is sealed or has left the user's scope counts, and is not named; a meeting has a topic."""
    if row["person"]:
        return row["person"].full_name
    if row.get("meeting"):
        return row["meeting"].topic
    if row["sealed"]:
        return _("A sealed file")
    return _("Group meeting") if row.get("is_meeting") else _("A file now held elsewhere")
