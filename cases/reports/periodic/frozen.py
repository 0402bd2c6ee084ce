"""Figures to be sent, as they were sent, and what differs between two versions of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.lib.period import Period
from cases.models import ReportDocument, ReportVersion, Submission, Unit, User
from cases.reports import report_sheet
from cases.reports.administration import last_seal
from cases.reports.people import sealed
from cases.reports.periodic import letter_draft, narrative, official_letter, reintegration
from cases.reports.periodic.comparison import ComparedFigure, ReportComparison, TypedFigure, compare
from cases.reports.periodic.indicators import Countable, Indicator
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_scope import Lens, where_of
from cases.reports.table import json_values
from cases.reports.writers import docx, xlsx
from cases.templatetags.words import day_and_hour

NOTES = "notes"  # what stands under the table: where its figures come from
StoredFigures = dict[str, int | float | None]
REST = {
    "head": "Số, nơi, ngày ký văn bản",
    "signature": "Người ký",
    "recipients": "Nơi nhận",
}


@dataclass(frozen=True)
class ReportDraft:
    """The report of a unit as it stands now: figures beside the period before, the lines of each, its letter."""

    document: ReportDocument
    named: Period
    comparison: ReportComparison
    lines: dict[str, list]

    @property
    def values(self) -> StoredFigures:
        """What is reported: figures written by hand stand in the place of the counted ones."""
        return {line.column.key: _reported(line) for line in self.comparison.lines}

    @property
    def previous(self) -> StoredFigures:
        before = self.comparison.before
        return json_values(before.total.values) if before else {}

    @property
    def typed(self) -> dict[str, dict]:
        counted = json_values({line.column.key: line.counted for line in self.comparison.lines if line.typed})
        return {
            line.column.key: {"counted": counted[line.column.key], "reason": line.typed.reason, "by": line.typed.by}
            for line in self.comparison.lines
            if line.typed
        }


@dataclass(frozen=True)
class FigureChange:
    """A figure that differs between two versions, with the lines that came and went."""

    indicator: Indicator
    before: object
    now: object
    came: int
    went: int


def draft(unit: Unit, named: Period, on: date) -> ReportDraft:
    """Count every indicator of a commune by the units of the time, beside the period before, and list its lines.

    A running period is cut at `on`, and so is the one it is compared with.
    """
    counted = Period(named.start, max(named.start, min(named.end, on)))
    where = where_of(unit, Lens.AS_WAS, counted, on)
    document = letter_draft.load_document(unit, named, Lens.AS_WAS, on)
    with translation.override("vi"):
        records = official_letter.records_compared(where, named, counted)
        comparison = official_letter.compare_periods(records, letter_draft.typed_values(document))
    found = reintegration.Search(records, counted)
    return ReportDraft(document, named, comparison, kept_lines(found.lines))


def kept_lines(lines_of: Callable[[Indicator], list[ReportLine]]) -> dict[str, list]:
    """The lines behind every figure, as they are kept."""
    return {indicator.key: [_kept(line) for line in lines_of(indicator)] for indicator in INDICATORS}


def official(
    draft: ReportDraft, replaces: ReportVersion | None = None, on: date | None = None
) -> official_letter.OfficialLetter:
    """The letter of these figures; that of a correction says which one it replaces, and bears its own day, `on`."""
    replaced = timezone.localdate(replaces.made_at) if replaces else None
    letter = letter_draft.letter(draft.document, replaced=replaced, on=on if replaces else None)
    return official_letter.paper(draft.comparison, draft.document.unit, draft.named, letter)


def texts(paper: official_letter.OfficialLetter) -> dict[str, str]:
    """The words of a letter by their place in it: what is compared where figures stay the same."""
    return {
        **{part.key: "\n".join(part.paragraphs) for part in paper.parts},
        "head": f"{paper.number}, {paper.place_and_day}",
        "signature": "\n".join((*paper.signature, paper.signatory)),
        "recipients": "\n".join(paper.recipients),
        **({NOTES: "\n".join(paper.comparison.notes)} if paper.comparison.notes else {}),
    }


def workbook(comparison: ReportComparison, *, by: User, at: datetime) -> bytes:
    """The figures as an Excel workbook, in Vietnamese as the letter is, marked with who sent them and when."""
    out = BytesIO()
    with translation.override("vi"):
        foot = _("Sent by %(who)s, %(unit)s, %(when)s") % {
            "who": by.full_name,
            "unit": by.unit.name,
            "when": day_and_hour(at),
        }
        sheets = sealed.mask_sheets(report_sheet.sheets(comparison), by)
        xlsx.write(out, sheets, foot=last_seal.under(foot), made_at=at)
    return out.getvalue()


def to_send(draft: ReportDraft, *, replaces: ReportVersion | None, by: User, at: datetime) -> dict:
    """All that is kept of a report when it is sent; the same figures and words again give the same letter, byte for
    byte.
    """
    drafted = official(draft)
    letter = official(draft, replaces, timezone.localdate(at)) if replaces else drafted
    return {
        "values": draft.values,
        "previous": draft.previous,
        "typed": draft.typed,
        "lines": draft.lines,
        "texts": texts(drafted),  # of a correction without its own day, or sent again unchanged it would differ
        "letter": docx.write(letter, sealed.hider(by)),
        "workbook": workbook(draft.comparison, by=by, at=at),
    }


def _reported(line: ComparedFigure) -> int | float | None:
    """As JSON keeps it; what is written by hand is stored with decimals, only a percentage has some."""
    if line.now is None:
        return None
    return float(line.now) if line.column.counts == Countable.PERCENT else int(line.now)


def _kept(line: ReportLine) -> list:
    return [line.unit, line.record, line.person, line.day.isoformat()]


def comparison_of(version: ReportVersion) -> ReportComparison:
    """The figures of a version beside those of the period before, as both were when it was sent."""
    submission = version.submission
    period, unit = submission.campaign.period, submission.unit
    counted = {**version.figures, **{key: cell["counted"] for key, cell in version.typed.items()}}
    with translation.override("vi"):
        now = reintegration.table_of(unit, period, Lens.AS_WAS, counted)
        before = period.previous()
        earlier = reintegration.table_of(unit, before, Lens.AS_WAS, version.previous) if version.previous else None
    notes = tuple(version.texts.get(NOTES, "").splitlines())
    return replace(compare(now, earlier, figures_by_hand(version)), notes=notes)


def figures_by_hand(version: ReportVersion) -> dict[str, TypedFigure]:
    """The figures of a version that were written by hand, by key."""
    return {
        key: TypedFigure(_decimal(version.figures[key]), cell["reason"], cell["by"])
        for key, cell in version.typed.items()
    }


def _decimal(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def lines_of(version: ReportVersion, key: str) -> list[ReportLine]:
    """The frozen lines behind a figure."""
    return [
        ReportLine(unit, record, person, date.fromisoformat(day))
        for unit, record, person, day in version.lines.get(key, [])
    ]


def changes(before: ReportVersion, now: ReportVersion | ReportDraft) -> list[FigureChange]:
    """Every figure whose value, whose lines or whose writing by hand differ."""
    values = now.values if isinstance(now, ReportDraft) else now.figures
    typed, found = now.typed, []
    for indicator in INDICATORS:
        key = indicator.key
        old, new = _as_set(before.lines.get(key)), _as_set(now.lines.get(key))
        said = [(before.figures.get(key), before.typed.get(key)), (values.get(key), typed.get(key))]
        if said[0] != said[1] or old != new:
            column = reintegration.column_of(indicator)
            figures = (column.shown(before.figures), column.shown(values))
            found.append(FigureChange(indicator, *figures, len(new - old), len(old - new)))
    return found


def changed_texts(before: ReportVersion, now: ReportVersion | ReportDraft) -> list[str]:
    """The places of the letter whose words differ, as they are called."""
    said = texts(official(now)) if isinstance(now, ReportDraft) else now.texts
    return [title for key, title in {**narrative.PARTS, **REST}.items() if said.get(key) != before.texts.get(key)]


def _as_set(lines: Iterable[list] | None) -> set[tuple]:
    return {tuple(line) for line in lines or ()}


@dataclass(frozen=True)
class SubmissionStanding:
    """One commune in a campaign: how far it is, late or not."""

    submission: Submission
    is_late: bool
    was_late: bool


def standings(submissions: Iterable[Submission], on: date) -> list[SubmissionStanding]:
    """What waits for the reviewer first, then what is late, then the rest; `first_sent` must be annotated."""
    rows = []
    for submission in submissions:
        due = submission.campaign.due_on
        missing = not submission.accepted_id and submission.state in (Submission.State.DRAFT, Submission.State.RETURNED)
        sent = submission.first_sent
        rows.append(
            SubmissionStanding(
                submission,
                is_late=missing and on > due,
                was_late=bool(sent) and timezone.localdate(sent) > due,
            )
        )
    order: dict[str, int] = {Submission.State.SUBMITTED: 0, Submission.State.RETURNED: 2, Submission.State.DRAFT: 3}
    return sorted(
        rows,
        key=lambda each: (
            order.get(each.submission.state, 4) if not each.is_late else 1,
            each.submission.unit.name,
        ),
    )


def submissions_to_act_on(user: User) -> QuerySet[Submission]:
    """The reports that wait for this user's step: to be looked through, or to be sent."""
    rows = Submission.objects.visible_to(user)
    if user.unit.is_commune:
        return rows.filter(state__in=(Submission.State.DRAFT, Submission.State.RETURNED))
    return rows.filter(state=Submission.State.SUBMITTED).exclude(unit=user.unit)  # nobody looks their own through


@dataclass(frozen=True)
class ReportsToSend:
    """What a commune has still to send: what was given back, with what is to be corrected, and how much was never sent;
    `due_on` is the first day by which.
    """

    returned: tuple[Submission, ...]
    unsent: int
    due_on: date | None

    def __bool__(self) -> bool:
        return bool(self.returned or self.unsent)


def reports_to_send(user: User) -> ReportsToSend:
    """The reports that wait to be sent by this commune; one query."""
    rows = submissions_to_act_on(user).select_related("campaign__unit").order_by("campaign__due_on", "pk")
    returned = tuple(row for row in rows if row.state == Submission.State.RETURNED)
    unsent = [row.campaign.due_on for row in rows if row.state == Submission.State.DRAFT]
    return ReportsToSend(returned, len(unsent), unsent[0] if unsent else None)
