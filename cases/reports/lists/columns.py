"""What the columns of any list are made of: a title, what it holds, how a row answers; and whom a figure counted."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from cases.models import GroupMeeting, Returnee, User
from cases.reports.people import sealed
from cases.reports.writers.xlsx import CellKind, SheetColumn

NO_MEETINGS: Mapping[int, GroupMeeting] = MappingProxyType({})


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
    """Who or what a figure counted, of `counted_rows`."""
    return [
        text_column(_("Full name or meeting"), lambda row: row["name"], 30),
        text_column(_("Birth year"), lambda row: row["person"].birth_year if row["person"] else "", 9),
        text_column(_("Hamlet"), lambda row: row["person"].hamlet if row["person"] else "", 20),
    ]


def counted_rows(found: Collection[Any], user: User, meetings: Mapping[int, GroupMeeting] = NO_MEETINGS) -> list[dict]:
    """A row for each line behind a figure: its file, where `user` may name it, its meeting, and the name of either.

    A line without a person is of a meeting; `meetings` are those the user may open, by id.
    """
    people = Returnee.objects.visible_to(user).kept().in_bulk([line.person for line in found if line.person])
    hidden = sealed.sealed_files(line.person for line in found)
    rows = []
    for line in found:
        person, meeting = people.get(line.person), None if line.person else meetings.get(line.record)
        name = _counted_name(line.person, person, meeting, line.person in hidden)
        rows.append({"line": line, "person": person, "meeting": meeting, "name": name})
    return rows


def _counted_name(pk: int | None, person: Returnee | None, meeting: GroupMeeting | None, is_sealed: bool) -> str:
    """A file that is sealed or has left the user's scope counts, and is not named; a meeting has a topic."""
    if person:
        return person.full_name
    if not pk:
        return meeting.topic if meeting else _("Group meeting")
    return _("A sealed file") if is_sealed else _("A file now held elsewhere")
