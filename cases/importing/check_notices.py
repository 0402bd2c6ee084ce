"""The checks of a list of notices: the days, the commune of the release day, who is on file already."""

from datetime import date

from django.utils.translation import gettext as _

from cases.importing import changed
from cases.importing.check_people import (
    doubt_name,
    doubt_number,
    find_unit,
    known_days,
    not_before,
    not_born_after,
    within_limits,
)
from cases.importing.columns import NOTICES
from cases.importing.known import KnownRecords, in_parts
from cases.importing.rows import CHANGE, SAME, Change, RegisterRow, digest
from cases.lib.text import fold
from cases.models import Notice, Returnee, User

NO_NUMBER = "không số"  # how an unnumbered paper is cited


def learn(rows: list[RegisterRow], by: User, on: date) -> KnownRecords:
    """Ask the database once for what the list mentions."""
    known = KnownRecords(by, on)
    known.learn_places({row["unit"] for row in rows if row["unit"]})
    known.learn_people((), {row["identity_number"] for row in rows if row["identity_number"]})
    known.learn_released({row["completed_on"] for row in rows if row["completed_on"]})
    known.learn_notices()
    return known


def check(rows: list[RegisterRow], known: KnownRecords) -> None:
    """Settle the state of every row: somebody new, a notice for a file that is there, or nothing new."""
    seen: dict[tuple, int] = {}
    for row in rows:
        check_days(row, known)
        find_unit(row, known, row["completed_on"], today=True)
        if row["identity_number"]:
            doubt_number(row)
        doubt_name(row)
        if not row.bad:
            row.key = key_of(row)
            _refuse_second(row, seen)
    before = known.before(NOTICES.name, [row.key for row in rows if row.key])
    standing = _standing({said.target_id for said in before.values()})
    for row in rows:
        if row.bad:
            continue
        earlier = before.get(row.key)
        notice = standing.get(earlier.target_id) if earlier else None
        if earlier is None or notice is None:
            find_person(row, known)
        elif earlier.digest == row.content_key:
            row.state = SAME
        else:
            settle_notice(row, notice, known)


def join() -> str:
    """How a row is made one of the file that was found."""
    return _("If it is the same person, write name, birth and release day here as in the file %(file)s.")


def notice_of(row: RegisterRow) -> Notice:
    """The unsaved notice of a row; what a list leaves out is filled with what is known."""
    amnesty = row["subject_type"] == Returnee.SubjectType.AMNESTIED
    return Notice(
        kind=Notice.Kind.AMNESTY if amnesty else Notice.Kind.PRISON,
        number=row["number"] or NO_NUMBER,
        dated_on=row["dated_on"] or row["received_on"],
        received_on=row["received_on"],
        sender=row["prison"] or _("Not named in the list"),
        address=row["address"] or "",
    )


def key_of(row: RegisterRow) -> str:
    """What stays the same when the list comes again: the notice and the person.

    A numbered notice without a day is known by its number: the day it was received may be corrected.
    """
    notice = notice_of(row)
    day = None if row["number"] and not row["dated_on"] else notice.dated_on
    return digest(notice.kind, notice.number, day, *_who(row))


def settle_notice(row: RegisterRow, notice: Notice, known: KnownRecords) -> None:
    """A notice that stands: a correction where the list says something else of it or of the person, else the same."""
    row.state = SAME
    person = notice.returnee
    if not known.held(person):
        row.warn("full_name", _("This file is kept elsewhere since: the row is not entered."))
        return
    row.target, row.about.person = notice, person
    if person.unit_id not in (row.about.unit.pk, row.about.heir.pk):
        row.warn("unit", _("The file is kept at %(unit)s: it stays there.") % {"unit": person.unit.name})
    told: list[Change] = []
    for target, sets in differences(row):
        told += changed.of_record(target, sets)
        changed.doubt(row, target, sets)
    row.changes = list(dict.fromkeys(told))
    if row.changes and not row.bad:
        row.state = CHANGE


def differences(row: RegisterRow) -> list[tuple[Notice | Returnee, dict[str, object]]]:
    """The notice and the person of a row, each with the fields that get another value; an empty cell takes nothing.

    An address that was corrected here is not turned back by a list that says what it said before.
    """
    notice, person = row.target, row.about.person
    told = {"received_on": row["received_on"], "sender": row["prison"], "address": row["address"]}
    sets = changed.find_differences(notice, told)
    facts = {name: row[name] for name in NOTICES.facts if name != "address" or name in sets}
    if fold(row["full_name"]) == fold(person.full_name) and row["full_name"].isupper():
        del facts["full_name"]  # the same name in capitals
    return [(notice, sets), (person, changed.find_differences(person, facts))]


def check_days(row: RegisterRow, known: KnownRecords) -> None:
    """Note at the row which of its days cannot be."""
    within_limits(row, known_days(row), known.on)
    not_before(row, "received_on", row["dated_on"], NOTICES.by_field["dated_on"].header)
    not_born_after(row, row["completed_on"])


def find_person(row: RegisterRow, known: KnownRecords) -> None:
    """Whether the person is on file, and whether the file holds this notice."""
    by_number = known.numbers.get(row["identity_number"])
    if by_number and not known.held(by_number):
        words = _("There is an open file with this number at %(unit)s: ask for it to be handed over.")
        row.error("identity_number", words % {"unit": by_number.unit.name})
        return
    person = by_number or _named_alike(row, known)
    if person is None:
        return
    notice = notice_of(row)
    if stands := known.noticed.get((person.pk, notice.kind, notice.number, notice.dated_on)):
        settle_notice(row, stands, known)
    elif person.closed_on:
        words = _("The file of this person was closed on %(day)s: take the row out, or write the right release day.")
        row.error("full_name", words % {"day": f"{person.closed_on:%d/%m/%Y}"})
    else:
        row.about.person = person
        words = _("On file already at %(unit)s: the notice is added to that file.")
        row.warn("full_name", words % {"unit": person.unit.name})


def _who(row: RegisterRow) -> tuple:
    if row["identity_number"]:
        return (row["identity_number"],)
    return fold(row["full_name"]), row["born_on"], row["completed_on"], row.about.unit.code


def _refuse_second(row: RegisterRow, seen: dict[tuple, int]) -> None:
    first = seen.setdefault(_who(row), row.number)
    if first != row.number:
        name = "identity_number" if row["identity_number"] else "full_name"
        row.error(name, _("This person stands in row %(row)d already.") % {"row": first})


def _named_alike(row: RegisterRow, known: KnownRecords) -> Returnee | None:
    """Somebody of the same commune, name, birth and release day, whose number is the same or not known."""
    number = row["identity_number"]
    for person in known.named.get((fold(row["full_name"]), row["born_on"], row["completed_on"]), ()):
        agrees = not (number and person.identity_number) or number == person.identity_number
        if agrees and person.unit_id in (row.about.unit.pk, row.about.heir.pk):
            return person
    return None


def _standing(pks: set[int]) -> dict[int, Notice]:
    """Notices that rows loaded earlier became, but for those withdrawn since, or whose file was."""
    rows = Notice.objects.kept().filter(returnee__withdrawn_at=None).select_related("returnee__unit")
    return {pk: notice for some in in_parts(pks) for pk, notice in rows.in_bulk(some).items()}
