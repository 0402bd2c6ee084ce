"""What the database of execution is told of reintegration, as a workbook that this program reads again.

Nghị định 160/2026/NĐ-CP: a change is entered within 24 hours (Điều 8), data of reintegration are shared (Điều 14 khoản
3). The names of that database's own columns were not read: until they are, a column is called as in the register of the
commune. An edition says since when it holds and by which source; the names of a later one are added, none is changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.importing.columns import ATTENDANCE, JUDGMENTS, MEETINGS, PEOPLE, VIOLATIONS, WORK
from cases.law.versions import Certainty
from cases.reports.writers.xlsx import Sheet

SHEETS = {sheet.name: sheet for sheet in (PEOPLE, JUDGMENTS, WORK, MEETINGS, ATTENDANCE, VIOLATIONS)}


@dataclass(frozen=True)
class NationalEdition:
    """`titles`: what a column is called there, by sheet and field, where it is not called as in the register."""

    valid_from: date
    source: str
    certainty: Certainty
    titles: Mapping[tuple[str, str], str]


EDITIONS = (
    NationalEdition(
        date(2026, 5, 15),
        "Nghị định 160/2026/NĐ-CP, Điều 8, Điều 14 khoản 3 (đọc bản sao; chưa có danh mục cột)",
        Certainty.UNVERIFIED,
        {},
    ),
)


def edition_on(on: date, editions: Iterable[NationalEdition] = EDITIONS) -> NationalEdition | None:
    """The edition in force on `on`; None before the first."""
    return max((each for each in editions if each.valid_from <= on), key=lambda each: each.valid_from, default=None)


def with_titles(sheets: Sequence[Sheet], edition: NationalEdition) -> list[Sheet]:
    """These sheets of a register with the names the edition gives their columns."""
    return [replace(sheet, columns=_titled(sheet, edition)) for sheet in sheets]


def _titled(sheet: Sheet, edition: NationalEdition) -> list:
    fields = (column.field for column in SHEETS[sheet.name].columns)
    return [
        replace(column, title=edition.titles.get((sheet.name, field), column.title))
        for field, column in zip(fields, sheet.columns, strict=True)
    ]
