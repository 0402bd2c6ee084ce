"""The group A–D that the records of a period speak for, with the reasons in words; only ever a suggestion."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy

from cases.law import deadlines, grouping
from cases.law.days import ONE_DAY
from cases.law.grouping import Ground, GroupFacts
from cases.lib.dates import add_months
from cases.models import (
    ActivityEntry,
    AdministrativeViolation,
    Appointment,
    Assessment,
    Confinement,
    Crime,
    DeadlineVersion,
    JobReferral,
    Need,
    Returnee,
)

HARDSHIPS = (Need.Pathway.HOUSING, Need.Pathway.INCOME, Need.Pathway.WORK, Need.Pathway.HEALTH)
UNDER_PROCEEDINGS = (Crime.Stage.CHARGED, Crime.Stage.PROSECUTED)

REASONS = {
    Ground.HELD: _lazy("held since %(day)s: %(what)s"),
    Ground.CUSTODY: _lazy("in group D at the last assessment, and not met individually since"),
    Ground.OPEN_CASE: _lazy("a new case is under proceedings; held in custody, the group is D"),
    Ground.VIOLATIONS: ngettext_lazy(
        "%(count)d violation in the period", "%(count)d violations in the period", "count"
    ),
    Ground.MISSED: ngettext_lazy("%(count)d meeting missed", "%(count)d meetings missed", "count"),
    Ground.POOR_ATTITUDE: _lazy("negative attitude at the last contact"),
    Ground.NO_CONTACT: _lazy("not met individually in the period: meet first, then assess"),
    Ground.CONTACTS_KEPT: ngettext_lazy(
        "met %(count)d time in the period", "met %(count)d times in the period", "count"
    ),
    Ground.JOB: _lazy("has a job that is running"),
    Ground.NO_JOB: _lazy("no running job on file"),
    Ground.HARDSHIP: ngettext_lazy(
        "%(count)d need of housing, income, work or health is open",
        "%(count)d needs of housing, income, work or health are open",
        "count",
    ),
}


@dataclass(frozen=True)
class InWords:
    """`group` is a letter, or "" where there is nothing to judge by."""

    group: str
    title: str
    reasons: list[str]
    since: date


def suggest(returnee: Returnee, on: date, proposed: Assessment | None = None) -> InWords:
    """What the records from the day after the last assessment (else one period back) to `on` speak for.

    `proposed` is the one to judge by them.
    """
    rows = Assessment.objects.kept().filter(returnee=returnee, on__lte=on)
    last = rows.exclude(pk=proposed.pk).first() if proposed else rows.first()
    since = last.on + ONE_DAY if last else _one_period_back(returnee, on)
    held = Confinement.objects.on(on).filter(returnee=returnee).last()
    found = grouping.suggest(_facts(returnee, since, on, last, held))
    title = _("Suggested: group %(group)s") % {"group": found.group} if found.group else _("No suggestion")
    told = {"day": f"{held.begun_on:%d/%m/%Y}", "what": held.get_kind_display().lower()} if held else {}
    reasons = [str(REASONS[reason.ground] % {"count": reason.number, **told}) for reason in found.reasons]
    return InWords(found.group or "", title, reasons, since)


def _one_period_back(returnee: Returnee, on: date) -> date:
    months = deadlines.deadline(deadlines.DeadlineKind.ASSESSMENT, on, DeadlineVersion.objects.table()).amount
    return max(returnee.presented_on or returnee.completed_on, add_months(on, -months))


def _facts(returnee: Returnee, since: date, on: date, last: Assessment | None, held: Confinement | None) -> GroupFacts:
    mine, acts = {"returnee": returnee}, {"returnee": returnee, "act_on__range": (since, on)}
    met = ActivityEntry.objects.met().filter(**mine, kept_on__range=(since, on))
    last_met = met.order_by("-kept_on", "-pk").first()
    crimes = Crime.objects.kept().filter(**mine)
    # Whoever was held and is free again is met first: the group of then says nothing any more.
    is_free = not held and Confinement.objects.kept().filter(**mine, ended_on__range=(since, on)).exists()
    return GroupFacts(
        held=held is not None,
        in_custody=bool(last and last.group == Assessment.Group.D and last_met is None and not is_free),
        open_case=crimes.filter(stage__in=UNDER_PROCEEDINGS).exists(),
        violations=AdministrativeViolation.objects.kept().filter(**acts).count()
        + Crime.objects.counted().filter(**acts).count(),
        contacts=met.count(),
        missed=Appointment.objects.kept().filter(**mine, missed_on__range=(since, on)).count(),
        attitude_poor=bool(last_met and last_met.attitude == ActivityEntry.Attitude.POOR),
        has_job=JobReferral.objects.kept().filter(**mine).working(on).exists(),
        open_needs=Need.objects.pending().filter(**mine, pathway__in=HARDSHIPS).count(),
    )
