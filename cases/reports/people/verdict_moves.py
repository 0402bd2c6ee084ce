"""Whose clean-record verdict may differ from the one kept last: all others need not be counted again."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.models import CourtApplication, Crime, Judgment, QueuedJob, Returnee, RuleVersion, Verdict
from cases.models.law_edition import law_edition


def last_done(on: date) -> datetime | None:
    """When the clocks were last told for whom anything had moved, by the law's code as it is now.

    None on the first of a month, and where the code was never asked in this edition: then all are told.
    """
    done = QueuedJob.objects.filter(kind=QueuedJob.Kind.VERDICTS, state=QueuedJob.State.DONE).order_by("begun_at")
    done = done.filter(edition=law_edition())
    return None if on.day == 1 else done.values_list("begun_at", flat=True).last()


def people_moved(since: datetime | None, on: date) -> QuerySet[Returnee]:
    """Everybody whose verdict of `on` may be another than that of `since`; None: whoever is not sealed.

    A verdict follows from facts, rules and the day. Facts: the person, a judgment, a crime or an application to the
    court was written since, or no verdict was kept. Rules: one was entered or came into force since; then all. The day:
    it turns a running period into an ended one, and that on the day kept with the verdict; where a court has cleared
    one judgment of several, that day may lie before, and the file is looked at each time.
    """
    people = Returnee.objects.kept().unsealed()
    if since is None or _have_rules_moved(since, on):
        return people
    begun = timezone.localdate(since)
    running = Verdict.objects.filter(returnee=OuterRef("pk"), status=Verdict.Status.RUNNING)
    cleared = Judgment.objects.kept().filter(returnee=OuterRef("pk"), clearance_decision_on__isnull=False)
    written = [
        Exists(model.objects.filter(returnee=OuterRef("pk"), changed_at__gte=since))
        for model in (Judgment, Crime, CourtApplication)
    ]
    moved = Q(changed_at__gte=since) | ~Exists(Verdict.objects.filter(returnee=OuterRef("pk")))
    for reason in (*written, Exists(running.filter(due_on__range=(begun, on))), Exists(cleared) & Exists(running)):
        moved |= Q(reason)
    return people.filter(moved)


def _have_rules_moved(since: datetime, on: date) -> bool:
    begun = timezone.localdate(since)
    if RuleVersion.objects.filter(changed_at__gte=since).exists():
        return True
    return any(begun <= rules.valid_from <= on for rules in RuleVersion.objects.rule_sets())
