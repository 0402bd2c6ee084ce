"""Rows, columns and sheets that a file hides: read like all others, and said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, groupby, islice

from django.utils.translation import gettext as _

from cases.importing.log import WARNING, ImportMessage

SHOWN = 8


@dataclass
class Concealment:
    """What a sheet hides: rows by their number, columns by their place from 0; `sheet` where it is hidden itself."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    sheet: bool = False


def notices(name: str, hidden: Concealment, rows: Iterable[int], headings: Mapping[int, str]) -> list[ImportMessage]:
    """What of the rows and columns that are read was hidden; a spreadsheet shows none of it until somebody asks."""
    told = []
    if hidden.sheet:
        told.append(_("This sheet is hidden in the file; it is read all the same."))
    if found := sorted(hidden.rows.intersection(rows)):
        words = _("%(count)d rows are hidden in the file and are read all the same: %(rows)s.")
        told.append(words % {"count": len(found), "rows": _listed(list(_ranges(found)))})
    if heads := [headings[place] for place in sorted(hidden.columns & headings.keys())]:
        words = _("Columns that are hidden in the file and are read all the same: %(columns)s.")
        told.append(words % {"columns": _listed([f"“{head}”" for head in heads])})
    return [ImportMessage(WARNING, name, 0, "", "", words) for words in told]


def _ranges(numbers: list[int]) -> Iterator[str]:
    steps = count()
    for _step, run in groupby(numbers, key=lambda number: number - next(steps)):
        first, *rest = run
        yield f"{first}–{rest[-1]}" if rest else f"{first}"


def _listed(words: list[str]) -> str:
    return ", ".join(islice(words, SHOWN)) + ", …" * (len(words) > SHOWN)
