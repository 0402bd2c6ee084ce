"""A checked register into the database through the actions of the forms: all of it, or nothing."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cases import actions
from cases.importing import check_people, load_notices, load_work
from cases.importing.columns import PEOPLE
from cases.importing.known import in_parts
from cases.importing.loader import Loader
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
    for row in loader.register.good(PEOPLE):
        before = loader.people.get(row["file"])
        person = correct(loader, row, before) if before else register_one(loader, row)
        loader.people[row["file"]] = person
        end(loader, row, person)
        loader.remember(row, person, row.content_key)
        loader.step()


def register_one(loader: Loader, row: RegisterRow) -> Returnee:
    """Open the file at the unit of that day and let it follow that unit to the one of today."""
    facts = {name: row[name] for name in PEOPLE.facts if row[name] is not None}
    unit, heir = row.about.unit, row.about.heir
    person = Returnee(file_number=row["file"], unit=unit, **facts)
    actions.returnee.register(returnee=person, by=loader.by, vouched=True)
    if way := loader.register.known.places.way(unit, heir):
        actions.returnee.follow(returnee=person, way=way, by=loader.by)
    return person


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
