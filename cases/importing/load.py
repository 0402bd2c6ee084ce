"""A checked register into the database through the actions of the forms: all of it, or nothing."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cases import actions
from cases.importing import check_people, load_notices, load_work
from cases.importing.columns import PEOPLE
from cases.importing.known import in_parts
from cases.importing.loader import AT_ONCE, Loader
from cases.importing.register import Register, Tell
from cases.importing.rows import RegisterRow
from cases.models import Expungement, ImportRun, Returnee, User, Verdict


def load(register: Register, *, by: User, on: date, run: ImportRun, tell: Tell | None = None) -> None:
    """Write every good row in one transaction, with its audit row; then tell the clocks anew."""
    loader = Loader(register, by=by, run=run, tell=tell)
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        if locked.state != ImportRun.State.LOADING:
            return
        if register.kind == ImportRun.Kind.NOTICES:
            load_notices.load_notices(loader, on)
        else:
            load_register(loader)
        for some in in_parts(loader.touched):
            actions.verdict.recompute_all(returnees=some, by=by, cause=Verdict.Cause.PERSON, on=on)
        loader.write_down()
        actions.import_run.keep_load(
            run=run,
            counts=register.counts(),
            known_again=loader.known_again,
            by=by,
            shares=loader.spread.as_rows() if loader.spread else [],
        )


def load_register(loader: Loader) -> None:
    """Write every good row of a register, people first."""
    load_people(loader)
    load_work.load_judgments(loader)
    load_work.load_work(loader)
    load_work.load_meetings(loader)
    load_work.load_attendance(loader)
    load_work.load_violations(loader)


def load_people(loader: Loader) -> None:
    """Open or correct the file of each good row."""
    for some in apart(loader.register.good(PEOPLE)):
        known = set(loader.people)
        open_files(loader, [row for row in some if row["file"] not in known])
        for row in some:
            if row["file"] in known:
                loader.people[row["file"]] = correct(loader, row, loader.people[row["file"]])
            person = loader.people[row["file"]]
            end(loader, row, person)
            loader.remember(row, person, row.content_key)
        loader.step(len(some))


def apart(rows: list[RegisterRow]) -> Iterator[list[RegisterRow]]:
    """So many rows at a time, none of one number of a person twice: the earlier file of two ends before the later is
    opened."""
    some: list[RegisterRow] = []
    numbers: set[str] = set()
    for row in rows:
        number = row["identity_number"]
        if len(some) == AT_ONCE or number in numbers:
            yield some
            some, numbers = [], set()
        some.append(row)
        if number:
            numbers.add(number)
    if some:
        yield some


def open_files(loader: Loader, rows: list[RegisterRow]) -> None:
    """Open each file at the unit of that day and let it follow that unit to the one of today."""
    people = []
    for row in rows:
        facts = {name: row[name] for name in PEOPLE.facts if row[name] is not None}
        unit, heir = row.about.unit, row.about.heir
        loader.people[row["file"]] = person = Returnee(file_number=row["file"], unit=unit, **facts)
        people.append((person, loader.register.known.places.way(unit, heir)))
    actions.returnee.register_many(people=people, by=loader.by)


def correct(loader: Loader, row: RegisterRow, person: Returnee) -> Returnee:
    """Write what the check found to differ on a file, and nothing else."""
    for name, value in (row.sets or {}).items():
        setattr(person, name, value)
    return actions.returnee.correct(returnee=person, by=loader.by, vouched=True)


def end(loader: Loader, row: RegisterRow, person: Returnee) -> None:
    """The file ended; evidence of a cleared record waits for somebody else to confirm it, which ends the file."""
    closed, cleared = check_people.ends_of(row)
    if closed and not person.closed_on:
        reason, note = check_people.reason_of(row["close_reason"])
        actions.returnee.close(returnee=person, on=closed, reason=reason, note=note, by=loader.by, vouched=True)
    if cleared and person.pk not in loader.register.known.cleared:
        evidence = Expungement(
            returnee=person,
            evidence=Expungement.Evidence.REGISTER,
            evidence_on=cleared,
            note=_("The register of the commune says: cleared on %(day)s.") % {"day": f"{cleared:%d/%m/%Y}"},
        )
        actions.expungement.bring_evidence(expungement=evidence, by=loader.by, vouched=True)
