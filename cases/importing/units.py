"""The official list of units: a CSV of units with their dates, parents and successors, committed through actions."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.resources import files

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases import actions
from cases.models import Succession, Unit, User

COLUMNS = ("kind", "code", "name", "valid_from", "valid_to", "parent_code", "successors")
DAYS = ("valid_from", "valid_to")
RANKS = (Unit.Kind.MINISTRY, Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.CLUSTER, Unit.Kind.COMMUNE)
PART = "~"  # before a successor's code: it took only a part of the area


@dataclass(frozen=True)
class UnitRow:
    """One line of the list; `line` counts from 2, as a spreadsheet shows it."""

    line: int
    kind: str
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    parent_code: str
    successors: tuple[str, ...]
    source: str = ""  # where it stands, "" for the list as a whole
    certainty: str = ""  # how far that was followed: V, S or M


@dataclass(frozen=True)
class NewNames:
    """Units that get another name on the day `on` under the codes they have, by one or several resolutions."""

    on: date
    names: dict[str, str]  # by code
    source: str
    certainty: str


@dataclass
class Log:
    """What a load did, or would do: units opened, successions made, and lines that contradict what stands."""

    opened: list[str] = field(default_factory=list)
    succeeded: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def official() -> list[UnitRow]:
    """The list that is shipped: the units of 2025 and before, those ended earlier, and the new names since."""
    return give_names([*read(_shipped("units.csv")), *former()], new_names())


def former() -> list[UnitRow]:
    """Units that ended before the lists of 2025, whose codes older registers still carry."""
    return read(_shipped("former_units.csv"))


def new_names() -> list[NewNames]:
    """The new names that are shipped, day by day, the earliest first."""
    found: dict[date, list[dict[str, str]]] = {}
    for values in csv.DictReader(_shipped("unit_changes.csv").splitlines()):
        found.setdefault(date.fromisoformat(values["on"]), []).append(values)
    return [
        NewNames(
            on,
            {each["code"]: each["name"] for each in lines},
            "; ".join(dict.fromkeys(each["source"].partition(";")[0] for each in lines)),
            max(each["certainty"] for each in lines),
        )
        for on, lines in sorted(found.items())
    ]


def _shipped(name: str) -> str:
    return (files("cases.official") / name).read_text(encoding="utf-8")


def give_names(rows: list[UnitRow], days: list[NewNames]) -> list[UnitRow]:
    """The list with the new names of each day: a renamed unit is a new row, and so is each that goes on below it."""
    for day in days:
        ending = {row.code: row for row in rows if row.valid_to is None and row.code in day.names}
        above = set(ending)
        while below := [row for row in rows if row.valid_to is None and row.parent_code in above]:
            above = {row.code for row in below} - set(ending)
            ending |= {row.code: row for row in below}
        eve = day.on - timedelta(days=1)
        rows = [
            replace(row, valid_to=eve, successors=(row.code,)) if ending.get(row.code) is row else row for row in rows
        ]
        begun = [
            replace(
                row,
                name=day.names.get(row.code, row.name),
                valid_from=day.on,
                source=day.source,
                certainty=day.certainty,
            )
            for row in ending.values()
        ]
        rows += sorted(begun, key=lambda row: (RANKS.index(row.kind), row.code))
    return rows


def read(text: str) -> list[UnitRow]:
    """The lines of the CSV; raises ValidationError with the line for a wrong heading, kind, date or a missing value."""
    lines = csv.DictReader(text.lstrip("\ufeff").splitlines())
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or [])]
    if missing:
        raise ValidationError(_("The list has no column %(names)s.") % {"names": ", ".join(missing)})
    return [_row(line, values) for line, values in enumerate(lines, start=2)]


def _row(line: int, values: dict[str, str | None]) -> UnitRow:
    cells = {name: (values[name] or "").strip() for name in COLUMNS}
    try:
        if not cells["code"] or not cells["name"]:
            raise ValueError("code, name")
        if cells["valid_to"] and cells["valid_to"] < cells["valid_from"]:
            raise ValueError(_("The unit ends before it begins."))
        row = UnitRow(
            line=line,
            kind=Unit.Kind(cells["kind"]).value,
            code=cells["code"],
            name=cells["name"],
            valid_from=date.fromisoformat(cells["valid_from"]),
            valid_to=date.fromisoformat(cells["valid_to"]) if cells["valid_to"] else None,
            parent_code=cells["parent_code"],
            successors=tuple(cells["successors"].split()),
            source=(values.get("source") or "").strip(),
            certainty=(values.get("certainty") or "").strip(),
        )
        _check_days(row)
    except ValueError as error:
        raise ValidationError(_("Line %(line)d: %(error)s") % {"line": line, "error": error}) from error
    return row


def _check_days(row: UnitRow) -> None:
    """What is saved in bulk passes no other check of its days; ValueError where one is out of bounds."""
    unit = Unit(valid_from=row.valid_from, valid_to=row.valid_to)
    try:
        unit.clean_fields(exclude=[each.name for each in unit._meta.fields if each.name not in DAYS])
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error


def load(rows: list[UnitRow], by: User | None) -> Log:
    """Open what is missing, then let every closed unit be succeeded; loading again changes nothing.

    A unit that stands with another name or other dates is reported in `differing`, never changed.
    """
    log = Log()
    with transaction.atomic():
        open_units(rows, by, log)
        succeed_units(rows, by, log)
    return log


def preview(rows: list[UnitRow]) -> Log:
    """What `load` would do; nothing stays."""
    with transaction.atomic():
        log = load(rows, by=None)
        transaction.set_rollback(True)
    return log


class UnitIndex:
    """All units in memory, found by code and first day, or by code and any day of their life."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[str, date], Unit] = {}
        self.by_code: dict[str, list[Unit]] = {}
        for unit in Unit.objects.all():
            self.add(unit)

    def add(self, unit: Unit) -> None:
        self.by_key[unit.code, unit.valid_from] = unit
        self.by_code.setdefault(unit.code, []).append(unit)

    def bearing(self, code: str, day: date, line: int) -> Unit:
        """The unit that bears `code` on `day`; raises ValidationError with the line where there is none."""
        for unit in self.by_code.get(code, ()):
            if unit.in_force(day):
                return unit
        raise ValidationError(
            _("Line %(line)d: no unit bears the code %(code)s on %(day)s.")
            % {"line": line, "code": code, "day": f"{day:%d/%m/%Y}"}
        )


