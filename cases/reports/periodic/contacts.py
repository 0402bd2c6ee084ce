"""Meetings, counselling and help: one for each person met and event, and the group meetings."""

from typing import Any

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from cases.lib.period import Period
from cases.models import KINDS, Activity, ActivityEntry, Attendance, GroupMeeting
from cases.reports.periodic.indicators import Countable, Indicator, Theme, once_a_record, pick_marked
from cases.reports.periodic.report_line import ReportLine, of_events
from cases.reports.periodic.report_scope import ReportScope
from cases.reports.words import Words

Kind, Detail = Activity.Kind, Activity.Detail
PAPERS = {detail: f"{Kind.PAPERWORK}:{detail}" for detail in Detail}
KIND_WORDS = {
    **{kind.value: kind.label for kind in Kind},
    **{mark: detail.label for detail, mark in PAPERS.items()},
}


def contacts(where: ReportScope, period: Period) -> list[ReportLine]:
    """Activities in which the person or the family was met; `mark` is the kind, of paperwork the paper."""
    paper = Concat(Value(f"{Kind.PAPERWORK}:"), "activity__detail", output_field=CharField())
    kind = Case(When(activity__kind=Kind.PAPERWORK, then=paper), default=F("activity__kind"), output_field=CharField())
    return of_events(ActivityEntry.objects.met(), where, period, day="activity__on", mark=kind)


def meetings(where: ReportScope, period: Period) -> list[ReportLine]:
    """Group meetings by the unit that held them."""
    rows = GroupMeeting.objects.held().filter(on__range=(period.start, period.end), unit__in=where.inside)
    return [
        ReportLine(unit, record, None, day) for unit, record, day in rows.order_by().values_list("unit", "pk", "on")
    ]


def attendances(where: ReportScope, period: Period) -> list[ReportLine]:
    """Who came to those meetings, at the unit that held them."""
    rows = Attendance.objects.present().filter(
        meeting__attendance_taken_at__isnull=False,
        meeting__on__range=(period.start, period.end),
        meeting__unit__in=where.inside,
        returnee__withdrawn_at__isnull=True,
    )
    lines = rows.order_by().values_list("meeting__unit", "pk", "returnee", "meeting__on")
    return [ReportLine(*line) for line in lines]


def marks_of(indicator: str) -> list[str]:
    """Return the marks of the kinds that the indicator counts; for paperwork, a mark is the paper."""
    kinds = [kind for kind, row in KINDS.items() if row.indicator == indicator]
    return [*(kind.value for kind in kinds), *(PAPERS.values() if Kind.PAPERWORK in kinds else ())]


def _contact(key: str, title: Words, rule: Words, *marks: str, **changes: Any) -> Indicator:
    """An indicator of the kinds that name it in their row, or of `marks` alone."""
    picked = pick_marked(*(marks or marks_of(key)))
    changes = {"source": contacts, "pick": picked, "counts": Countable.CONTACTS, **changes}
    return Indicator(key, title, theme=Theme.CONTACT, rule=rule, once=once_a_record, **changes)


INDICATORS = (
    _contact(
        "encouragement",
        _("Meeting and encouragement"),
        _(
            "One for each person and each event of this kind in the period, where the person or the family was met. "
            "Nobody at home does not count."
        ),
        told="gặp gỡ, động viên",
    ),
    _contact(
        "review",
        _("Review and education"),
        _("One for each person and each event of this kind in the period, where the person or the family was met."),
        told="kiểm điểm, giáo dục",
    ),
    _contact(
        "group_meetings",
        _("Group meetings"),
        _("Group meetings the unit held in the period, with attendance taken."),
        counts=Countable.MEETINGS,
        source=meetings,
        pick=list,
    ),
    _contact(
        "group_attendance",
        _("Attendance at group meetings"),
        _("One for each person present at each of those group meetings."),
        source=attendances,
        pick=list,
    ),
    _contact(
        "counselling",
        _("Psychological and career counselling"),
        _(
            "One for each person and each psychological or career counselling in the period, where the person or the "
            "family was met."
        ),
        told="tư vấn tâm lý, hướng nghiệp",
    ),
    _contact(
        "legal_aid",
        _("Legal aid"),
        _("One for each person and each event of this kind in the period, where the person or the family was met."),
        told="trợ giúp pháp lý",
    ),
    _contact(
        "paperwork",
        _("Help with paperwork"),
        _("One for each person and each help with a paper of any kind, where the person or the family was met."),
    ),
    _contact(
        "paperwork_identity",
        _("of which identity card"),
        _("Help with paperwork that was about the identity card."),
        PAPERS[Detail.IDENTITY],
    ),
    _contact(
        "paperwork_insurance",
        _("of which health insurance"),
        _("Help with paperwork that was about health insurance."),
        PAPERS[Detail.INSURANCE],
    ),
)

ALL_CONTACTS = _contact(
    "contacts",
    _("All contacts"),
    _(
        "Meetings, reviews, counselling, legal aid and help with paperwork: one for each person and event where the "
        "person or the family was met. Group meetings are not among them."
    ),
    *(kind.value for kind in Kind),
    *PAPERS.values(),
)
