"""The sheets of the register in a file, each with its headings found, into rows of raw cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from string import ascii_uppercase
from typing import BinaryIO

from django.utils.translation import gettext as _

from cases.importing import concealment
from cases.importing.books import Book, Line, open_book
from cases.importing.columns import RegisterSheet, comparable_text
from cases.importing.concealment import Concealment
from cases.importing.log import ERROR, WARNING, BadFileError, ImportMessage
from cases.importing.rows import Cells, as_text
from cases.lib.text import excerpt

MOST_COLUMNS = 200
MOST_ONCE = 20_000  # different texts
TITLES = 30  # rows in which the headings are looked for


@dataclass
class ReadSheet:
    """One sheet as it stands in the file: the rows with a value in a known column, by field."""

    sheet: RegisterSheet
    missing: list[str] = field(default_factory=list)  # required headers that are not there
    messages: list[ImportMessage] = field(default_factory=list)
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    remarks: dict[int, list[tuple[str, str, list[list[str]]]]] = field(default_factory=dict)
    # by row: the column, what was proposed there, and what is to choose from


def read(file: BinaryIO, sheets: tuple[RegisterSheet, ...]) -> tuple[list[ReadSheet], list[ImportMessage]]:
    """The sheets that are there, and notices on the rest. Raises BadFileError where the file is no such workbook."""
    with open_book(file) as book:
        if len(sheets) == 1:
            refuse_further_list(book, sheets[0])
        return read_book(book, sheets)


def read_book(book: Book, sheets: tuple[RegisterSheet, ...]) -> tuple[list[ReadSheet], list[ImportMessage]]:
    """The same of a workbook that is open."""
    known, notices = _pick(book.names, sheets)
    return [_table(book.lines(name), sheet, book.hidden(name)) for name, sheet in known.items()], notices


def is_template(book: Book, sheets: tuple[RegisterSheet, ...]) -> bool:
    """Whether a sheet bears the name of one of the register; the first of them by half its headings too."""
    names = {comparable_text(name): name for name in book.names}
    there = [sheet for sheet in sheets if comparable_text(sheet.name) in names]
    if there != [sheets[0]]:
        return bool(there)
    return _has_headings(book, names[comparable_text(sheets[0].name)], sheets[0])


def _has_headings(book: Book, name: str, sheet: RegisterSheet) -> bool:
    """Whether a sheet of the file bears half the headings that are required."""
    head, _rows = _below_the_headings(book.lines(name), sheet)
    required = {comparable_text(column.header) for column in sheet.columns if column.required}
    return 2 * len(required & {comparable_text(_heading(cell)) for cell in head[1]}) >= len(required)


def refuse_further_list(book: Book, sheet: RegisterSheet) -> None:
    """Raises BadFileError where a sheet beside the one that is read, `sheet.name`, holds such a list too."""
    for name in book.names if sheet.name in book.names else ():
        if name != sheet.name and _has_headings(book, name, sheet):
            words = _("The sheet “%(sheet)s” holds a list too: put all rows on one sheet, below one row of headings.")
            raise BadFileError(words % {"sheet": name})


def _pick(names: list[str], sheets: tuple[RegisterSheet, ...]) -> tuple[dict[str, RegisterSheet], list[ImportMessage]]:
    known, notices, wanted = {}, [], {comparable_text(sheet.name): sheet for sheet in sheets}
    for name in names:
        if sheet := wanted.pop(comparable_text(name), None):
            known[name] = sheet
        else:
            text = _("This sheet is not part of the register and is not read.")
            notices.append(ImportMessage(WARNING, name, 0, "", "", text))
    if not known:
        expected = ", ".join(sheet.name for sheet in sheets)
        words = _("None of the sheets is there: the register has the sheets %(names)s.")
        raise BadFileError(words % {"names": expected})
    return known, notices


def _table(lines: Iterator[Line], sheet: RegisterSheet, concealed: Concealment) -> ReadSheet:
    table = ReadSheet(sheet)
    head, rows = _below_the_headings(lines, sheet)
    places = _headers(head, table)
    once: dict[str, str] = {}  # a text that many cells hold is kept once
    for number, cells in rows:
        found = {places[place]: cell for place, cell in enumerate(cells) if place in places and not is_empty(cell)}
        for name, cell in found.items():
            if isinstance(cell, str) and len(once) < MOST_ONCE:
                found[name] = once.setdefault(cell, cell)
        if found:
            table.rows.append((number, Cells(sheet, found)))
    headings = {place: sheet.by_field[name].header for place, name in places.items()}
    table.messages += concealment.notices(sheet.name, concealed, (number for number, _cells in table.rows), headings)
    return table


def _below_the_headings(lines: Iterator[Line], sheet: RegisterSheet) -> tuple[Line, Iterator[Line]]:
    """The row with the most headings of the sheet among the first, else row 1; and the rows below it."""

    def known(line: Line) -> int:
        return len({comparable_text(_heading(cell)) for cell in line[1][:MOST_COLUMNS]} & sheet.by_header.keys())

    first = list(islice(lines, TITLES))
    if not first:
        return (1, ()), iter(())
    place = max(range(len(first)), key=lambda each: (known(first[each]), -each))
    below = first[place + 1 :]
    if below and is_numbering(below[0][1]):
        below = below[1:]
    return first[place], chain(below, lines)


def is_numbering(cells: Sequence) -> bool:
    """Whether a row below the headings numbers the columns: "(1)", "(2)", "(3)", or "A", "B", "1", "2"."""
    typed = [as_text(cell).strip(" ()") for cell in cells if not is_empty(cell)]
    letters = len(list(takewhile(str.isalpha, typed)))
    numbers = map(str, range(1, len(typed) - letters + 1))
    return len(typed) > 2 and typed == [*ascii_uppercase[:letters], *numbers]


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _heading(cell: object) -> str:
    return "" if is_empty(cell) else excerpt(as_text(cell).replace("*", " "), 60)


def _headers(line: Line, table: ReadSheet) -> dict[int, str]:
    """Which field stands in which place; tells what is missing, doubled or not part of the register."""
    sheet = table.sheet
    places: dict[int, str] = {}
    number, cells = line
    for place, cell in enumerate(cells[:MOST_COLUMNS]):
        if not (header := _heading(cell)):
            continue
        column = sheet.by_header.get(comparable_text(header))
        if column is None:
            text = _("This column is not part of the register and is not read.")
        elif column.field in places.values():
            text = _("This column stands here twice: only the first one is read.")
        else:
            places[place] = column.field
            continue
        table.messages.append(ImportMessage(WARNING, sheet.name, number, header, "", text))
    there = set(places.values())
    table.missing = [column.header for column in sheet.columns if column.required and column.field not in there]
    for header in table.missing:
        text = _("The column is missing: write “%(header)s” into row %(row)d of the sheet.") % {
            "header": header,
            "row": number,
        }
        table.messages.append(ImportMessage(ERROR, sheet.name, number, header, "", text))
    return places
