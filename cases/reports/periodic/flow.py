"""Who came home, presented, came, went: the indicators of the caseload."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from cases.lib.optional import require
from cases.lib.period import Period
from cases.models import Placement, Returnee
from cases.reports.periodic.indicators import Countable, Indicator, Source, Theme, once_a_record
from cases.reports.periodic.report_line import ReportLine, of_people
from cases.reports.periodic.report_scope import ReportScope
from cases.reports.words import Words

MOVE_WORDS = {reason.value: reason.label for reason in Placement.Reason}
ONE_DAY = timedelta(days=1)


def completions(where: ReportScope, period: Period) -> list[ReportLine]:
    return _dated("completed_on", where, period)


def presentations(where: ReportScope, period: Period) -> list[ReportLine]:
    return _dated("presented_on", where, period)


def closures(where: ReportScope, period: Period) -> list[ReportLine]:
    return _dated("closed_on", where, period, presented_on__isnull=False)


def _dated(day: str, where: ReportScope, period: Period, **which: bool) -> list[ReportLine]:
    people = Returnee.objects.kept().filter(**{f"{day}__range": (period.start, period.end)}, **which)
    return of_people(people, where, first=F(day), last=F(day), day=day)


def not_presented(where: ReportScope, period: Period) -> list[ReportLine]:
    people = Returnee.objects.kept().not_presented(period.end)
    return of_people(people, where, first=period.end, last=period.end, day="completed_on")


def managed_start(where: ReportScope, period: Period) -> list[ReportLine]:
    return _managed(where, period.start - ONE_DAY)


def managed_end(where: ReportScope, period: Period) -> list[ReportLine]:
    return _managed(where, period.end)


def _managed(where: ReportScope, on: date) -> list[ReportLine]:
    return of_people(Returnee.objects.kept().managed(on), where, first=on, last=on, day="presented_on")


def managed_during(where: ReportScope, period: Period) -> list[ReportLine]:
    """Open on a day of the period, at every unit that held the person on such a day."""
    rows = Returnee.objects.kept().filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=Greatest("presented_on", "placements__since", Value(period.start))),
        Q(placements__until__isnull=True) | Q(placements__until__gte=Greatest("presented_on", Value(period.start))),
        presented_on__lte=period.end,
        placements__since__lte=period.end,
        placements__unit__in=where.inside,
    )
    lines = rows.order_by().values_list("placements__unit", "pk", "pk", "presented_on")
    return [ReportLine(unit, pk, person, require(day)) for unit, pk, person, day in lines]


def arrivals(where: ReportScope, period: Period) -> list[ReportLine]:
    return [
        ReportLine(new, move, person, day, mark=how, other=old)
        for new, move, person, day, old, how in _moves(where, period)
    ]


def departures(where: ReportScope, period: Period) -> list[ReportLine]:
    return [
        ReportLine(old, move, person, day, mark=how, other=new)
        for new, move, person, day, old, how in _moves(where, period)
    ]


def _moves(where: ReportScope, period: Period) -> QuerySet[Placement, tuple]:
    """Placements begun in the period that took over a file open the day before, with the unit it came from and how.

    A unit that was only renamed counts as one (see `ReportScope`): its people came from nowhere else.
    """
    before = Placement.objects.filter(returnee=OuterRef("returnee"), since__lt=OuterRef("since")).order_by("-since")
    known = Placement.objects.filter(unit__in=where.inside).order_by().values("returnee")
    moves = (
        Placement.objects.filter(
            Q(returnee__closed_on__isnull=True) | Q(returnee__closed_on__gte=F("since")),
            returnee__in=known,
            since__range=(period.start, period.end),
            returnee__withdrawn_at__isnull=True,
            returnee__presented_on__lt=F("since"),
        )
        .annotate(before=Subquery(before.values("unit")[:1]))
        .filter(before__isnull=False)
    )
    moves = moves.filter(Q(unit__in=where.inside) | Q(before__in=where.inside))
    return moves.order_by().values_list("unit", "pk", "returnee", "since", "before", "reason")


def _people(key: str, title: Words, theme: Theme, rule: Words, source: Source, **changes: Any) -> Indicator:
    return Indicator(key, title, Countable.PEOPLE, theme, rule, source, **changes)


INDICATORS = (
    _people(
        "completed",
        _("Completed the prison sentence"),
        Theme.RETURN,
        _("People whose prison sentence was completed on a day of the period."),
        completions,
    ),
    _people(
        "presented",
        _("Presented"),
        Theme.RETURN,
        _("People who presented at the commune on a day of the period."),
        presentations,
    ),
    _people(
        "not_presented",
        _("Not yet presented"),
        Theme.RETURN,
        _(
            "People who completed the sentence by the last day of the period, had not presented by then and whose "
            "file was not closed."
        ),
        not_presented,
    ),
    _people(
        "managed_start",
        _("Managed at the start"),
        Theme.MANAGED,
        _(
            "People whose file was open at the end of the day before the period. A file is open from the day of "
            "presenting until the day before it is closed or handed over."
        ),
        managed_start,
    ),
    _people(
        "received",
        _("Received in the period"),
        Theme.MANAGED,
        _("People who presented on a day of the period, so that their file was opened."),
        presentations,
    ),
    _people(
        "transferred_in",
        _("Moved in"),
        Theme.MANAGED,
        _(
            "Open files taken over in the period from a unit outside this one, by handover or because units were "
            "reorganised; a new name alone is no move. Each move counts."
        ),
        arrivals,
        once=once_a_record,
    ),
    _people(
        "transferred_out",
        _("Moved out"),
        Theme.MANAGED,
        _(
            "Open files given in the period to a unit outside this one, by handover or because units were "
            "reorganised; a new name alone is no move. Each move counts."
        ),
        departures,
        once=once_a_record,
    ),
    _people(
        "closed",
        _("Management ended"),
        Theme.MANAGED,
        _(
            "People who had presented and whose file was closed on a day of the period, for any reason but a handover. "
            "On the closing day the file is no longer open."
        ),
        closures,
    ),
    _people(
        "managed_end",
        _("Managed at the end"),
        Theme.MANAGED,
        _(
            "People whose file was open at the end of the last day. It always equals managed at the start + received "
            "+ moved in − ended − moved out."
        ),
        managed_end,
    ),
    _people(
        "managed_during",
        _("Managed in the period"),
        Theme.MANAGED,
        _("People whose file was open on at least one day of the period; each person counts once."),
        managed_during,
    ),
)
