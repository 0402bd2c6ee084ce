"""What held the work up in a period, so far as the records tell: papers an office kept, people nobody met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cases.lib.period import Period
from cases.models import ActivityEntry, PaperworkRequest, Placement, Unit
from cases.models.joint_read import read_jointly

LONG_AT_OFFICE = 30  # days since a paper was handed in
LONG_UNSEEN = 60  # days without anybody met
NAMED = 5  # offices or places that are named, the most first


@dataclass(frozen=True)
class Stuck:
    """How many papers lie at each office, and how many people were unseen in each hamlet or commune, the most first."""

    papers: tuple[tuple[str, int], ...] = ()
    unseen: tuple[tuple[str, int], ...] = ()


NOTHING = Stuck()


def of_unit(unit: Unit, period: Period, beside: Sequence[QuerySet] = ()) -> Stuck:
    """What was stuck on the last day of the period under `unit`; of a commune by hamlet, above by commune.

    One query, in which what stands `beside` is read too. Of the country nothing is told: its causes lie in no single
    hamlets.
    """
    if unit.is_ministry:
        return NOTHING
    papers, unseen = _papers(unit, period), _unseen(unit, period)
    read_jointly(papers, unseen, *beside)
    return Stuck(_most(papers), _most(unseen))


def _papers(unit: Unit, period: Period) -> QuerySet:
    day = period.end
    under = {"returnee__unit__path__startswith": unit.path, "returnee__withdrawn_at__isnull": True}
    waiting = PaperworkRequest.objects.kept().filter(
        Q(issued_on__isnull=True) | Q(issued_on__gt=day),
        Q(handed_over_on__isnull=True) | Q(handed_over_on__gt=day),
        Q(refused_on__isnull=True) | Q(refused_on__gt=day),
        submitted_on__lte=day - timedelta(days=LONG_AT_OFFICE),
        **under,
    )
    rows = waiting.exclude(office="").order_by().values(place=F("office"))
    return rows.annotate(count=Count("pk")).values_list("place", "count")


def _unseen(unit: Unit, period: Period) -> QuerySet:
    """Who was managed on the last day, had presented long before, and neither the person nor the family was met."""
    day, since = period.end, period.end - timedelta(days=LONG_UNSEEN)
    met = ActivityEntry.objects.met().filter(returnee=OuterRef("returnee"), kept_on__gt=since, kept_on__lte=day)
    held = Placement.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        Q(returnee__closed_on__isnull=True) | Q(returnee__closed_on__gt=day),
        ~Exists(met),
        since__lte=day,
        unit__path__startswith=unit.path,
        returnee__withdrawn_at__isnull=True,
        returnee__presented_on__lte=since,
    )
    place = "returnee__hamlet" if unit.is_commune else "unit__name"
    rows = held.order_by().values(place=F(place))
    return rows.annotate(count=Count("returnee", distinct=True)).values_list("place", "count")


def _most(rows: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((place, count) for place, count in rows), key=lambda row: (-row[1], row[0])))
