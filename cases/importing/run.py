"""A run from upload to load, each step a job whose progress the page shows."""

import io
import logging
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.importing import load_notices, source
from cases.importing import mapping as mappings
from cases.importing import register as registers
from cases.importing.load import load
from cases.importing.log import BadFileError
from cases.importing.mapping import Mapping
from cases.importing.register import Register, Tell
from cases.importing.rows import RegisterRow, as_text
from cases.importing.source import UnmappedError
from cases.jobs import queue
from cases.models import ImportRun, QueuedJob, StagedRow, User

State = ImportRun.State
SHORT_BYTES = 150_000  # of a workbook up to this size the page waits for the answer, a moment long
SHORT_SECONDS = 3
log = logging.getLogger(__name__)


def load_now(register: Register, *, file: Path, by: User, on: date, tell: Tell | None = None) -> ImportRun:
    """Load a checked register from the command line; the run and its rows are written together."""
    content = file.read_bytes()
    run = _new_run(register.kind, file.name, content, by, state=State.LOADING, good_rows=register.faulty)
    with transaction.atomic():
        actions.import_run.upload(run=run, content=content, by=by)
        load(register, by=by, on=on, run=run, tell=tell)
    return run


def upload(*, name: str, content: bytes, uid: UUID, by: User, kind: str = ImportRun.Kind.REGISTER) -> ImportRun:
    """Keep an uploaded workbook and check it, beside those that wait to be loaded; where nothing is to load it goes."""
    run = _new_run(kind, name, content, by, uid=uid)
    with transaction.atomic():
        kept = actions.import_run.upload(run=run, content=content, by=by)
        if kept is not run:
            return kept
        for old in ImportRun.objects.visible_to(by).unfinished().exclude(pk=run.pk).defer("content"):
            if old.has_nothing_to_load:
                actions.import_run.discard(run=old, by=by)
        job = _put(run, by)
    _start(job, run)
    return kept


def _new_run(kind: str, name: str, content: bytes, by: User, **more: Any) -> ImportRun:
    """A run of this workbook, not written yet; of a long name its end is kept, which tells what kind of file it is."""
    digest = sha256(content).hexdigest()
    return ImportRun(kind=kind, unit=by.unit, file_name=name[-120:], file_hash=digest, size=len(content), **more)


def check_again(*, run: ImportRun, by: User) -> bool:
    """Check a run after a correction, or one whose check was cut off."""
    after = (State.CHECKED,) if not is_cut_off(run) else (State.CHECKED, State.CHECKING, State.LOADING)
    return _begin(run=run, state=State.CHECKING, after=after, by=by)


def begin_load(*, run: ImportRun, by: User, good_rows: bool) -> bool:
    """Load a checked run; False where it is loading or loaded already."""
    return _begin(run=run, state=State.LOADING, after=(State.CHECKED,), by=by, good_rows=good_rows)


def match_columns(*, run: ImportRun, mapping: Mapping, by: User) -> bool:
    """Check a run by the columns as the importer has matched them, and remember it for the unit."""
    with transaction.atomic():
        after = (State.MAPPING, State.CHECKED)
        if not actions.import_run.keep_mapping(run=run, mapping=mapping.as_json(), by=by, after=after):
            return False
        remember(mapping, kind=run.kind, by=by)
        job = _put(run, by)
    _start(job, run)
    return True


def read_another_sheet(*, run: ImportRun, sheet: str, by: User) -> bool:
    """Propose the columns of another sheet of the file; what was corrected in rows of the first is forgotten."""
    mapping = source.propose_for(io.BytesIO(run.content or b""), run.kind, sheet, by=by, on=timezone.localdate())
    return mapping is not None and actions.import_run.propose_mapping(run=run, mapping=mapping.as_json(), by=by)


def remember(mapping: Mapping, *, kind: str, by: User) -> None:
    """Keep a mapping for the next workbook with these headings."""
    targets = [column.target for column in mapping.columns]
    actions.column_mapping.remember(kind=kind, digest=mapping.digest, targets=targets, by=by)


def _begin(*, run: ImportRun, by: User, **claim: Any) -> bool:
    """The state and the job are written together: a run under way has somebody who will work on it."""
    with transaction.atomic():
        if not actions.import_run.claim(run=run, by=by, **claim):
            return False
        job = _put(run, by)
    _start(job, run)
    return True


def _put(run: ImportRun, by: User) -> QueuedJob:
    return queue.put(QueuedJob.Kind.WORKBOOK, _key(run), {"run": run.pk}, by)


def _start(job: QueuedJob, run: ImportRun) -> None:
    queue.start(job, wait_seconds=SHORT_SECONDS if run.size <= SHORT_BYTES else 0)
    run.refresh_from_db()


def find_job(run: ImportRun) -> QueuedJob | None:
    """The job that does what the state of a run asks for."""
    return queue.find_open(_key(run))


