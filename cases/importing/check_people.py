"""The checks of the sheet Người: the dates, the unit of that day, one open file for one number."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.importing.changed import doubt, of_person, says_otherwise
from cases.importing.columns import CLOSE_REASONS, PEOPLE, comparable_text
from cases.importing.known import KnownRecords, LoadedRow
from cases.importing.rows import CHANGE, HEIR, NAMES, SAME, RegisterRow, digest
from cases.lib import identity, names
from cases.lib.dates import PartialDate
from cases.lib.limits import DayFacts
from cases.models import Returnee, Unit, limits


@dataclass(slots=True)
class Homecoming:
    """Where a person came home to, and who answers today."""

    unit: Unit
    heir: Unit | None
    person: Returnee | None = None  # of a notice: who is on file already


def check(rows: list[RegisterRow], known: KnownRecords) -> None:
    """Settle the state of every row of the sheet."""
    seen: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        accept_name_on_file(row, known.people.get(row["file"]))
        refuse_second(row, "file", seen, _("This file number stands in row %(row)d already."))
        check_days(row, known)
        find_unit(
            row, known, row["presented_on"] or row["completed_on"], today=True, person=known.people.get(row["file"])
        )
        check_number(row, known, numbers)
        doubt_name(row)
    before = known.before(PEOPLE.name, [key_of(row) for row in rows if row["file"]])
    for row in rows:
        if row["file"]:
            row.key = key_of(row)
            settle_person(row, known, before.get(row.key))


def accept_name_on_file(row: RegisterRow, person: Returnee | None) -> None:
    """A name with other words beside it is not asked about again where the person is on file under it."""
    if person and NAMES in (row.asked or {}) and person.full_name == row["full_name"]:
        row.take_back(NAMES, "full_name")


def join() -> str:
    """How a row is made one of the file that was found."""
    return _("If it is the same person, write the file number %(file)s here.")


def key_of(row: RegisterRow) -> str:
    """What tells a person of the register from every other: the file number."""
    return digest(row["file"])


def refuse_second(row: RegisterRow, name: str, seen: dict[str, int], words: str) -> None:
    """Note it at the field `name` where an earlier row, kept in `seen`, has the same value."""
    value = row[name]
    if value and seen.setdefault(value, row.number) != row.number:
        row.error(name, words % {"row": seen[value]})


def check_days(row: RegisterRow, known: KnownRecords) -> None:
    """Note at the row which of its days cannot be, or not in this order."""
    completed, presented, closed = row["completed_on"], row["presented_on"], row["closed_on"]
    within_limits(row, known_days(row), known.on)
    not_before(row, "expunged_on", completed, PEOPLE.by_field["completed_on"].header)
    first = None if row["expunged_on"] and closed else presented
    for name in ("closed_on", "expunged_on"):
        if name == "closed_on" or first:
            not_before(row, name, presented, PEOPLE.by_field["presented_on"].header)
    not_born_after(row, completed)
    if row["close_reason"] and not closed and not row["expunged_on"] and "closed_on" in row.values:
        row.error("closed_on", _("There is a reason for closing: write the day on which the file ended."))
    if closed and not row["close_reason"]:
        row.warn("close_reason", _("No reason is given: entered as “other reason”."))


def not_born_after(row: RegisterRow, completed: date | None) -> None:
    """Note it at the row where the birth does not lie before the completion day."""
    if row["born_on"] and completed and PartialDate.from_storage(row["born_on"]).earliest >= completed:
        row.error("born_on", _("The birth lies after the completion day %(day)s.") % {"day": f"{completed:%d/%m/%Y}"})


def known_days(row: RegisterRow) -> DayFacts:
    """What a row of a person says itself; a birth after the completion is told at the birth."""
    born = row["born_on"] and PartialDate.from_storage(row["born_on"])
    completed = row["completed_on"]
    return DayFacts(born=born if born and not (completed and born.earliest >= completed) else None, completed=completed)


def within_limits(row: RegisterRow, facts: DayFacts, on: date) -> None:
    """Every day of the row between its floor and its ceiling, as in the forms."""
    for column in row.sheet.columns:
        if not column.of or row[column.field] is None:
            continue
        try:
            limits.check_day(column.of, row[column.field], facts=facts, on=on)
        except ValidationError as error:
            row.error(column.field, " ".join(error.messages))


def not_before(row: RegisterRow, name: str, first: date | None, header: str) -> None:
    """Note it at the field `name` where its day lies before `first`, which stands under `header`."""
    if row[name] and first and row[name] < first:
        words = _("The day is before “%(header)s” (%(day)s).")
        row.error(name, words % {"header": header, "day": f"{first:%d/%m/%Y}"})


def find_unit(
    row: RegisterRow, known: KnownRecords, day: date | None, *, today: bool, person: Returnee | None = None
) -> None:
    """Find the unit of the row's own day; with `today` also who answers now, within the user's units.

    Where a file of `person` is kept already it stays where it is: nobody is asked to choose.
    """
    code = row["unit"]
    if not code or not day:
        return
    unit = known.places.bearing(code, day)
    if unit is None and (unit := known.places.meant(code, day)):
        lost, told = _("The leading zero was lost; read as %(number)s."), _("Read as %(number)s.")
        number = unit.code if code.isdigit() else f"{unit.name} ({unit.code})"
        row.warn("unit", (lost if code.isdigit() and len(code) < len(unit.code) else told) % {"number": number})
    if unit is None or not unit.is_commune:
        row.error("unit", _no_unit(known, code, day, unit))
        return
    if person and known.held(person):
        row.about = Homecoming(unit, person.unit)
        return
    heirs = known.places.heirs(unit) if today else [unit]
    chosen = next((heir for heir in heirs if heir.code == row.answers.get(HEIR)), None)
    heir = heirs[0] if len(heirs) == 1 else chosen
    own = [each for each in heirs if {each.pk, unit.pk} & known.scope]
    row.about = Homecoming(unit, heir)
    if heir is None and own:
        names = ", ".join(f"{each.name} ({each.code})" for each in heirs)
        words = _("%(unit)s has since been divided into %(names)s: choose where this person belongs.")
        row.ask(HEIR, [[each.code, each.name] for each in own], "unit", words % {"unit": unit.name, "names": names})
    elif heir not in own:
        words = _("%(unit)s does not belong to your unit %(own)s.")
        row.error("unit", words % {"unit": unit.name, "own": known.by.unit.name})


def _no_unit(known: KnownRecords, code: str, day: date, unit: Unit | None) -> str:
    if unit is not None:
        return _("%(unit)s is no commune: write the code of the commune.") % {"unit": unit.name}
    lives = [
        f"{each.name} ({each.valid_from:%d/%m/%Y}–{each.valid_to:%d/%m/%Y})"
        if each.valid_to
        else f"{each.name} ({each.valid_from:%d/%m/%Y}–)"
        for each in known.places.lives.get(code, ())
    ]
    words = _("On %(day)s no commune bears this code.") % {"day": f"{day:%d/%m/%Y}"}
    return f"{words} {_('It is or was borne by:')} {', '.join(lives)}." if lives else words


def check_number(row: RegisterRow, known: KnownRecords, seen: dict[str, int]) -> None:
    """A number belongs to one open file; sex and birth year may disagree, papers are not always right."""
    number = row["identity_number"]
    if not number:
        return
    doubt_number(row)
    if row["closed_on"] or row["expunged_on"]:
        return
    refuse_second(row, "identity_number", seen, _("This number stands in row %(row)d already."))
    other = known.numbers.get(number)
    if other and other.file_number != row["file"]:
        words = _("There is an open file with this number at %(unit)s: ask for it to be handed over.")
        row.error("identity_number", words % {"unit": other.unit.name})


def doubt_name(row: RegisterRow) -> None:
    """A name typed with the Vietnamese keyboard program off is found all the same, but reads badly on a letter."""
    name = row["full_name"] or ""
    if (meant := names.as_meant(name)) != name:
        words = _("Typed with the Vietnamese keyboard off? If so, write %(name)s.")
        row.warn("full_name", words % {"name": meant})


def doubt_number(row: RegisterRow) -> None:
    """Warn where the identity number says another sex or birth year than the row (`lib/identity.py`)."""
    born = row["born_on"] and PartialDate.from_storage(row["born_on"])
    for finding in identity.check_number(row["identity_number"], row["sex"], born or None).warnings:
        told = {"sex": _("The number says another sex."), "birth_year": _("The number says the birth year %(found)s.")}
        row.warn("identity_number", told[finding.code] % {"found": finding.found})


def settle_person(row: RegisterRow, known: KnownRecords, before: LoadedRow | None) -> None:
    """New, changed or the same; a file that was corrected here since is not turned back by the old workbook."""
    person = known.people.get(row["file"])
    if person is None:
        return
    if not known.held(person) or person.withdrawn_at:
        row.error("file", _("This file number belongs to a file you do not keep: write another one."))
    if row.bad:
        return
    row.state = SAME
    if before and before.digest == row.content_key:
        return
    row.sets = changes(row, person)
    row.changes = list(of_person(person, row.sets | end_facts(row, person, known)))
    if row.changes:
        row.state = CHANGE
        doubt(row, person, row.sets)


def changes(row: RegisterRow, person: Returnee) -> dict[str, object]:
    """What the workbook says otherwise; an empty cell takes nothing away."""
    told = {name: row[name] for name in PEOPLE.facts if row[name] is not None}
    return {name: new for name, new in told.items() if says_otherwise(getattr(person, name), new)}


def end_facts(row: RegisterRow, person: Returnee, known: KnownRecords) -> dict[str, object]:
    """The end of the file and the evidence of a cleared record, where the register has none."""
    closed, cleared = ends_of(row)
    ends = {"closed_on": None if person.closed_on else closed}
    ends["expunged_on"] = None if person.pk in known.cleared else cleared
    return {name: day for name, day in ends.items() if day}


def ends_of(row: RegisterRow) -> tuple[date | None, date | None]:
    """The day on which the file ended, and that on which the record was cleared.

    A file that ended because the record was cleared ends here when somebody has confirmed that, not before.
    """
    closed, cleared = row["closed_on"], row["expunged_on"]
    if closed and reason_of(row["close_reason"])[0] == Returnee.CloseReason.EXPUNGED:
        return None, cleared or closed
    return closed, cleared


def reason_of(typed: str | None) -> tuple[str, str]:
    """The stored reason, and as a note the words that say more than it."""
    folded = comparable_text(typed or "")
    for start, reason in CLOSE_REASONS.items():
        if folded.startswith(start):
            return reason, "" if folded == start else typed or ""
    return Returnee.CloseReason.OTHER, typed or ""
