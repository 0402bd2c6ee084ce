"""One cell into a value: forgiving in how it is typed, strict in what it means."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.importing import columns
from cases.importing.columns import RegisterColumn
from cases.importing.rows import CELL_DAY, MEANT_DAY, TIME, RegisterRow, as_text
from cases.importing.sheet import Unworked
from cases.lib import identity
from cases.lib.dates import PartialDate, YearError, parse_day, parse_moment
from cases.lib.numbers import parse_whole
from cases.lib.text import normalise_name

FAULTY = re.compile(r"#(REF|N/A|VALUE|DIV/0|NAME|NULL|NUM|SPILL|CALC)\b.*", re.IGNORECASE)
SERIALS = range(10_000, 80_000)  # days since 1900 as Excel counts them: 1927 to 2119
MIDNIGHT = time()
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SLIP = timedelta(minutes=1)  # programs that write 23:59:12 for midnight lose less than this


class CellError(ValueError):
    """The words say what was expected."""


def read_row(row: RegisterRow) -> None:
    """Fill `row.values` from its cells; each cell that cannot be read is named."""
    for column in row.sheet.columns:
        cell = row.cells.get(column.field)
        try:
            value = None if cell is None else read_cell(column, cell, row)
        except CellError as error:
            row.error(column.field, str(error))
            continue
        if value is None and column.required:
            row.error(column.field, _("The cell is empty: it must be filled in."))
        row.values[column.field] = value


def read_cell(column: RegisterColumn, cell: object, row: RegisterRow) -> object:
    """The value of a cell that is not empty; raises CellError."""
    if isinstance(cell, Unworked):
        raise CellError(_("A formula without a result: write the value itself."))
    if isinstance(cell, str) and FAULTY.fullmatch(cell.strip()):
        raise CellError(_("The formula of this cell has no result: write the value itself."))
    return READERS[column.kind](column, cell, row)


def _text(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    if isinstance(cell, datetime):
        row.warn(column.field, _("Excel made a date of this text: check it."))
    text = as_text(cell)
    text = text if (plain := normalise_name(text)) == text else plain  # one string for what is typed and what is meant
    if len(text) > column.most:
        raise CellError(
            _("The text has %(length)d signs, at most %(most)d fit.") % {"length": len(text), "most": column.most}
        )
    return text or None


def _code(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    if isinstance(cell, bool | date | time):
        raise CellError(_("Expected a code as text; Excel made something else of it."))
    return _text(column, cell, row)


def _identity(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    number, lost = identity.repair(_code(column, cell, row) or "")
    if not number:
        return None
    if identity.check(number).errors:
        raise CellError(_("Expected an identity number of 12 digits, or 9 of an old identity card."))
    if lost:
        row.warn(column.field, _("The leading zero was lost; read as %(number)s.") % {"number": number})
    return number


def _phone(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    typed = _code(column, cell, row) or ""
    for text, lost in ((typed, False), (f"0{typed}", True)):
        try:
            number = identity.phone(text)
        except ValueError:
            continue
        if lost:
            row.warn(column.field, _("The leading zero was lost; read as %(number)s.") % {"number": number})
        return number
    raise CellError(_("Expected a phone number of 10 digits such as 0912 345 678."))


def _moment(cell: object) -> datetime | None:
    """A date with a time of the clock, as a cell or as text; None for all else."""
    if isinstance(cell, str):
        try:
            return parse_moment(cell)
        except ValueError:
            return None
    return cell if isinstance(cell, datetime) else None


def _day_of(column: RegisterColumn, moment: datetime, row: RegisterRow) -> date:
    """The day of a cell that holds a time too: never rounded without a word, nor where two days may be meant.

    A program that keeps midnight of this time zone as universal time writes 17:00 of the day before.
    """
    day = datetime.combine(moment, MIDNIGHT)
    if moment == day:
        return date(day.year, day.month, day.day)
    meant = (moment.replace(tzinfo=UTC) + SLIP).astimezone(HERE)
    days = {CELL_DAY: date(day.year, day.month, day.day), MEANT_DAY: date(meant.year, meant.month, meant.day)}
    told = {"time": f"{moment:%H:%M:%S}", **{name: f"{each:%d/%m/%Y}" for name, each in days.items()}}
    if days[CELL_DAY] == days[MEANT_DAY]:
        row.warn(column.field, _("The cell holds the time %(time)s too: read as the day %(cell)s.") % told)
        return days[CELL_DAY]
    words = _("The cell holds %(time)s of %(cell)s, which in Vietnam is the day %(meant)s if a program wrote it.")
    row.warn(column.field, words % told)
    answer = row.answers.get(TIME, "")
    if answer not in days:
        choices = [[CELL_DAY, _("The day in the cell")], [MEANT_DAY, _("The day in Vietnam's time")]]
        row.ask(TIME, choices, column.field, _("Choose which day is meant: %(cell)s or %(meant)s.") % told)
    return days.get(answer, days[CELL_DAY])


def _day(column: RegisterColumn, cell: object, row: RegisterRow) -> date:
    if (moment := _moment(cell)) is not None:
        day = _day_of(column, moment, row)
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, str):
        try:
            day = parse_day(cell)
        except YearError as error:
            raise CellError(_("%(year)s cannot be the year of this day: check it.") % {"year": error.year}) from None
        except ValueError:
            raise CellError(_("Expected a day as dd/mm/yyyy, for example 05/03/2024.")) from None
    elif isinstance(cell, int | float) and int(cell) in SERIALS and not isinstance(cell, bool):
        raise CellError(_("Expected a day: format the cell as a date, or write dd/mm/yyyy."))
    else:
        raise CellError(_("Expected a day as dd/mm/yyyy, for example 05/03/2024."))
    return day


def _birth(column: RegisterColumn, cell: object, row: RegisterRow) -> str:
    try:
        if (moment := _moment(cell)) is not None:
            born = PartialDate.from_date(_day_of(column, moment, row))
        elif isinstance(cell, date):
            born = PartialDate.from_date(cell)
        elif isinstance(cell, int | float | str) and not isinstance(cell, bool):
            born = PartialDate.parse(as_text(cell))
        else:
            raise ValueError(cell)
    except ValueError:
        raise CellError(_("Expected a birth date as dd/mm/yyyy, mm/yyyy or yyyy.")) from None
    if born.storage <= "1900-01-01":
        raise CellError(_("The year %(year)d is too early: write the right day.") % {"year": born.year})
    return born.storage


def _choice(column: RegisterColumn, cell: object, row: RegisterRow) -> object:
    found = column.by_folded.get(columns.comparable_text(as_text(cell)))
    if found is None:
        expected = " · ".join(column.choices)
        raise CellError(_("Expected one of: %(choices)s.") % {"choices": expected})
    return found


def _whole(column: RegisterColumn, cell: object, row: RegisterRow) -> int:
    number = _number(cell)
    if number is None:
        raise CellError(_("Expected a whole number."))
    if not 1 <= number <= column.most:
        raise CellError(_("Expected a number from 1 to %(most)d.") % {"most": column.most})
    return number


def _money(column: RegisterColumn, cell: object, row: RegisterRow) -> int:
    if isinstance(cell, str):
        cell = re.sub(r"\s*(đồng|đ|vnđ|vnd)\.?$", "", cell.strip(), flags=re.IGNORECASE)
    number = _number(cell)
    if number is None or not 0 <= number <= column.most:
        raise CellError(_("Expected a sum in đồng, for example 5.000.000."))
    return number


def _number(cell: object) -> int | None:
    """A whole number, typed as a number or as text with dots between thousands; else None."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    try:
        return parse_whole(as_text(cell))
    except (ValueError, ArithmeticError):
        return None


READERS: dict[str, Callable] = {
    columns.TEXT: _text,
    columns.CODE: _code,
    columns.IDENTITY: _identity,
    columns.PHONE: _phone,
    columns.DAY: _day,
    columns.BIRTH: _birth,
    columns.CHOICE: _choice,
    columns.WHOLE: _whole,
    columns.MONEY: _money,
}
