"""Whose record can be cleared now or soon, and whose evidence waits for the chief; from the verdicts kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from cases.access.permissions import Permission
from cases.lib.numbers import CappedCount
from cases.models import CourtApplication, Expungement, Returnee, User, Verdict
from cases.models.expungement import ExpungementQuerySet
from cases.models.verdict import VerdictQuerySet
from cases.reports.counting import count_each_up_to

SOON, LATER = 30, 90
# A clock that was running when the verdict was kept may have run out since; its day holds.
TICKING = (Verdict.Status.RUNNING, Verdict.Status.ELIGIBLE, Verdict.Status.MAY_APPLY)
DAYS = {"due": (None, 0), "soon": (1, SOON), "later": (SOON + 1, LATER)}  # lists by the day, so many days from today
LISTS = (*DAYS, "court", "confirm")


@dataclass(frozen=True)
class ClearanceCounts:
    due: CappedCount
    soon: CappedCount
    later: CappedCount
    court: CappedCount
    confirm: CappedCount


def running_verdicts(user: User, on: date, **known: Any) -> VerdictQuerySet:
    """The newest verdicts of open files whose day is known and nothing stands in the way of.

    Left out is whose evidence is on file, and who waits for the answer of the court that alone decides. `known` narrows
    the people. It goes from the people to their newest verdict by its key: the days of the country are not read.
    """
    people = Returnee.objects.visible_to(user).kept().open(on).filter(**known).order_by()
    found = without_hindrance(Verdict.objects.filter(pk__in=people.values("facts__verdict")))
    found = found.none() if user.is_helper else found
    return found.select_related("returnee__unit").order_by("due_on", "returnee__sort_key")


def without_hindrance(verdicts: VerdictQuerySet) -> VerdictQuerySet:
    """Those whose day is known, of whoever has no evidence on file and waits for no court that alone decides."""
    evidence = Expungement.objects.kept().filter(returnee=OuterRef("returnee"))
    asked = CourtApplication.objects.pending().filter(returnee=OuterRef("returnee"))
    found = verdicts.filter(~Exists(evidence), status__in=TICKING, due_on__isnull=False)
    return found.exclude(Exists(asked), answer__route="court")


def unconfirmed_evidence(user: User) -> ExpungementQuerySet:
    """Evidence that no chief has confirmed yet, the oldest first."""
    rows = Expungement.objects.visible_to(user).pending().filter(returnee__withdrawn_at__isnull=True)
    return rows.select_related("returnee__unit", "created_by").order_by("evidence_on", "pk")


def at_court(user: User) -> QuerySet[CourtApplication]:
    """Applications the court has not answered, the oldest first."""
    rows = CourtApplication.objects.visible_to(user).pending().filter(returnee__withdrawn_at__isnull=True)
    return rows.filter(returnee__closed_on__isnull=True).select_related("returnee__unit").order_by("filed_on", "pk")


def to_confirm(user: User) -> ExpungementQuerySet:
    """Evidence that waits for this user's own confirmation, the oldest first."""
    if not user.may(Permission.EXPUNGEMENT_CONFIRM):
        return Expungement.objects.none()
    return unconfirmed_evidence(user).confirmable_by(user)


def of_registers(user: User) -> QuerySet[Expungement]:
    """What old registers say and this user may confirm with a paper, by name; with what the clock said last."""
    rows = to_confirm(user).of_registers()
    return rows.select_related("returnee__unit", "returnee__facts__verdict").order_by("returnee__sort_key", "pk")


def confirmable(user: User) -> QuerySet[Expungement, int]:
    """The ids of that evidence."""
    return to_confirm(user).values_list("pk", flat=True)


def list_files(name: str, user: User, on: date) -> QuerySet:
    """One of LISTS: due by `on`, due within 30 days, within 90, waiting for the court, or evidence to confirm."""
    if name == "confirm":
        return unconfirmed_evidence(user)
    if name == "court":
        return at_court(user)
    return running_verdicts(user, on).filter(_days_of(name, on))


def _days_of(name: str, on: date) -> Q:
    """The days of one of DAYS."""
    since, until = DAYS[name]
    found = Q(due_on__lte=on + timedelta(days=until))
    return found if since is None else found & Q(due_on__gte=on + timedelta(days=since))


def counts(user: User, on: date, beside: Sequence[QuerySet] = ()) -> ClearanceCounts:
    """How many stand in each list; one query, that reads the rows of `beside` too.

    Verdicts with a day are gone through once for all lists of theirs.
    """
    dated = running_verdicts(user, on).select_related(None).order_by().filter(due_on__lte=on + timedelta(days=LATER))
    of_days = {name: Count("pk", filter=_days_of(name, on)) for name in DAYS}
    counted = dated.values(whole=Value(1)).annotate(**of_days).values_list(*DAYS)
    others = count_each_up_to(*(list_files(name, user, on) for name in ("court", "confirm")), beside=(counted, *beside))
    return ClearanceCounts(*map(CappedCount, next(iter(counted), (0, 0, 0))), *others)


def due_soon(user: User, on: date, known: dict) -> QuerySet[Verdict, Any]:
    """For the work lists: verdicts whose day is past or within 90 days; `known` narrows the people; see due_days."""
    of_people = {name.replace("returnee", "pk"): getattr(value, "pk", value) for name, value in known.items()}
    rows = running_verdicts(user, on, **of_people).filter(due_on__lte=on + timedelta(days=LATER))
    return rows.select_related(None).order_by().values_list("returnee", "due_on", "answer")


def due_days(rows: Iterable[tuple]) -> dict[int, tuple[date, bool]]:
    """The day of each person, and whether a court decides; `rows` of `due_soon`."""
    return {returnee: (due_on, answer["route"] == "court") for returnee, due_on, answer in rows if due_on}
