"""A newer list of units, compared with those in force on the day its changes take effect."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from cases import actions
from cases.importing.change_list import KINDS, LEVELS, Typed
from cases.importing.units import PART, RANKS, NewNames, UnitRow, unit_label
from cases.models import Placement, Returnee, Succession, Unit, UnitPlan, User

RENAME, MERGE, SPLIT, MOVE, OPEN = KINDS  # the words of a list of changes
LEVEL_WORDS = {kind: word for word, kind in LEVELS.items()}


@dataclass
class Changes:
    """What a newer list changes from the day `on`; nothing may be done while something contradicts."""

    on: date
    opened: list[Unit] = field(default_factory=list)
    renamed: list[tuple[Unit, Unit]] = field(default_factory=list)
    moved: list[tuple[Unit, Unit]] = field(default_factory=list)
    ended: list[Unit] = field(default_factory=list)
    succeeded: list[tuple[Unit, Unit, str]] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    people: dict[int, int] = field(default_factory=dict)  # open files by unit

    def lines(self) -> list[str]:
        """One line for each change: + opened, ~ renamed, > moved under another parent, - ended, → followed, ≠ wrong."""
        return [
            *(f"+ {unit_label(unit)}" for unit in self.opened),
            *(f"~ {unit_label(old)} → {new.name}{self.files(old)}" for old, new in self.renamed),
            *(f"> {unit_label(old)}: {old.parent} → {new.parent}{self.files(old)}" for old, new in self.moved),
            *(f"- {unit_label(unit)}{self.files(unit)}" for unit in self.ended),
            *(f"→ {unit_label(old)} → {unit_label(new)} ({share})" for old, new, share in self.succeeded),
            *(f"≠ {line}" for line in self.contradictions),
        ]

    def files(self, unit: Unit) -> str:
        count = self.people.get(unit.pk, 0)
        return f" · {count} open files" if count else ""


class UnitComparison:
    """Goes through the newer list from provinces down, so that whoever stands above is decided first."""

    def __init__(self, rows: list[UnitRow], on: date) -> None:
        self.changes = Changes(on)
        self.found: list[tuple[Unit, str, str]] = []  # who follows whom, by the code the list gives
        standing = Unit.objects.on(on).select_related("parent__parent")
        self.before = {unit.code: unit for unit in standing}
        self.after: dict[str, Unit] = {}
        self.leaving = {row.code: row for row in rows if row.valid_to == on - timedelta(days=1)}
        self.rows = self.wanted(rows, on)

    def wanted(self, rows: list[UnitRow], on: date) -> dict[str, UnitRow]:
        """The rows in force on the day, by code; clusters, which no official list names, stay as they are."""
        found: dict[str, UnitRow] = {}
        for row in rows:
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                if row.code in found:
                    said = _("Line %(line)d: the code %(code)s stands twice in the list.")
                    self.changes.contradictions.append(said % {"line": row.line, "code": row.code})
                found[row.code] = row
        if not any(row.kind == Unit.Kind.CLUSTER for row in rows):
            for unit in self.before.values():
                if unit.kind == Unit.Kind.CLUSTER and unit.parent:
                    found[unit.code] = UnitRow(
                        0, unit.kind, unit.code, unit.name, unit.valid_from, None, unit.parent.code, ()
                    )
        return found

    def run(self) -> Changes:
        for row in sorted(self.rows.values(), key=lambda row: (RANKS.index(row.kind), row.code)):
            self.compare(row)
        for code, unit in self.before.items():
            if code not in self.rows:
                self.changes.ended.append(unit)
                self.follow(unit)
        return self.changes

    def compare(self, row: UnitRow) -> None:
        old = self.before.get(row.code)
        cluster = old.parent if old and old.parent and old.parent.kind == Unit.Kind.CLUSTER else None
        if cluster and cluster.parent and row.parent_code == cluster.parent.code:
            row = replace(row, parent_code=cluster.code)
        parent = self.after.get(row.parent_code)
        if row.parent_code and parent is None:
            self.contradict(row, _("nobody above it bears the code %(code)s") % {"code": row.parent_code})
            return
        if old and (old.kind, old.name, old.parent) == (row.kind, row.name, parent):
            self.after[row.code] = old
            return
        new = Unit(kind=row.kind, code=row.code, name=row.name, parent=parent, valid_from=self.changes.on)
        if old and (old.kind != row.kind or old.valid_from >= self.changes.on):
            self.contradict(row, _("%(unit)s bears this code, of another kind or since that day") % {"unit": old.name})
            return
        self.after[row.code] = new
        self.enter(old, new)

    def enter(self, old: Unit | None, new: Unit) -> None:
        if old is None:
            self.changes.opened.append(new)
        elif old.code in self.leaving:
            self.changes.opened.append(new)
            self.changes.ended.append(old)
            self.follow(old)
        elif old.name != new.name:
            self.changes.renamed.append((old, new))
        else:
            self.changes.moved.append((old, new))

    def follow(self, old: Unit) -> None:
        """Note who follows an ended unit; where the list does not say, nobody may live there."""
        row = self.leaving.get(old.code)
        if row is None or not row.successors:
            if Placement.objects.filter(unit=old, until__isnull=True).exists():
                said = _("%(unit)s ends without a successor and still holds people.")
                self.changes.contradictions.append(said % {"unit": unit_label(old)})
            return
        for code in row.successors:
            share = Succession.Share.PART if code.startswith(PART) else Succession.Share.FULL
            self.found.append((old, code.removeprefix(PART), share))

    def contradict(self, row: UnitRow, said: str) -> None:
        self.changes.contradictions.append(_("Line %(line)d: %(error)s") % {"line": row.line, "error": said})


def compare_list(rows: list[UnitRow], on: date) -> Changes:
    """What the list, as it stands on `on`, changes from that day; reads only."""
    comparison = UnitComparison(rows, on)
    changes = comparison.run()
    for old, code, share in comparison.found:
        if new := comparison.after.get(code):
            changes.succeeded.append((old, new, share))
        else:
            said = _("%(unit)s is followed by %(code)s, which stands nowhere in the list.")
            changes.contradictions.append(said % {"unit": unit_label(old), "code": code})
    open_files = Returnee.objects.kept().filter(closed_on__isnull=True).order_by()
    changes.people = dict(open_files.values("unit").annotate(count=Count("pk")).values_list("unit", "count"))
    return changes


def rehearse(changes: Changes) -> None:
    """Make the changes and take them back: what would stop them is raised as by `apply`."""
    with transaction.atomic():
        apply(changes, by=None)
        transaction.set_rollback(True)


@transaction.atomic
def apply(changes: Changes, by: User | None) -> None:
    """Make the changes; raises ValidationError with every contradiction and then changes nothing."""
    if changes.contradictions:
        raise ValidationError(changes.contradictions)
    renewed = [*changes.renamed, *changes.moved]
    made = [*changes.opened, *(new for _old, new in renewed)]
    for unit in [*changes.ended, *(old for old, _new in renewed)]:  # first: a code is borne by one unit at a time
        actions.unit.end(unit=unit, last_day=changes.on - timedelta(days=1), by=by)
    for unit in sorted(made, key=lambda unit: RANKS.index(unit.kind)):
        unit.parent = unit.parent  # its key is known now that the unit above is saved
        actions.unit.open_unit(unit=unit, by=by)
    for old, new in renewed:
        actions.unit.succeed(old=old, new=new, on=changes.on, by=by)
    for old, new, share in changes.succeeded:
        actions.unit.succeed(old=old, new=new, on=changes.on, share=share, by=by)


def as_list(changes: Changes) -> Typed:
    """The same changes as rows of a list, which can be entered ahead of their day.

    What goes on below a unit that changes is no row of its own. Raises ValidationError where a unit ends and nobody
    follows it.
    """
    followed = {old.pk for old, _new, _share in changes.succeeded}
    if left := [unit_label(old) for old in changes.ended if old.pk not in followed]:
        said = _("Ends without a successor, which cannot be entered ahead of its day: %(units)s.")
        raise ValidationError(said % {"units": ", ".join(left)})
    heirs = {new.code for _old, new, _share in changes.succeeded}
    rows = [
        *({"kind": RENAME, "old": old.code, "name": new.name} for old, new in changes.renamed),
        *(
            {"kind": MOVE, "old": old.code, "parent": new.parent.code}
            for old, new in changes.moved
            if new.parent and old.parent and new.parent.code != old.parent.code
        ),
        *(
            {"kind": MERGE if share == Succession.Share.FULL else SPLIT, "old": old.code, "code": new.code}
            | ({} if new.pk else {"name": new.name})
            for old, new, share in changes.succeeded
        ),
        *(
            {"kind": OPEN, "code": new.code, "name": new.name, "level": LEVEL_WORDS.get(Unit.Kind(new.kind), new.kind)}
            | ({"parent": new.parent.code} if new.parent else {})
            for new in changes.opened
            if new.code not in heirs
        ),
    ]
    day = f"{changes.on:%d/%m/%Y}"
    return [(number, {"on": day, **row}) for number, row in enumerate(rows, start=1)]


def plan_names(day: NewNames) -> UnitPlan:
    """What the new names of a day change of the units as they stand; an empty plan where all bear them already.

    A unit that has changed since that day is left alone, and so is each below a unit that is renewed with it.
    """
    plan = UnitPlan()
    units = Unit.objects.on(day.on).filter(code__in=day.names, valid_to__isnull=True, valid_from__lt=day.on)
    for unit in units.select_related("parent").order_by("path"):
        is_below = any(unit.path.startswith(old.path) for old in plan.ended)
        if not is_below and unit.name != day.names[unit.code]:
            plan.renew(unit, names=day.names)
    return plan
