"""Figures to be sent, and what differs between two versions of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from cases.lib.period import Period
from cases.models import ReportVersion, Submission, Unit, User
from cases.reports import docx, paper, reintegration, report_letter
from cases.reports.comparison import Typed, compare
from cases.reports.found import Found
from cases.reports.indicators import Indicator
from cases.reports.registry import INDICATORS
from cases.reports.report_letter import cells
from cases.reports.where import Lens, where_of


@dataclass(frozen=True)
class Draft:
    """The figures of a commune as they stand now, in the form in which they are kept."""

    values: dict
    previous: dict
    lines: dict[str, list]


@dataclass(frozen=True)
class Change:
    """A figure that differs between two versions, with the lines that came and went."""

    indicator: Indicator
    before: object
    now: object
    came: int
    went: int


def draft(unit: Unit, period: Period, on: date) -> Draft:
    """Count every indicator of a commune by the units of the time, and the period before; the lines behind each.

    A running period is cut at `on`.
    """
    period = Period(period.start, max(period.start, min(period.end, on)))
    where = where_of(unit, Lens.AS_WAS, period, on)
    table = reintegration.build(where, period)
    before = period.previous()
    previous = reintegration.build(where_of(unit, Lens.AS_WAS, before, on), before)
    return Draft(
        values=table.as_json()["totals"],
        previous=previous.as_json()["totals"],
        lines={
            indicator.key: [_kept(line) for line in reintegration.lines_behind(indicator, where, period)]
            for indicator in INDICATORS
        },
    )


def letter(unit: Unit, period: Period, draft: Draft, on: date) -> bytes:
    """The official report of these figures as a Word document, with what was written on it so far; the same again gives
    the same bytes.
    """
    document = report_letter.stored(unit, period, Lens.AS_WAS, on)
    typed = {each.indicator: Typed(each.value, each.reason, each.created_by.full_name) for each in cells(document)}
    counted = Period(period.start, max(period.start, min(period.end, on)))
    before = counted.previous()
    with translation.override("vi"):
        now = reintegration.table_of(unit, counted, Lens.AS_WAS, draft.values)
        stood = unit.valid_from <= before.start
        earlier = reintegration.table_of(unit, before, Lens.AS_WAS, draft.previous) if stood else None
        comparison = compare(now, earlier, typed)
    return docx.write(paper.paper(comparison, unit, period, report_letter.letter(document)))


def _kept(line: Found) -> list:
    return [line.unit, line.record, line.person, line.day.isoformat()]


def lines_of(version: ReportVersion, key: str) -> list[Found]:
    """The frozen lines behind a figure."""
    return [
        Found(unit, record, person, date.fromisoformat(day)) for unit, record, person, day in version.lines.get(key, [])
    ]


def changes(before: ReportVersion, now: ReportVersion | Draft) -> list[Change]:
    """Every figure whose value or whose lines differ."""
    values = now.values if isinstance(now, Draft) else now.figures
    found = []
    for indicator in INDICATORS:
        key = indicator.key
        old, new = _as_set(before.lines.get(key)), _as_set(now.lines.get(key))
        if before.figures.get(key) != values.get(key) or old != new:
            found.append(Change(indicator, before.figures.get(key), values.get(key), len(new - old), len(old - new)))
    return found


def _as_set(lines: Iterable[list] | None) -> set[tuple]:
    return {tuple(line) for line in lines or ()}


@dataclass(frozen=True)
class Standing:
    """One commune in a campaign: how far it is, late or not."""

    submission: Submission
    is_late: bool
    was_late: bool


def standings(submissions: Iterable[Submission], on: date) -> list[Standing]:
    """What waits for the reviewer first, then what is late, then the rest; `first_sent` must be annotated."""
    rows = []
    for submission in submissions:
        due = submission.campaign.due_on
        missing = submission.state in (Submission.State.DRAFT, Submission.State.RETURNED)
        sent = submission.first_sent
        rows.append(
            Standing(
                submission,
                is_late=missing and on > due,
                was_late=bool(sent) and sent.date() > due,
            )
        )
    order = {Submission.State.SUBMITTED: 0, Submission.State.RETURNED: 2, Submission.State.DRAFT: 3}
    return sorted(
        rows,
        key=lambda each: (
            order.get(each.submission.state, 4) if not each.is_late else 1,
            each.submission.unit.name,
        ),
    )


def waiting_for(user: User) -> int:
    """How many reports wait for this user's step: to be looked through, or to be sent."""
    rows = Submission.objects.visible_to(user)
    if user.unit.is_commune:
        return rows.filter(state__in=(Submission.State.DRAFT, Submission.State.RETURNED)).count()
    return rows.filter(state=Submission.State.SUBMITTED).count()
