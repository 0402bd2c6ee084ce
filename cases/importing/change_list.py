"""A list of changes of units as a workbook or as pasted cells: one row a unit, checked and grouped into changes."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases import actions
from cases.importing import columns, sheet, workbook
from cases.importing.books import open_book
from cases.importing.cells import read_row
from cases.importing.columns import RegisterColumn, RegisterSheet
from cases.importing.log import ERROR, BadFileError, ImportMessage
from cases.importing.places import FULL_CODE
from cases.importing.rows import Cells, RegisterRow, as_text
from cases.models import Unit, UnitChange, UnitPlan

MOST = 500  # rows of one list
OPEN, RENAME, MOVE, MERGE, SPLIT = (
    UnitChange.Kind.OPEN,
    UnitChange.Kind.RENAME,
    UnitChange.Kind.MOVE,
    UnitChange.Kind.MERGE,
    UnitChange.Kind.SPLIT,
)
KINDS = {"Đổi tên": RENAME, "Sáp nhập": MERGE, "Chia tách": SPLIT, "Chuyển đơn vị cấp trên": MOVE, "Đơn vị mới": OPEN}
LEVELS = {"Xã, phường": Unit.Kind.COMMUNE, "Cụm": Unit.Kind.CLUSTER, "Tỉnh, thành phố": Unit.Kind.PROVINCE}
CHANGES = RegisterSheet(
    "Thay đổi đơn vị",
    (
        RegisterColumn("kind", "Loại thay đổi", columns.CHOICE, True, choices=KINDS),
        RegisterColumn("on", "Có hiệu lực từ ngày", columns.DAY, True),
        RegisterColumn("old", "Mã hiện nay", columns.CODE, most=10),
        RegisterColumn("code", "Mã mới", columns.CODE, most=10),
        RegisterColumn("name", "Tên mới", most=100),
        RegisterColumn("parent", "Mã đơn vị cấp trên", columns.CODE, most=10),
        RegisterColumn("level", "Cấp", columns.CHOICE, choices=LEVELS),
        RegisterColumn("hamlets", "Thôn, bon, buôn chuyển sang", most=1000),
        RegisterColumn("decree", "Nghị quyết, quyết định", most=100),
    ),
)
CHECKED = ("on", "decree")  # fields of a change that a row says as they are
Typed = list[tuple[int, dict[str, str]]]  # number of the row, and its cells by field


@dataclass
class ListedChange:
    """One change that rows of the list make together, and what it would do."""

    change: UnitChange
    plan: UnitPlan
    rows: list[RegisterRow]


@dataclass
class ChangeList:
    """The changes in the order of their days, and what is wrong with which row; nothing is done while any is."""

    changes: list[ListedChange] = field(default_factory=list)
    problems: list[ImportMessage] = field(default_factory=list)


def template() -> bytes:
    """The empty workbook with lists to choose from."""
    return workbook.one_sheet(CHANGES)


def read(file: BinaryIO) -> Typed:
    """The rows of the first sheet, as they were typed. Raises BadFileError where a heading is missing or no row is."""
    with open_book(file) as book:
        name = book.names[0] if book.names else CHANGES.name
        asked = dataclasses.replace(CHANGES, name=name)
        sheet.refuse_further_list(book, asked)
        (table,), _notices = sheet.read_book(book, (asked,))
    if table.missing:
        raise BadFileError(" ".join(said.text for said in table.messages if said.level == ERROR))
    if not table.rows:
        raise BadFileError(_("The list has no row: write one unit into each row below the headings."))
    if len(table.rows) > MOST:
        words = _("The list has %(count)d rows: at most %(most)d are done at once. Split it into several files.")
        raise BadFileError(words % {"count": len(table.rows), "most": MOST})
    return [(number, {name: _typed(name, cell) for name, cell in cells.items()}) for number, cells in table.rows]


def _typed(name: str, cell: object) -> str:
    """A cell as a person would type it: a code gets back the noughts a spreadsheet took."""
    text = as_text(cell).strip()
    is_number = isinstance(cell, int | float) and text.isdecimal()
    return text.zfill(FULL_CODE if len(text) > 2 else 2) if name in ("old", "code", "parent") and is_number else text


def plan(typed: Typed) -> ChangeList:
    """What the rows do to the units as they stand; reads only."""
    rows = [RegisterRow(CHANGES, number, Cells(CHANGES, cells)) for number, cells in typed]
    for row in rows:
        read_row(row)
        row.values["code"] = _tidy(row["code"])
    planner = ChangePlanner([row for row in rows if not row.bad])
    found = ChangeList(sorted(planner.run(), key=lambda each: each.change.on))
    found.problems = [said for row in rows for said in row.messages if said.level == ERROR]
    return found


def _tidy(code: str | None) -> str | None:
    return "".join(code.split()).upper() if code else None


class ChangePlanner:
    """Groups rows of one kind, day and unit; says at the row what cannot be."""

    def __init__(self, rows: list[RegisterRow]) -> None:
        self.rows = rows
        codes = {_tidy(row[name]) for row in rows for name in ("old", "code", "parent") if row[name]}
        standing = Unit.objects.filter(code__in=codes, valid_to__isnull=True).select_related("parent")
        self.standing = {unit.code: unit for unit in standing}
        self.ended: dict[int, int] = {}  # unit that ends by a row of the list: the number of that row
        self.paths: dict[str, tuple[date, int]] = {}  # path of a unit that goes on as a new row

    def run(self) -> Iterator[ListedChange]:
        for row in self.rows:
            if row["kind"] != OPEN:
                self._take(row)
        groups: dict[tuple, list[RegisterRow]] = {}
        for row in self.rows:
            if not row.bad:
                groups.setdefault(self._group(row), []).append(row)
        self._refuse_below()
        for rows in groups.values():
            if not any(row.bad for row in rows):
                yield from self._change(rows)

    def _take(self, row: RegisterRow) -> None:
        """Find the unit of the row, which only one change of the list may be about."""
        unit = self.standing.get(_tidy(row["old"]) or "")
        if unit is None:
            row.error("old", _("No unit that stands today bears this code: write the code it has today."))
            return
        row.about = unit
        first = self.ended.setdefault(unit.pk, row.number)
        if first != row.number and row["kind"] != SPLIT:
            row.error("old", _("Row %(row)d changes this unit already: put both into one row.") % {"row": first})
        if row["kind"] in (RENAME, MOVE):
            self.paths.setdefault(unit.path, (row["on"], row.number))

    def _refuse_below(self) -> None:
        """A unit goes on below a unit that changes on the same day; only its name may change with it."""
        for row in self.rows:
            above = self._above(row) if row.about and not row.bad else None
            if above and not (above[0] == row["on"] and row["kind"] == RENAME and self._keeps_its_code(row)):
                words = _("Row %(row)d changes a unit above it: enter this in a list of its own, from a later day.")
                row.error("old", words % {"row": above[1]})

    @staticmethod
    def _keeps_its_code(row: RegisterRow) -> bool:
        return (row["code"] or row.about.code) == row.about.code

    def _above(self, row: RegisterRow) -> tuple[date, int] | None:
        return next(
            (
                (on, number)
                for path, (on, number) in self.paths.items()
                if on <= row["on"] and row.about.path.startswith(path) and row.about.path != path
            ),
            None,
        )

    def _group(self, row: RegisterRow) -> tuple:
        kind, on = row["kind"], row["on"]
        if kind == MERGE:
            return kind, on, row["code"]
        if kind == RENAME and (above := self._above(row)):
            return kind, on, above[1]
        return kind, on, row.about.pk if kind == SPLIT else row.number

    def _change(self, rows: list[RegisterRow]) -> Iterator[ListedChange]:
        rows = sorted(rows, key=lambda row: (len(row.about.path) if row.about else 0, row.number))
        first = rows[0]
        plan = UnitPlan()
        name = {OPEN: self._open, RENAME: self._rename, MOVE: self._move, MERGE: self._merge, SPLIT: self._split}[
            first["kind"]
        ](plan, rows)
        if any(row.bad for row in rows):
            return
        decree = next((row["decree"] for row in rows if row["decree"]), "")
        change = UnitChange(kind=first["kind"], name=name, on=first["on"], decree=decree)
        try:
            change.clean_fields(exclude=[each.name for each in change._meta.fields if each.name not in CHECKED])
            actions.unit_change.refuse_unfit(plan, change.on)
        except ValidationError as error:
            wrong = [name for name in CHECKED if name in getattr(error, "error_dict", {})]
            first.error(wrong[0] if wrong else "code", " ".join(error.messages))
            return
        yield ListedChange(change, plan, rows)

    def _open(self, plan: UnitPlan, rows: list[RegisterRow]) -> str:
        (row,) = rows
        parent = self._parent(row)
        if parent and self._is_named(row):
            plan.open(kind=row["level"] or Unit.Kind.COMMUNE, code=row["code"], name=row["name"], parent=parent)
        return row["name"] or ""

    def _rename(self, plan: UnitPlan, rows: list[RegisterRow]) -> str:
        """The first row is of the unit above; the others give units below it their names."""
        first, *below = rows
        for row in rows:
            if (row["name"] or row.about.name, row["code"] or row.about.code) == (row.about.name, row.about.code):
                row.error("name", _("Name and code are those it has: write the new ones."))
        facts = {"name": first["name"] or first.about.name, "code": first["code"] or first.about.code}
        plan.renew(first.about, names={row.about.code: row["name"] for row in below}, **facts)
        return first.about.name

    def _move(self, plan: UnitPlan, rows: list[RegisterRow]) -> str:
        (row,) = rows
        parent = self._parent(row)
        if parent and parent.pk == row.about.parent_id:
            row.error("parent", _("%(unit)s is the unit above already.") % {"unit": parent.name})
        elif parent:
            plan.renew(row.about, parent=parent)
        return row.about.name

    def _merge(self, plan: UnitPlan, rows: list[RegisterRow]) -> str:
        """Into the unit that bears the new code and does not end itself, else into a new one."""
        first = rows[0]
        if not first["code"]:
            first.error("code", _("Write the code of the unit they join, new or standing."))
            return ""
        into = self._joined(first)
        if into is None and len(rows) == 1:
            first.error("code", _("No standing unit bears it: name at least one more unit that joins the new one."))
        named = next((row for row in rows if row["name"]), first)
        if into is None and not self._is_named(named):
            return ""
        new = into or plan.open(
            kind=first.about.kind, code=first["code"], name=named["name"], parent=first.about.parent
        )
        for row in rows:
            plan.join(row.about, new)
        return first.about.name

    def _split(self, plan: UnitPlan, rows: list[RegisterRow]) -> str:
        if len(rows) < 2:
            rows[0].error("old", _("A division has at least two parts."))
            return ""
        parts = []
        for row in rows:
            into = self._joined(row) if row["code"] else None
            if into is None and not self._is_named(row):
                return ""
            unit = row.about
            new = into or plan.open(kind=unit.kind, code=row["code"], name=row["name"], parent=unit.parent)
            parts.append((new, [word.strip() for word in (row["hamlets"] or "").split(";") if word.strip()]))
        plan.divide(rows[0].about, parts)
        return rows[0].about.name

    def _joined(self, row: RegisterRow) -> Unit | None:
        unit = self.standing.get(row["code"])
        return unit if unit and unit.pk not in self.ended else None

    def _parent(self, row: RegisterRow) -> Unit | None:
        parent = self.standing.get(_tidy(row["parent"]) or "")
        if parent is None:
            row.error("parent", _("No unit that stands today bears this code: write the code it has today."))
        elif parent.pk in self.ended:
            words = _("Row %(row)d changes this unit already: enter this change in a list of its own, afterwards.")
            row.error("parent", words % {"row": self.ended[parent.pk]})
            return None
        return parent

    def _is_named(self, row: RegisterRow) -> bool:
        for name in ("code", "name"):
            if not row[name]:
                row.error(name, _("A new unit needs it: write it."))
        return bool(row["code"] and row["name"])
