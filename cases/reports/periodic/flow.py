"""Who came home, presented, came, went: the indicators of the caseload."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from cases.lib.optional import require
from cases.lib.period import ONE_DAY, Period
from cases.models import Placement
from cases.reports.periodic.held import HeldOnceSource, HeldSource, is_absent, is_managed, is_open
from cases.reports.periodic.indicators import Countable, Indicator, Theme, once_a_record
from cases.reports.periodic.report_line import ReportLine, covers
from cases.reports.periodic.report_records import RecordReading, ReportRecords, Source, within
from cases.reports.words import Words

MOVE_WORDS = {reason.value: reason.label for reason in Placement.Reason}


def _dated(day: str) -> HeldOnceSource:
    """People with such a day in the period, at the unit that held them on it."""
    on = f"returnee__{day}"
    return HeldOnceSource(lambda period: Q(**{f"{on}__range": (period.start, period.end)}) & covers(F(on), F(on)), day)


def _closed_after_presenting(period: Period) -> Q:
    return _dated("closed_on").which(period) & Q(returnee__presented_on__isnull=False)


def _absent(period: Period) -> Q:
    return is_open(period.end) & is_absent(period.end) & Q(returnee__completed_on__lte=period.end)


def _managed_in(period: Period) -> Q:
    """Open on a day of the period, at every unit that held the person on such a day."""
    first, presented_on = Value(period.start), "returnee__presented_on"
    opened = Greatest(presented_on, "since", first)
    still_open = Q(returnee__closed_on__isnull=True) | Q(returnee__closed_on__gt=opened)
    still_here = Q(until__isnull=True) | Q(until__gte=Greatest(presented_on, first))
    return still_open & still_here & Q(since__lte=period.end, returnee__presented_on__lte=period.end)


completions = _dated("completed_on")
presentations = _dated("presented_on")
closures = HeldOnceSource(_closed_after_presenting, "closed_on")
not_presented = HeldOnceSource(_absent, "completed_on")
managed_start = HeldOnceSource(lambda period: is_managed(period.start - ONE_DAY), "presented_on")
managed_end = HeldOnceSource(lambda period: is_managed(period.end), "presented_on")
managed_during = HeldSource(_managed_in, "presented_on")


def arrivals(records: ReportRecords, period: Period) -> list[ReportLine]:
    """Who came into a unit within the period, both days included; a line for each move."""
    return within(records.once(MOVES), period)


def departures(records: ReportRecords, period: Period) -> list[ReportLine]:
    """The same moves as seen by the unit that was left."""
    lines = within(records.once(MOVES), period)
    return [line._replace(unit=require(line.other), other=line.unit) for line in lines]


def _taken_over(records: ReportRecords) -> QuerySet:
    """Placements begun in a period that took over a file open the day before, with the unit it came from and how.

    A unit that was only renamed counts as one (see `ReportScope`): its people came from nowhere else.
    """
    inside, span = records.where.among, records.span
    before = Placement.objects.filter(returnee=OuterRef("returnee"), since__lt=OuterRef("since")).order_by("-since")
    known = Placement.objects.filter(unit__in=inside).order_by().values("returnee")
    moves = (
        Placement.objects.filter(
            Q(returnee__closed_on__isnull=True) | Q(returnee__closed_on__gte=F("since")),
            returnee__in=known,
            since__range=(span.start, span.end),
            returnee__withdrawn_at__isnull=True,
            returnee__presented_on__lt=F("since"),
            **records.where.people.condition("returnee"),
        )
        .annotate(before=Subquery(before.values("unit")[:1]))
        .filter(before__isnull=False)
    )
    moves = moves.filter(Q(unit__in=inside) | Q(before__in=inside))
    return moves.order_by().values_list("unit", "pk", "returnee", "since", "reason", "before")


def _moves(records: ReportRecords, rows: QuerySet) -> list[ReportLine]:
    return [ReportLine(new, move, person, day, mark=how, other=old) for new, move, person, day, how, old in rows]


MOVES = RecordReading(_taken_over, _moves)


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
