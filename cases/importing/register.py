"""A register workbook from file to verdict: what would be entered, changed, left alone, and what is wrong in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from cases.importing import alike, check_notices, check_people, check_work, limits, source
from cases.importing.cells import read_row
from cases.importing.columns import (
    ATTENDANCE,
    JUDGMENTS,
    MEETINGS,
    NOTICES,
    PEOPLE,
    VIOLATIONS,
    WORK,
    RegisterSheet,
)
from cases.importing.day_cells import swapped_columns
from cases.importing.known import KnownRecords
from cases.importing.log import ERROR, BadFileError, ImportMessage
from cases.importing.mapping import Mapping
from cases.importing.rows import BAD, CELL, CHANGE, CREATE, QUESTIONS, SAME, RegisterRow
from cases.importing.sheet import ReadSheet
from cases.models import ImportRun, User

Tell = Callable[[int, int], None]  # done, of how many
BOOKS = source.BOOKS
Corrections = dict[str, dict[str, dict[str, str]]]  # sheet, row number, field or question: what the importer says
EVERY = ""  # in place of sheet and number: an answer for all rows that ask and have none of their own


@dataclass
class Register:
    """A checked workbook; `messages` are those of the file and of its headers, the rows keep their own."""

    rows: dict[str, list[RegisterRow]] = field(default_factory=dict)
    messages: list[ImportMessage] = field(default_factory=list)
    learned: KnownRecords | None = None
    kind: str = ImportRun.Kind.REGISTER

    def __post_init__(self) -> None:
        for sheet in self.sheets:
            self.rows.setdefault(sheet.name, [])

    @property
    def known(self) -> KnownRecords:
        """What the register holds already. Raises LookupError before the check has asked for it."""
        if self.learned is None:
            raise LookupError("This workbook was not checked.")
        return self.learned

    @property
    def sheets(self) -> tuple[RegisterSheet, ...]:
        return BOOKS[self.kind]

    def of(self, sheet: RegisterSheet) -> list[RegisterRow]:
        return self.rows[sheet.name]

    def good(self, sheet: RegisterSheet) -> list[RegisterRow]:
        return [row for row in self.of(sheet) if row.state in (CREATE, CHANGE)]

    def counts(self) -> dict[str, dict[str, int]]:
        """For each sheet: rows, create, update, same, errors."""
        return {name: _counted(rows) for name, rows in self.rows.items()}

    def all_messages(self) -> list[ImportMessage]:
        return self.messages + [message for rows in self.rows.values() for row in rows for message in row.messages]

    @property
    def faulty(self) -> bool:
        broken = any(message.level == ERROR for message in self.messages)
        return broken or any(row.bad for rows in self.rows.values() for row in rows)


def _counted(rows: list[RegisterRow]) -> dict[str, int]:
    states = [row.state for row in rows]
    return {
        "rows": len(rows),
        "create": states.count(CREATE),
        "update": states.count(CHANGE),
        "same": states.count(SAME),
        "errors": states.count(BAD),
    }


def unreadable(error: BadFileError, name: str, kind: str = ImportRun.Kind.REGISTER) -> Register:
    """A register of nothing that says why the file cannot be read."""
    return Register(kind=kind, messages=[ImportMessage(ERROR, "", 0, "", name, str(error))])


def check_register(
    file: BinaryIO,
    *,
    by: User,
    on: date,
    kind: str = ImportRun.Kind.REGISTER,
    corrections: Corrections | None = None,
    mapping: Mapping | None = None,
    tell: Tell | None = None,
) -> Register:
    """Read and check a workbook for the units of `by` on the day `on`; writes nothing.

    `mapping` says how a sheet is read that is no template. Raises BadFileError, and UnmappedError with the mapping
    that is proposed where there is none.
    """
    tell = tell or (lambda done, of: None)
    tables, notices = source.read(
        file, kind, by=by, on=on, mapping=mapping, corrections=corrections or {}, everywhere=EVERY
    )
    register = Register(messages=notices, kind=kind)
    total = sum(len(table.rows) for table in tables)
    done = 0
    for table in tables:
        register.messages += table.messages
        register.rows[table.sheet.name] = rows = rows_of(table, corrections or {})
        done += len(rows)
        tell(done // 2, total)
    if kind == ImportRun.Kind.NOTICES:
        register.learned = check_notices.learn(register.of(NOTICES), by, on)
        check_notices.check(register.of(NOTICES), register.known)
        refuse_wrong_sheets(register)
        register.messages += alike.point_out(register.of(NOTICES), register.known, "full_name", check_notices.join())
    else:
        settle(register, learn(register, by, on))
    tell(total, total)
    return register


def rows_of(table: ReadSheet, corrections: Corrections) -> list[RegisterRow]:
    """The rows as read; where a required column is missing none of them can be used, which is said once.

    Raises BadFileError where too many cells are wrong.
    """
    rows, found = [], 0
    own, shared = corrections.get(table.sheet.name, {}), corrections.get(EVERY, {}).get(EVERY, {})
    swapped = swapped_columns(table.sheet, [cells for _number, cells in table.rows])
    table.rows.reverse()
    while table.rows:  # each goes as soon as it is read
        number, cells = table.rows.pop()
        typed = own.get(str(number), {})
        answers = {name: text for name, text in typed.items() if name in QUESTIONS}
        said = {name: text for name, text in typed.items() if name not in QUESTIONS}
        cells.update(said)
        all_answers = {**shared, **answers} if answers else shared
        row = RegisterRow(table.sheet, number, cells, answers=all_answers, swapped=swapped)
        for name in said:
            if said[name] == "":
                del cells[name]
        _remark(row, table, said)
        read_row(row)
        found += len(row.messages)
        limits.check_findings(found, table.sheet.name)
        if table.missing:
            row.state = BAD
            row.messages = [message for message in row.messages if message.column not in table.missing]
        rows.append(row)
    return rows


def _remark(row: RegisterRow, table: ReadSheet, said: dict[str, str]) -> None:
    """What was proposed in a row, unless the importer has said something else since."""
    for name, words, choices in table.remarks.get(row.number, ()):
        if name in said:
            continue
        if choices:
            row.ask(f"{CELL}{name}", choices, name, words)
        else:
            row.warn(name, words)


def learn(register: Register, by: User, on: date) -> KnownRecords:
    """Ask the database once for what the workbook mentions."""
    known = KnownRecords(by, on)
    known.learn_places({row["unit"] for sheet in (PEOPLE, MEETINGS) for row in register.of(sheet) if row["unit"]})
    sheets = (PEOPLE, JUDGMENTS, WORK, ATTENDANCE, VIOLATIONS)
    files = {row["file"] for sheet in sheets for row in register.of(sheet) if row["file"]}
    known.learn_people(files, {row["identity_number"] for row in register.of(PEOPLE) if row["identity_number"]})
    return known


def settle(register: Register, known: KnownRecords) -> None:
    """The checks in order: people first, because the other sheets speak of them."""
    check_people.check(register.of(PEOPLE), known)
    register.messages += alike.point_out(register.of(PEOPLE), known, "file", check_people.join())
    people = check_work.PeopleOfWorkbook(register.of(PEOPLE), known)
    check_work.check_judgments(register.of(JUDGMENTS), people)
    check_work.check_work(register.of(WORK), people)
    check_work.check_meetings(register.of(MEETINGS), people)
    check_work.check_attendance(register.of(ATTENDANCE), register.of(MEETINGS), people)
    check_work.check_violations(register.of(VIOLATIONS), people)
    refuse_wrong_sheets(register)
    register.learned = known


def refuse_wrong_sheets(register: Register) -> None:
    """Raises BadFileError where too many cells of a sheet turned out wrong: nothing of it is kept then."""
    for name, rows in register.rows.items():
        limits.check_findings(sum(len(row.messages) for row in rows), name)
