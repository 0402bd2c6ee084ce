"""What a list needs to be taken away as a workbook: its page, the right it asks for, its sheets."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.lib.numbers import parse_key
from cases.reports.administration import last_seal
from cases.reports.lists.columns import Columns
from cases.reports.people import sealed
from cases.reports.writers import xlsx
from cases.reports.writers.xlsx import Sheet
from cases.templatetags.words import day_and_hour

TELL_EACH = 500  # rows between two looks at how far it is
CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class List:
    """`page` is the route of the page the list stands on; `sheets` makes the workbook of a request to it.

    `of`: the page is that of one row, whose number the query calls `of`. `holds`: what the file holds, where it is more
    than what the page shows.
    """

    name: str
    title: str | Promise
    page: str
    permission: Permission
    file_name: str
    sheets: Callable[[HttpRequest], Iterable[Sheet]]
    of: bool = False
    holds: str | Promise = ""

    def address(self, query: QueryDict) -> str:
        return reverse(self.page, args=[row_asked(query)] if self.of else [])


def row_asked(query: QueryDict) -> int:
    """The row whose page it is; 404 where the query names none."""
    key = parse_key(query.get("of", ""))
    if key is None:
        raise Http404
    return key


def one_sheet(request, title, columns: Columns, rows: Iterable, *told: str) -> list[Sheet]:
    """A list under its title, the unit of whoever takes it and what more is told of it."""
    heading = (str(title), request.user.unit.name, *told)
    return [Sheet(str(title), heading, columns.titles, columns.of(rows), filtered=True)]


class TooManyRowsError(Exception):
    """More than a page waits for."""


def write(
    wanted: List,
    request: HttpRequest,
    out: IO[bytes],
    *,
    reason: str,
    at: datetime,
    most: int | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Write the workbook of a request into `out`; returns how many rows. Raises TooManyRowsError above `most`."""
    foot = _("Exported by %(name)s, %(unit)s, on %(day)s. Reason: %(reason)s") % {
        "name": request.user.full_name,
        "unit": request.user.unit.name,
        "day": day_and_hour(at),
        "reason": reason,
    }
    foot, count = last_seal.under(foot), 0

    def counted(rows):
        nonlocal count
        for row in rows:
            count += 1
            if most is not None and count > most:
                if isinstance(rows, Generator):
                    rows.close()  # while the transaction of its cursor is open
                raise TooManyRowsError
            if tell and count % TELL_EACH == 0:
                tell(count, 0)
            yield row

    sheets = sealed.mask_sheets(wanted.sheets(request), request.user)
    return xlsx.write(out, (replace(sheet, rows=counted(sheet.rows)) for sheet in sheets), foot=foot, made_at=at)
