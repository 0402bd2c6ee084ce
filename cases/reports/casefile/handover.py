"""The handover sheet: what matters, what is due, what works; plain words, kept as they stood at the acceptance."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cases.lib.text import excerpt
from cases.models import (
    ActivityEntry,
    AdditionalPenalty,
    Appointment,
    Assessment,
    HelperGroup,
    JobCheck,
    JobReferral,
    Loan,
    Need,
    PaperworkRequest,
    Returnee,
    TrainingReferral,
)
from cases.reports.work.duties import intervals

AT_MOST, LONGEST = 5, 90  # lines under each heading and letters in a line, so that the sheet stays one page


def sheet(returnee: Returnee, on: date) -> dict:
    """Lists of lines by heading (helpers, matters, due, works), and how many more each has in the file.

    Not a word of the offence: the sheet goes through many hands.
    """
    group = HelperGroup.objects.current().filter(returnee=returnee).select_related("lead").first()
    parts = {
        "helpers": _helpers(group),
        "matters": _matters(returnee, on),
        "due": _due(returnee, on),
        "works": _works(returnee, on),
    }
    found = {name: list(lines) for name, lines in parts.items()}
    return {
        "name": returnee.full_name,
        "born": f"{returnee.born}",
        "file_number": returnee.file_number,
        "hamlet": returnee.hamlet,
        "lead": f"{group.lead.full_name}" if group else "",
        "lead_phone": group.lead.phone if group else "",
        "presented_on": _day(returnee.presented_on) if returnee.presented_on else "",
        **{name: [excerpt(line, LONGEST) for line in lines[:AT_MOST]] for name, lines in found.items()},
        "more": {name: max(len(lines) - AT_MOST, 0) for name, lines in found.items()},
    }


def _helpers(group: HelperGroup | None) -> Iterator[str]:
    if group:
        for member in group.members.current().select_related("organisation"):
            yield _joined(member.name, member.organisation.short, member.position, member.phone)


def _matters(returnee: Returnee, on: date) -> Iterator[str]:
    """Needs still open, the last group, conditions that still hold, a last meeting that went badly, what to note."""
    for need in Need.objects.pending().filter(returnee=returnee):
        yield f"{need.get_pathway_display()}: {need.text} ({need.get_state_display().lower()})"
    last = Assessment.objects.approved().filter(returnee=returnee).first()
    if last:
        yield _("Group %(group)s since %(day)s") % {"group": last.group, "day": _day(last.on)}
    running = AdditionalPenalty.objects.filter(
        judgment__returnee=returnee, judgment__withdrawn_at__isnull=True, done_on__gte=on
    )
    for penalty in running:
        yield _("%(penalty)s until %(day)s") % {"penalty": penalty.get_kind_display(), "day": _day(penalty.done_on)}
    last_met = _met(returnee, on).first()
    if last_met and last_met.attitude == ActivityEntry.Attitude.POOR:
        yield _visit(last_met)
    if returnee.note:
        yield " ".join(returnee.note.split())


def _due(returnee: Returnee, on: date) -> Iterator[str]:
    """Meetings agreed, papers on their way, checks on a job, loans asked for; the group is always the first to do."""
    yield _("Form a 5+1 group at the receiving commune")
    for row in Appointment.objects.pending().filter(returnee=returnee).order_by("on", "pk"):
        yield _("%(day)s: %(kind)s, as agreed") % {"day": _day(row.on), "kind": row.get_kind_display().lower()}
    for row in PaperworkRequest.objects.pending().filter(returnee=returnee):
        said = _("%(paper)s: %(state)s since %(day)s")
        words = {"paper": row.get_kind_display(), "state": row.state_name.lower(), "day": _day(row.last_step_on)}
        yield _joined(said % words, row.office)
    for row in Loan.objects.kept().filter(returnee=returnee, paid_out_on=None, refused_on=None):
        yield _("Loan asked for on %(day)s: %(lender)s") % {"day": _day(row.requested_on), "lender": row.lender}
    for row in JobReferral.objects.waiting().filter(returnee=returnee).select_related("employer"):
        yield _("Answer of %(employer)s outstanding: %(job)s") % {"employer": row.employer.name, "job": row.job}
    last = _met(returnee, on).values_list("kept_on", flat=True).first()
    said = _("Next contact within %(days)d days of the last one, on %(day)s")
    if last or returnee.presented_on:
        yield said % {"days": intervals(on).contact_until, "day": _day(last or returnee.presented_on)}


def _works(returnee: Returnee, on: date) -> Iterator[str]:
    """The job held, the course under way, the family to turn to, the meetings that went well; nothing unfavourable.

    A job at which a check found nobody is held no longer, whether its end was reported or not.
    """
    gone = JobCheck.objects.filter(referral=OuterRef("pk"), on__lte=on, still_working=False)
    held = JobReferral.objects.working(on).filter(~Exists(gone), returnee=returnee)
    for row in held.select_related("employer"):
        said = _("Works since %(day)s: %(job)s, %(employer)s")
        if row.begin_unknown:
            said = _("Works, nobody knows since when: %(job)s, %(employer)s")
        yield said % {"day": row.started_on and _day(row.started_on), "job": row.job, "employer": row.employer.name}
    for row in TrainingReferral.objects.kept().filter(returnee=returnee, ended_on=None):
        yield _("Course: %(course)s, since %(day)s") % {
            "course": row.course,
            "day": _day(row.started_on or row.referred_on),
        }
    if returnee.household_contact:
        family = (returnee.household_contact, returnee.household_relation, returnee.household_phone)
        yield _("Family: %(who)s") % {"who": _joined(*family)}
    met = _met(returnee, on).filter(attitude=ActivityEntry.Attitude.GOOD)
    yield from map(_visit, met[:3])


def _met(returnee: Returnee, on: date) -> QuerySet[ActivityEntry]:
    """Visits at which the person or the family was met, the newest first."""
    met = ActivityEntry.objects.met().filter(returnee=returnee, kept_on__lte=on)
    return met.select_related("activity").order_by("-kept_on", "-pk")


def _visit(entry: ActivityEntry) -> str:
    row = entry.activity
    kind = f"{_day(row.on)}: {row.get_kind_display().lower()}"
    return _joined(kind, entry.get_outcome_display().lower(), entry.get_attitude_display().lower())


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def lines_of(sheet: dict) -> Iterable[tuple[str, list[str], int]]:
    """The parts of a sheet in the order in which they are read: heading, lines, how many more there are."""
    words = {
        "matters": _("What matters"),
        "due": _("What is due"),
        "works": _("What works"),
        "helpers": _("Who has helped so far"),
    }
    return [(title, sheet[name], sheet["more"][name]) for name, title in words.items()]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
