"""Figures of large units, counted by the worker: those somebody asks for, and by night those usually asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.importing.register import Tell
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import KeptFigures, QueuedJob, Unit
from cases.reports import figures
from cases.reports.dashboard.cohorts import years_looked_back
from cases.reports.figures import AskedFigures
from cases.reports.periodic.report_scope import Lens

USUAL_KINDS = (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF)
Page = KeptFigures.Page


def count(job: QueuedJob, tell: Tell) -> str:
    """Count the figures of one page, unless they were counted since the job was asked for."""
    on = timezone.localdate()
    asked = AskedFigures.from_json(job.arguments, on)
    known = _kept_today(asked, on)
    if known and (known.counted_at >= job.made_at or not job.arguments.get("again")):
        return ""
    count_and_keep(asked, on, tell)
    return ""


def count_usual(job: QueuedJob, tell: Tell) -> str:
    """Count what large units are usually asked for; what was counted today, by an attempt cut off too, stays."""
    on, counted = timezone.localdate(), 0
    wanted = list(usual_figures(on))
    for number, asked in enumerate(wanted):
        tell(number, len(wanted))
        if not _kept_today(asked, on):
            count_and_keep(asked, on, lambda done, of: None)
            counted += 1
    return _("%(counted)d of %(all)d pages of figures counted.") % {"counted": counted, "all": len(wanted)}


def usual_figures(on: date) -> Iterator[AskedFigures]:
    """The overview, reoffending, and the reports of the state's periods under way and of those before, by unit.

    The pages opened first come first, of every unit.
    """
    units = [each for each in Unit.objects.on(on).exclude(kind=Unit.Kind.COMMUNE) if figures.is_large(each)]
    today = Period(on, on)
    released = Period(date(years_looked_back(on).start, 1, 1), on)
    for unit in units:
        yield AskedFigures(Page.OVERVIEW, unit, Lens.AS_WAS, today, on)
        yield AskedFigures(Page.REOFFENDING, unit, Lens.AS_IS, released, on)
    for lens in Lens:
        for kind in USUAL_KINDS:
            running = period_of(Profile.STATE, kind, on)
            for named in (running, running.previous()):
                for unit in units:
                    yield AskedFigures(Page.REPORT, unit, lens, named, min(named.end, on))


def count_and_keep(asked: AskedFigures, on: date, tell: Tell) -> None:
    """Count the figures as they stand at one moment, and keep them with it."""
    with one_moment():
        on_ground, at = actions.kept_figures.ground(), timezone.now()
        found = asked.count(on, tell)
    actions.kept_figures.keep(
        unit=asked.unit,
        page=asked.page,
        lens=asked.lens,
        named=asked.named,
        upto=asked.upto,
        figures=found,
        on_ground=on_ground,
        at=at,
        on=on,
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within sees the database as it stood at the first look."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _kept_today(asked: AskedFigures, on: date) -> KeptFigures | None:
    rows = KeptFigures.objects.standing().of_period(asked.named)
    rows = rows.filter(unit=asked.unit, page=asked.page, lens=asked.lens, upto=asked.upto, counted_on=on)
    return rows.defer("figures").first()
