"""One cell into a value: forgiving in how it is typed, strict in what it means."""

import re
from collections.abc import Callable
from datetime import date, time

from django.utils.translation import gettext as _

from cases.importing import columns
from cases.importing.columns import RegisterColumn
from cases.importing.day_cells import read_birth, read_day
from cases.importing.rows import CELL, CellError, RegisterRow, UnworkedFormula, as_text
from cases.importing.word_cells import (
    FEW,
    in_unicode,
    read_article,
    read_choice,
    read_months,
    read_name,
    read_offence,
    read_text,
)
from cases.lib import identity, written
from cases.lib.numbers import parse_whole
from cases.lib.text import normalise_name

FAULTY = re.compile(r"#(REF|N/A|VALUE|DIV/0|NAME|NULL|NUM|SPILL|CALC)\b.*", re.IGNORECASE)


def read_row(row: RegisterRow) -> None:
    """Fill `row.values` from its cells; each cell that cannot be read is named."""
    for column in row.sheet.columns:
        cell = row.cells.get(column.field)
        try:
            value = None if cell is None else read_cell(column, cell, row)
            if row.beside and column.field in row.beside:
                value = _both(column, value, row)
        except CellError as error:
            row.error(column.field, str(error))
            continue
        if value is None and column.required:
            _ask_for(column, row)
        row.values[column.field] = value


def _ask_for(column: RegisterColumn, row: RegisterRow) -> None:
    words = _("The cell is empty: it must be filled in.")
    if f"{CELL}{column.field}" in (row.asked or {}):
        return
    if 0 < len(column.choices) < FEW:
        row.ask(f"{CELL}{column.field}", [[word, word] for word in column.choices], column.field, words)
    else:
        row.error(column.field, words)


def _both(column: RegisterColumn, value: object, row: RegisterRow) -> object:
    """What the cell says and what another cell of the row says of it: notes are joined, all else has to agree."""
    other = (row.beside or {})[column.field]
    if column.field in ("note", "aliases", "additional"):
        return "; ".join(dict.fromkeys(str(part) for part in (value, other) if part))[: column.most]
    if value is None:
        return other
    if str(value)[:4] == str(other) if column.kind == columns.BIRTH else value == other:
        return value
    raise CellError(_("Another cell of this row says %(other)s: make both the same.") % {"other": other})


def read_cell(column: RegisterColumn, cell: object, row: RegisterRow) -> object:
    """The value of a cell that is not empty; raises CellError."""
    if isinstance(cell, UnworkedFormula):
        raise CellError(_("A formula without a result: write the value itself."))
    if isinstance(cell, str):
        if FAULTY.fullmatch(cell.strip()):
            raise CellError(_("The formula of this cell has no result: write the value itself."))
        cell = in_unicode(column, cell, row)
        known = column.choices and columns.comparable_text(cell) in column.by_folded
        if not column.required and not known and written.is_nothing(cell):
            return None
    return READERS[column.kind](column, cell, row)


def _code(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    if isinstance(cell, bool | date | time):
        raise CellError(_("Expected a code as text; Excel made something else of it."))
    return read_text(column, cell, row)


def _identity(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    typed = _code(column, cell, row) or ""
    if written.is_rounded(typed):
        raise CellError(_("Excel has rounded this number: write its 12 digits, the cell formatted as text."))
    first, _sign, second = typed.partition("/")
    first, second = written.tidy_digits(first), identity.tidy(written.tidy_digits(second))
    if len(second) == 9 and second.isdecimal():
        row.hold("old_identity_number", second)
    elif second:
        first = typed
    number, lost = identity.repair(first)
    if not number:
        return None
    if identity.check_number(number).errors:
        raise CellError(_("Expected an identity number of 12 digits, or 9 of an old identity card."))
    if lost:
        row.warn(column.field, _("The leading zero was lost; read as %(number)s.") % {"number": number})
    elif "o" in typed.rpartition(":")[2].lower():
        row.warn(column.field, _("A letter O for a zero: read as %(number)s.") % {"number": number})
    return number


def _phone(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    typed = normalise_name(as_text(cell))
    numbers, rest = written.phones(typed)
    if not numbers or isinstance(cell, bool | date | time):
        raise CellError(_("Expected a phone number of 10 digits such as 0912 345 678."))
    digits = identity.domestic(identity.tidy(typed))
    if digits == numbers[0]:
        return numbers[0]
    if f"0{digits}" == numbers[0]:
        row.warn(column.field, _("The leading zero was lost; read as %(number)s.") % {"number": numbers[0]})
    elif len(numbers) > 1 or rest:
        row.note(column.field, typed)
        row.warn(column.field, _("Read as %(number)s; all of the cell is kept in the note.") % {"number": numbers[0]})
    else:
        row.warn(column.field, _("Read as %(number)s.") % {"number": numbers[0]})
    return numbers[0]


def _whole(column: RegisterColumn, cell: object, row: RegisterRow) -> int:
    if isinstance(cell, str):
        cell = re.sub(r"^(?:khoản|k)\.?\s*(?=\d)", "", cell.strip(), flags=re.IGNORECASE)
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
    columns.TEXT: read_text,
    columns.CODE: _code,
    columns.IDENTITY: _identity,
    columns.PHONE: _phone,
    columns.NAME: read_name,
    columns.ARTICLE: read_article,
    columns.OFFENCE: read_offence,
    columns.DAY: read_day,
    columns.BIRTH: read_birth,
    columns.CHOICE: read_choice,
    columns.MONTHS: read_months,
    columns.WHOLE: _whole,
    columns.MONEY: _money,
}
