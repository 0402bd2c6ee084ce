"""A sheet that is no template into the sheets of the register: person, sentence and job of a row part into theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cases.importing import concealment, hamlets
from cases.importing.books import Book, Line
from cases.importing.columns import JUDGMENTS, NOTICES, PEOPLE, WORK, RegisterColumn, RegisterSheet, comparable_text
from cases.importing.layout import rows_below, split_the_end
from cases.importing.log import WARNING, ImportMessage
from cases.importing.mapping import BIRTH, Mapping
from cases.importing.rows import UNWORKED, Cells, as_text
from cases.importing.sheet import ReadSheet, is_empty
from cases.importing.synonyms import MAN, NOTE, NOTHING, WOMAN, Synonyms, Target, targets
from cases.lib.text import excerpt, fold
from cases.lib.written import is_nothing
from cases.models import ImportRun

HELD_WORD = "Đang có việc làm"
SHOWN_ROWS = 8
PARTS = ("ngay", "thang", "nam")  # how the headings of a birth in three columns end
LONGEST_PART = 4


@dataclass
class MappedRow:
    """One row of the file: what it says of the person, of a judgment and of a job, by field."""

    number: int
    person: dict[str, Any] = field(default_factory=dict)
    judgment: dict[str, Any] = field(default_factory=dict)
    work: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_likely: bool = False  # below the last row that is plainly of a person


@dataclass
class MappedRows:
    """The rows of people, each with the rows below it that only add a judgment; and the notices on the rest."""

    rows: list[MappedRow] = field(default_factory=list)
    more: list[tuple[MappedRow, MappedRow]] = field(default_factory=list)
    notices: list[ImportMessage] = field(default_factory=list)


def read_mapped(book: Book, mapping: Mapping, synonyms: Synonyms, kind: str) -> MappedRows:
    """The rows of the sheets as the mapping reads them; what is not read of them is said."""
    found = MappedRows(notices=[*_unread_sheets(book, mapping), *_unread_columns(mapping)])
    for one, before in mapping.each_sheet():
        part = _read_sheet(book, one, before, synonyms, kind)
        found.rows += part.rows
        found.more += part.more
        found.notices += part.notices
    return found


def _read_sheet(book: Book, mapping: Mapping, before: int, synonyms: Synonyms, kind: str) -> MappedRows:
    """One sheet; `before` is added to the numbers of its rows."""
    room = "person" if kind == ImportRun.Kind.REGISTER else "notice"
    births = [f"{room}.{name}" for name in ("born_on", MAN, WOMAN)]
    home = "hamlet" if room == "person" else "address"
    rows = rows_below(book.lines(mapping.sheet), mapping.head)
    named = hamlets.in_title(mapping.sheet)
    rows, under, headings = hamlets.take_headings(rows, named)
    shared = {place for place, code in mapping.places.items() if code in (f"{room}.{home}", f"{room}.unit")}
    names = {place for place, code in mapping.places.items() if code == f"{room}.full_name"}
    if shared:
        rows = hamlets.fill_merged(rows, book.merged(mapping.sheet), shared, names)
    kept, left, likely = split_the_end(rows, mapping.places, f"{room}.full_name", births)
    notices = [*_numbered_on(mapping.sheet, kept, before), *_unread_rows(mapping, left)]
    notices += hamlets.notice(mapping.sheet, headings)
    seen = {column.place: column.heading for column in mapping.columns if column.target != NOTHING}
    numbers = (number for number, _cells in kept)
    notices += concealment.notices(mapping.sheet, book.hidden(mapping.sheet), numbers, seen)
    found = MappedRows(notices=notices)
    known = targets(kind)
    titled = 0
    for line in kept:
        row = _row(line, mapping, synonyms, known)
        row.is_likely = row.number in likely
        if "full_name" in row.person and row.number in under and hamlets.is_unsaid(row.person.get(home)):
            row.person[home] = under[row.number]
            titled += under[row.number] == named
        row.number += before
        if row.judgment and not row.person and not row.work and found.rows:
            found.more.append((found.rows[-1], row))
        else:
            found.rows.append(row)
    if named and titled:
        words = _("The name of the sheet, “%(hamlet)s”, is written into %(count)d rows that name no hamlet.")
        found.notices.append(
            ImportMessage(WARNING, mapping.sheet, 0, "", "", words % {"hamlet": named, "count": titled})
        )
    return found


def _numbered_on(sheet: str, kept: list[Line], before: int) -> list[ImportMessage]:
    """That a further sheet is read, and how its rows are numbered here."""
    if not before or not kept:
        return []
    first = kept[0][0]
    words = _("This sheet is read too: its row %(row)d is row %(told)d here.")
    return [ImportMessage(WARNING, sheet, 0, "", "", words % {"row": first, "told": before + first})]


def _row(line: Line, mapping: Mapping, synonyms: Synonyms, known: dict[str, Target]) -> MappedRow:
    number, cells = line
    row = MappedRow(number)
    parts = birth_parts(mapping)
    births: dict[str, str] = {}
    for column in mapping.columns:
        cell = cells[column.place] if column.place < len(cells) else None
        if column.target == NOTHING or is_empty(cell):
            continue
        if column.target == NOTE and cell is not UNWORKED:
            own = synonyms.find(column.heading) == NOTE
            _take_note(row, "" if own else column.heading, as_text(cell))
        elif column.place in parts and len(as_text(cell)) <= LONGEST_PART:
            births |= {} if is_nothing(as_text(cell)) else {parts[column.place]: as_text(cell)}
        else:
            _take(row, known[column.target], cell)
    if births:
        target = known[mapping.places[next(iter(parts))]]
        _take(row, target, "/".join(births[name] for name in PARTS if name in births))
    if row.notes:
        row.person["note"] = "; ".join(row.notes)
    return row


def _take_note(row: MappedRow, heading: str, text: str) -> None:
    if not is_nothing(text):
        row.notes.append(f"{heading}: {text}" if heading else text)


def _take(row: MappedRow, target: Target, cell: Any) -> None:
    """What a cell says, into the room of its target."""
    text = as_text(cell)
    rooms = {PEOPLE.name: row.person, NOTICES.name: row.person, JUDGMENTS.name: row.judgment, WORK.name: row.work}
    room = rooms[target.sheet.name]
    if target.sex and not is_nothing(text):
        _put(room, target.sheet.by_field["sex"], target.sex)
    if target.sex and not any(map(str.isdigit, text)):
        return
    if target.sheet not in (JUDGMENTS, WORK) or not is_nothing(text):
        _put(room, target.sheet.by_field[target.field], cell)


def birth_parts(mapping: Mapping) -> dict[int, str]:
    """The places of columns that hold day, month and year of a birth apart, and which of them each holds."""
    found = {}
    for column in mapping.columns:
        last = fold(column.heading).split()[-1:]
        if column.target.endswith(BIRTH) and last and last[0] in PARTS:
            found[column.place] = last[0]
    return found if len(set(found.values())) > 1 else {}


def _put(room: dict[str, Any], column: RegisterColumn, cell: Any) -> None:
    """Two columns that say different things of one field are both kept, which no reader of cells takes for a value."""
    there, text = as_text(room.get(column.field)), as_text(cell)
    same = comparable_text(there), comparable_text(text)
    if not there or same[0] == same[1]:
        room[column.field] = cell
    elif column.by_folded.get(same[0], there) != column.by_folded.get(same[1], text):
        room[column.field] = f"{there} | {text}"


def _unread_sheets(book: Book, mapping: Mapping) -> Iterator[ImportMessage]:
    """Sheets that hold something and are not read: who stands there is not loaded."""
    words = _("%(count)d rows of this sheet are not read: load it as a file of its own, or put them below “%(sheet)s”.")
    chosen = _(
        "%(count)d rows of this sheet are not read: another sheet was chosen. Match the columns anew to read it."
    )
    read = {one.sheet for one, _before in mapping.each_sheet()}
    offered = {*mapping.others, *(each.sheet for each in mapping.more)}
    for name in book.names:
        if name in read:
            continue
        if rows := sum(1 for _number, cells in book.lines(name) if not all(map(is_empty, cells))):
            told = (chosen if name in offered else words) % {"count": rows, "sheet": mapping.sheet}
            yield ImportMessage(WARNING, name, 0, "", "", told)


def _unread_columns(mapping: Mapping) -> list[ImportMessage]:
    words = _("This column is not read.")
    return [
        ImportMessage(WARNING, mapping.sheet, mapping.head, column.heading, "", words)
        for column in mapping.columns
        if column.target == NOTHING
    ]


def _unread_rows(mapping: Mapping, left: list[Line]) -> list[ImportMessage]:
    """Totals and signatures, in one notice: which rows they are and what stands there first."""
    if not left:
        return []
    told = []
    for number, cells in left[:SHOWN_ROWS]:
        first = next(as_text(cell) for cell in cells if not is_empty(cell))
        told.append(f"{number} “{excerpt(first, 30)}”")
    words = _("Rows that are of no person are not read: %(rows)s.")
    rest = ", …" if len(left) > SHOWN_ROWS else ""
    return [ImportMessage(WARNING, mapping.sheet, 0, "", "", words % {"rows": ", ".join(told) + rest})]


def as_table(sheet: RegisterSheet, rows: list[tuple[int, dict[str, Any]]]) -> ReadSheet:
    """Rows as a sheet of the register holds them."""
    return ReadSheet(sheet, rows=[(number, Cells(sheet, cells)) for number, cells in rows])
