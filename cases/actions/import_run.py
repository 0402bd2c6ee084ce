from collections.abc import Iterable
from itertools import islice
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from cases.actions import audit, row
from cases.models import ImportedRow, ImportRun, StagedRow, User

AT_ONCE = 2000
FOUND = ["state", "flagged", "cells", "messages", "changes", "choices"]  # what a check finds out about a row
State = ImportRun.State


@transaction.atomic
def upload(*, run: ImportRun, content: bytes, by: User) -> ImportRun:
    """Keep an uploaded workbook until it is loaded or discarded; the same form sent twice keeps one.

    Another workbook, or one that was discarded meanwhile, is kept under an id of its own.
    """
    try:
        earlier = row.earlier(run)
    except row.SentBeforeError:
        earlier = None
        run.uid = uuid4()
    if earlier and earlier.state != State.DISCARDED:
        return earlier
    if earlier:
        run.uid = uuid4()
    run.content, run.begun_at = content, timezone.now()
    run.stamp(by).save()
    audit.record(by=by, verb="importrun.uploaded", target=run, after={"file": run.file_name, "size": run.size})
    return run


@transaction.atomic
def correct_cells(*, run: ImportRun, sheet: str, numbers: list[int], typed: dict[str, str], by: User) -> bool:
    """Keep what is to stand in cells of a row instead of what the file says; False where the run is past that.

    A check that is at work finds it at its end and begins anew.
    """
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.state not in ImportRun.CORRECTABLE:
        return False
    rows = run.corrections.setdefault(sheet, {})
    for number in numbers:
        rows.setdefault(str(number), {}).update(typed)
    run.stamp(by).save()
    return True


@transaction.atomic
def claim(*, run: ImportRun, state: str, after: tuple[str, ...], by: User, good_rows: bool = False) -> bool:
    """Begin a check or a load; False where somebody else has begun it, or it is done (a form sent twice)."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update(no_key=True))
    if run.state not in after:
        return False
    run.state, run.good_rows, run.begun_at, run.told = state, good_rows, timezone.now(), ""
    run.stamp(by).save()
    return True


def ask_mapping(*, run: ImportRun, mapping: dict) -> None:
    """Keep what is proposed for the columns of a sheet that is no template, until the importer agrees or corrects."""
    ImportRun.objects.filter(pk=run.pk, state=State.CHECKING).update(state=State.MAPPING, mapping=mapping)


@transaction.atomic
def propose_mapping(*, run: ImportRun, mapping: dict, by: User) -> bool:
    """Another sheet is to be read: its columns wait to be matched, and no row of the first is corrected any more."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update(no_key=True))
    if run.state not in (State.MAPPING, State.CHECKED):
        return False
    run.mapping, run.mapped, run.state, run.corrections = mapping, False, State.MAPPING, {}
    run.stamp(by).save()
    return True


@transaction.atomic
def keep_mapping(*, run: ImportRun, mapping: dict, by: User, after: tuple[str, ...]) -> bool:
    """Keep what the columns mean and let the workbook be checked; False where the run is past that."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update(no_key=True))
    if run.state not in after:
        return False
    run.mapping, run.mapped, run.state, run.begun_at, run.told = mapping, True, State.CHECKING, timezone.now(), ""
    run.stamp(by).save()
    return True


@transaction.atomic
def keep_check(
    *,
    run: ImportRun,
    counts: dict,
    notices: list[dict],
    rows: Iterable[StagedRow],
    shares: list[list] | None = None,
    told: str = "",
) -> bool:
    """Keep the outcome of a check and the rows for the preview, in place of those of an earlier check.

    False, and nothing is kept, where cells were corrected since the check has begun. A row that stood in the earlier
    check keeps its key: a page that was opened before still finds it.
    """
    read = run.corrections
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update(no_key=True).defer("content"))
    if run.state in (State.LOADED, State.DISCARDED):
        return True
    if run.state == State.CHECKING and run.corrections != read:
        return False
    left = {(sheet, number): pk for pk, sheet, number in run.rows.values_list("pk", "sheet", "number")}
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        for each in some:
            left.pop((each.sheet, each.number), None)
        StagedRow.objects.bulk_create(
            some, update_conflicts=True, unique_fields=["run", "sheet", "number"], update_fields=FOUND
        )
    gone = iter(left.values())
    while keys := list(islice(gone, AT_ONCE)):
        StagedRow.objects.filter(pk__in=keys).delete()
    run.counts, run.notices, run.state, run.told = counts, notices, State.CHECKED, told
    run.shares = shares or []
    run.save(update_fields=["counts", "notices", "state", "told", "shares"])
    return True


def keep_failure(*, run: ImportRun, state: str, told: str) -> None:
    """Keep that a check or load failed, with the reason in words."""
    ImportRun.objects.filter(pk=run.pk, state__in=[State.CHECKING, State.LOADING]).update(state=state, told=told[:300])


def remember(*, rows: list[ImportedRow]) -> None:
    """Which records the rows of a workbook became; part of its load, which writes the audit row."""
    ImportedRow.objects.bulk_create(rows)


@transaction.atomic
def keep_load(
    *,
    run: ImportRun,
    counts: dict,
    known_again: list[tuple],
    by: User,
    shares: list[list] | None = None,
) -> None:
    """Keep the outcome of a load: the uploaded file is deleted, rows not loaded stay for download.

    `known_again`: sheet, key and digest of rows that were loaded before and say something else now.
    """
    for sheet, key, digest in known_again:
        ImportedRow.objects.filter(sheet=sheet, key=key).update(digest=digest)
    run.content, run.corrections, run.notices, run.state, run.counts = None, {}, [], State.LOADED, counts
    run.mapping = {}
    run.shares = shares or []
    run.stamp(by).save()
    StagedRow.objects.filter(run=run).exclude(state="error").delete()
    totals = {name: sum(count[name] for count in counts.values()) for name in ("create", "update", "same", "errors")}
    audit.record(by=by, verb="importrun.loaded", target=run, after={"file": run.file_name, **totals})


@transaction.atomic
def discard(*, run: ImportRun, by: User) -> ImportRun:
    """Throw away what was uploaded, or what was left behind by a load."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update(no_key=True))
    StagedRow.objects.filter(run=run).delete()
    if run.state in (State.LOADED, State.DISCARDED):
        return run
    run.content, run.corrections, run.notices, run.shares, run.state = None, {}, [], [], State.DISCARDED
    run.mapping = {}
    run.stamp(by).save()
    audit.record(by=by, verb="importrun.discarded", target=run, after={"file": run.file_name})
    return run


@transaction.atomic
def discard_all(*, of: User, by: User) -> None:
    """Throw away whatever a user has uploaded: what was not loaded, and the rows that a load has left behind."""
    for run in ImportRun.objects.filter(created_by=of).exclude(state=State.DISCARDED).defer("content"):
        discard(run=run, by=by)
