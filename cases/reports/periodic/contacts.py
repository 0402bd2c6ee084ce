"""Meetings, counselling and help: one for each person met and event, and the group meetings."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from cases.lib.period import Period
from cases.models import KINDS, Activity, ActivityEntry, GroupMeeting
from cases.reports.periodic.indicators import Countable, Indicator, Theme, once_a_record, pick_marked
from cases.reports.periodic.report_line import ReportLine, events
from cases.reports.periodic.report_records import (
    CountedSource,
    Counts,
    RecordReading,
    ReportRecords,
    slices,
    span_of,
    within,
)
from cases.reports.periodic.report_scope import DIRECT, ReportScope
from cases.reports.words import Words

Kind, Detail = Activity.Kind, Activity.Detail
_UNIT, _MARK = "returnee__placements__unit", ("kept_kind", "kept_detail")
PAPERS = {detail: f"{Kind.PAPERWORK}:{detail}" for detail in Detail}
KIND_WORDS = {
    **{kind.value: kind.label for kind in Kind},
    **{mark: detail.label for detail, mark in PAPERS.items()},
}


class Contacts(CountedSource):
    """The source of the activities in which the person or the family was met; `mark` is the kind, of paperwork the
    paper. The database counts them: nobody is held by two units on one day, so that each stands once among the lines.
    """

    def __call__(self, records: ReportRecords, period: Period) -> list[ReportLine]:
        rows = _met(records.where, period).values_list(_UNIT, "pk", "returnee", "kept_on", *_MARK)
        return [ReportLine(unit, pk, person, day, mark_of(*kind)) for unit, pk, person, day, *kind in rows]

    def counts(self, records: ReportRecords, period: Period) -> Counts:
        return records.once(COUNTS)[period]


contacts = Contacts()


def mark_of(kind: str, detail: str) -> str:
    """The mark of an activity: its kind, and of paperwork the paper."""
    return f"{kind}:{detail}" if kind == Kind.PAPERWORK else kind


def _met(where: ReportScope, period: Period) -> QuerySet[ActivityEntry]:
    return events(ActivityEntry.objects.met(), where, period, day="kept_on").order_by()


def _asked(records: ReportRecords) -> tuple[list[Period], list[date], tuple[str, ...]]:
    """The periods of the page, the days that part them, and what contacts are counted by besides."""
    asked = [*records.periods, *records.charted]
    return asked, slices(asked), _MARK if contacts in records.sources else ()


def _sums(records: ReportRecords) -> QuerySet:
    asked, days, keys = _asked(records)
    rows = _met(records.where, span_of(asked)).annotate(slice=_slice(days, 0, len(days)))
    places = {"place": records.where.summed_by(_UNIT)} if keys else {}
    return rows.annotate(**places).values("slice", *places, *keys).annotate(count=Count("returnee"))


def _counts(records: ReportRecords, rows: QuerySet) -> dict[Period, Counts]:
    """Of each period of the page, and by day slice alone of those charted."""
    asked, days, keys = _asked(records)
    found: dict[Period, Counts] = {period: defaultdict(Counter) for period in asked}
    touched = [[found[each] for each in found if each.contains(day)] for day in days]
    for row in rows:
        mark = mark_of(*(row[name] for name in _MARK)) if keys else ""
        for counts in touched[row["slice"]]:
            counts[row.get("place", DIRECT)][mark] += row["count"]
    return found


def _slice(days: list[date], first: int, last: int) -> Case | Value:
    """The number of the last of these days, between two places of the list, up to which an activity is not over."""
    if last - first <= 1:
        return Value(first)
    middle = (first + last) // 2
    return Case(When(kept_on__lt=days[middle], then=_slice(days, first, middle)), default=_slice(days, middle, last))


def meetings(records: ReportRecords, period: Period) -> list[ReportLine]:
    """Group meetings by the unit that held them."""
    lines = {line.record: line for line, _came in records.once(MEETINGS)}
    return within(lines.values(), period)


def attendances(records: ReportRecords, period: Period) -> list[ReportLine]:
    """Who came to those meetings, at the unit that held them."""
    return within((came for _line, came in records.once(MEETINGS) if came), period)


COUNTS = RecordReading(_sums, _counts)


def _held(records: ReportRecords) -> QuerySet:
    """Every meeting held in a period, once for each person invited; a meeting is whole in the first part of people."""
    span, invited = records.span, "attendances"
    rows = GroupMeeting.objects.held().filter(on__range=(span.start, span.end), unit__in=records.where.among)
    rows = rows if records.where.people.is_first else rows.none()
    return rows.order_by().values_list(
        "unit",
        "pk",
        "on",
        f"{invited}__pk",
        f"{invited}__returnee",
        f"{invited}__present",
        f"{invited}__returnee__withdrawn_at",
    )


def _meetings(records: ReportRecords, rows: QuerySet) -> list[tuple[ReportLine, ReportLine | None]]:
    """Each with the line of who came."""
    return [
        (
            ReportLine(unit, meeting, None, day),
            ReportLine(unit, record, person, day) if present and withdrawn_at is None else None,
        )
        for unit, meeting, day, record, person, present, withdrawn_at in rows
    ]


MEETINGS = RecordReading(_held, _meetings)


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
        is_part=True,
    ),
    _contact(
        "paperwork_insurance",
        _("of which health insurance"),
        _("Help with paperwork that was about health insurance."),
        PAPERS[Detail.INSURANCE],
        is_part=True,
    ),
)

ALL_CONTACTS = _contact(
    "contacts",
    _("All contacts"),
    _(
        "All kinds of activity together: one for each person and event where the person or the family was met. "
        "Group meetings are not among them."
    ),
    *(kind.value for kind in Kind),
    *PAPERS.values(),
)