def _key(run: ImportRun) -> str:
    return f"workbook-{run.pk}"


def is_cut_off(run: ImportRun) -> bool:
    """Whether a run says it is under way and nobody will work on it. Nothing of it was written."""
    return run.under_way and find_job(run) is None


def work_on(run: ImportRun, by: User, tell: Tell) -> None:
    """Do what the state of a run asks for; what goes wrong is told on its page. Other errors are left to the caller.

    Begun again after it was cut off it does nothing twice: what is written, and the state, are one transaction.
    """
    if run.under_way and (wrong := _wrong(WORK[run.state], run, by, tell)):
        actions.import_run.keep_failure(run=run, **wrong)
    run.refresh_from_db()


def _wrong(work: Callable, run: ImportRun, by: User, tell: Tell) -> dict[str, str] | None:
    """How the work failed: the state it leaves, and why in words; the log keeps nothing of the workbook."""
    try:
        work(run, by, tell)
    except BadFileError as error:
        return {"state": State.FAILED, "told": str(error)}
    except MemoryError:
        told = _("Nothing was loaded: the workbook takes too much memory. Split it into several files.")
        return {"state": State.FAILED, "told": told}
    except (DatabaseError, ValidationError) as error:
        log.error("Import %d failed: %s", run.pk, type(error).__name__)
        told = _("Nothing was loaded: the register has changed meanwhile. Check the workbook again.")
        if isinstance(error, OperationalError):
            told = _("Nothing was loaded: busy at the moment. Wait a little, then load again.")
        return {"state": State.CHECKED, "told": told}
    return None


def tell_error(run: ImportRun, number: str) -> None:
    """An error of the program, kept under `number`: nothing was written, and the run can be discarded or sent again."""
    words = _("Nothing was loaded: an error of the program. Tell the administrator this number: %(number)s.")
    actions.import_run.keep_failure(run=run, state=State.FAILED, told=words % {"number": number})


def _read(run: ImportRun, by: User, tell: Tell) -> Register:
    return registers.check_register(
        io.BytesIO(run.content or b""),
        by=by,
        on=timezone.localdate(),
        kind=run.kind,
        corrections=run.corrections,
        mapping=mappings.from_json(run.mapping) if run.mapped else None,
        tell=tell,
    )


def _check(run: ImportRun, by: User, tell: Tell) -> None:
    """Check until nothing was corrected meanwhile: what is chosen while a check is at work is not lost."""
    while not _check_once(run, by, tell):
        run.refresh_from_db()


def _check_once(run: ImportRun, by: User, tell: Tell) -> bool:
    """A sheet that is no template waits for its columns to be matched, unless the unit has matched such ones before."""
    try:
        register = _read(run, by, tell)
    except UnmappedError as error:
        mapping = error.mapping
        if not mapping.own:
            actions.import_run.ask_mapping(run=run, mapping=mapping.as_json())
            return True
        actions.import_run.keep_mapping(run=run, mapping=mapping.as_json(), by=by, after=(State.CHECKING,))
        register = _read(run, by, tell)
    return _keep(run, register)


def _keep(run: ImportRun, register: Register, told: str = "") -> bool:
    """Keep what the check found; False where cells were corrected since it began."""
    rows = (stage_row(run, row) for sheet in register.sheets for row in register.of(sheet))
    notices = [message.as_json() for message in register.messages]
    shares = load_notices.shares(register, timezone.localdate()) if run.kind == ImportRun.Kind.NOTICES else []
    return actions.import_run.keep_check(
        run=run, counts=register.counts(), notices=notices, rows=rows, told=told, shares=shares
    )


def _load(run: ImportRun, by: User, tell: Tell) -> None:
    """Checked once more at the moment of loading: the register may have changed since the preview.

    The check is told as the first quarter of the way.
    """
    on = timezone.localdate()
    register = _read(run, by, lambda done, of: tell(done, 4 * of))
    if register.faulty and not run.good_rows:
        _keep(run, register, _("Nothing was loaded: there are rows with errors now."))
        return
    load(register, by=by, on=on, run=run, tell=lambda done, of: tell(of + 3 * done, 4 * of))


WORK: dict[str, Callable] = {State.CHECKING: _check, State.LOADING: _load}  # what a state asks for


def stage_row(run: ImportRun, row: RegisterRow) -> StagedRow:
    """A row for the preview, as it was typed, with what it would change and what is asked about it."""
    return StagedRow(
        run=run,
        sheet=row.sheet.name,
        number=row.number,
        state=row.state,
        flagged=bool(row.messages),
        cells={name: as_text(cell) for name, cell in row.cells.items()},
        messages=[message.as_json() for message in row.messages],
        changes=row.changes or [],
        choices=[[name, choices] for name, choices in (row.asked or {}).items()],
    )