def open_units(rows: list[UnitRow], by: User | None, log: Log) -> None:
    """Open the units that are missing; parents stand before their children in the list."""
    known = UnitIndex()
    opened = []
    for row in rows:
        unit = known.by_key.get((row.code, row.valid_from))
        if unit is None:
            unit = Unit(kind=row.kind, code=row.code, name=row.name, valid_from=row.valid_from, valid_to=row.valid_to)
            unit.source, unit.certainty = row.source, row.certainty
            unit.parent = known.bearing(row.parent_code, row.valid_from, row.line) if row.parent_code else None
            _check_free(unit, known, row.line)
            known.add(unit)
            opened.append(unit)
        elif (unit.kind, unit.name, unit.valid_to) != (row.kind, row.name, row.valid_to):
            log.differing.append(f"{row.line}: {unit_label(unit)}")
    actions.unit.open_many(units=opened, by=by)
    log.opened += [unit_label(unit) for unit in opened]


def _check_free(unit: Unit, known: UnitIndex, line: int) -> None:
    """A code is borne by one unit at a time."""
    for other in known.by_code.get(unit.code, ()):
        if unit.in_force(other.valid_from) or other.in_force(unit.valid_from):
            raise ValidationError(
                _("Line %(line)d: the code %(code)s is borne by %(unit)s at the same time.")
                % {"line": line, "code": unit.code, "unit": other.name}
            )


def succeed_units(rows: list[UnitRow], by: User | None, log: Log) -> None:
    """Let each closed unit be succeeded the day after its last; people it still holds move with a whole succession."""
    register = UnitIndex()
    known = set(Succession.objects.values_list("old", "new"))
    missing, full = [], []
    for row, on, code, share in _successors(rows):
        old = register.by_key[row.code, row.valid_from]
        new = register.bearing(code, on, row.line)
        succession = Succession(old=old, new=new, on=on, share=share)
        if (old.pk, new.pk) not in known:
            missing.append(succession)
            log.succeeded.append(f"{unit_label(old)} → {unit_label(new)}")
        if share == Succession.Share.FULL:
            full.append(succession)
    actions.unit.succeed_many(successions=missing, by=by)
    actions.unit.move_late(successions=full, by=by)


def _successors(rows: list[UnitRow]) -> Iterator[tuple[UnitRow, date, str, str]]:
    for row in rows:
        if row.valid_to is None:
            continue
        for code in row.successors:
            share = Succession.Share.PART if code.startswith(PART) else Succession.Share.FULL
            yield row, row.valid_to + timedelta(days=1), code.removeprefix(PART), share


def count_missing(rows: list[UnitRow]) -> int:
    """How many units of the list nobody opened yet."""
    known = set(Unit.objects.filter(code__in={row.code for row in rows}).values_list("code", "valid_from"))
    return sum((row.code, row.valid_from) not in known for row in rows)


def load_if_none() -> int:
    """Load the shipped list into an empty tree, say how many units that are; a tree somebody keeps is left alone."""
    return 0 if Unit.objects.exists() else len(load(official(), by=None).opened)


def unit_label(unit: Unit) -> str:
    """Code, first day and name, as the command prints them."""
    return f"{unit.code}@{unit.valid_from:%Y-%m-%d} {unit.name}"
