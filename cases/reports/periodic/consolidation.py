"""The figures of a unit made of what the units below reported: accepted versions where there are any, else counted.

A unit between whose own report was accepted answers for all communes below it; otherwise each commune is a part. What
was accepted stays what it was, whatever becomes of the records; beside it stands what the records say today, so that
whoever reads one knows why it is not the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils import translation

from cases.lib.percentage import percent
from cases.lib.period import Period
from cases.models import ReportVersion, Submission, Unit
from cases.reports.periodic import frozen, letter_draft, official_letter, reintegration
from cases.reports.periodic.comparison import ReportComparison, TypedFigure, compare, figure, period_before
from cases.reports.periodic.flow import arrivals, departures
from cases.reports.periodic.frozen import ReportDraft, figures_by_hand, lines_of
from cases.reports.periodic.indicators import Indicator, mean
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_records import CountedSource
from cases.reports.periodic.report_scope import Lens, by_part, where_of
from cases.reports.table import MEANS, FigureColumn, FigureRow, ReportTable, Value

FILES = ("accepted__letter", "accepted__workbook")  # large, and nothing is counted from them
NAMED = 5  # units that a note names


@dataclass(frozen=True)
class ReportPart:
    """One commune of the whole, or a unit between that answers for its own. `counted` is what its records say now;
    `submission` is None where nobody asked it.
    """

    unit: int
    name: str
    counted: Mapping[str, Value]
    submission: Submission | None = None

    @property
    def version(self) -> ReportVersion | None:
        """The version that counts, or None where the records do."""
        return self.submission.accepted if self.submission else None

    @cached_property
    def typed(self) -> Mapping[str, TypedFigure]:
        """Figures of the version written by hand."""
        return figures_by_hand(self.version) if self.version else {}

    @cached_property
    def reported(self) -> Mapping[str, Value]:
        """The figures that go into the whole."""
        return reintegration.kept_values(self.version.figures) if self.version else self.counted

    @cached_property
    def counted_then(self) -> Mapping[str, Value]:
        """What the records said when the version was sent, also where something else was written by hand."""
        if self.version is None:
            return self.counted
        by_records = {key: cell["counted"] for key, cell in self.version.typed.items()}
        return reintegration.kept_values({**self.version.figures, **by_records})

    @property
    def changed(self) -> list[str]:
        """Figures that the records tell otherwise now than when the version was sent, by key."""
        return [key for key, value in self.counted_then.items() if value != self.counted[key]]

    def reason_of(self, key: str) -> str:
        """ "Xã Nam Đà 21, đếm được 19: …": what was written by hand here, in the words of a letter."""
        counts, cell = BY_KEY[key].counts, self.typed[key]
        told = f"{figure(counts, self.reported[key])}, đếm được {figure(counts, self.counted_then[key])}"
        return f"{self.name} {told}: {cell.reason}"


@dataclass(frozen=True)
class ConsolidatedFigure:
    """One figure of the whole: as the parts reported it, their sum, and what the records say now.

    `total` counts a person of two parts once, and nobody who moved from one part to another as gone or come; `added`
    is None of what no sum is made of.
    """

    column: FigureColumn
    total: Value
    added: Value
    counted: Value
    by_hand: int  # parts in which it was written by hand
    recorded: Value = None  # what the records of the parts told, also where something else was written by hand

    @property
    def is_apart(self) -> bool:
        """Whether the parts add up to something else."""
        return self.added is not None and self.added != self.total

    @property
    def change(self) -> Value:
        """What the records say now, less what was reported."""
        return None if self.total is None or self.counted is None else self.counted - self.total


@dataclass(frozen=True)
class Consolidation:
    """The report of `unit` for a period out of its parts."""

    unit: Unit
    period: Period
    parts: tuple[ReportPart, ...]
    figures: tuple[ConsolidatedFigure, ...]
    search: reintegration.Search

    @property
    def accepted(self) -> list[ReportPart]:
        """Parts whose accepted version counts."""
        return [part for part in self.parts if part.version]

    @property
    def typed(self) -> dict[str, TypedFigure]:
        """Figures that hold something the parts wrote by hand, with the reason of each part."""
        found = {}
        for line in self.figures:
            key, parts = line.column.key, [part for part in self.accepted if line.column.key in part.typed]
            if parts and line.total is not None and not BY_KEY[key].of:
                reason = "; ".join(part.reason_of(key) for part in parts)
                by = ", ".join(dict.fromkeys(part.typed[key].by for part in parts))
                found[key] = TypedFigure(Decimal(line.total), reason, by, is_below=True)
        return found

    @property
    def told_accepted(self) -> str:
        """ "2 trong 3 đơn vị"."""
        return f"{len(self.accepted)} trong {len(self.parts)} đơn vị"

    @property
    def notes(self) -> tuple[str, ...]:
        """What the letter says of where its figures come from, and why the parts do not add up."""
        others = ""
        if not self.is_whole:
            names = [part.name for part in self.parts if part.version is None]
            rest = f" và {len(names) - NAMED} đơn vị khác" if len(names) > NAMED else ""
            others = f"; số liệu của {', '.join(names[:NAMED])}{rest} đếm từ hồ sơ khi lập báo cáo"
        apart = [
            f"{line.column.title}: các đơn vị cộng lại là {figure(line.column.counts, line.added)}"
            for line in self.figures
            if line.is_apart
        ]
        why = "; người có ở hai đơn vị chỉ tính một lần, chuyển giữa các đơn vị không tính là đến hoặc đi."
        return (
            f"Kỳ này: tổng hợp từ báo cáo đã được duyệt của {self.told_accepted}{others}.",
            *([f"{'. '.join(apart)}{why}"] if apart else []),
        )

    @property
    def table(self) -> ReportTable:
        """The report as any other: what the records of the parts told, and a row for each part as it reported.

        What the parts wrote by hand stands beside it, in `typed`.
        """
        values = {line.column.key: line.recorded for line in self.figures}
        total = FigureRow(self.unit.pk, self.unit.code, self.unit.name, values)
        rows = tuple(FigureRow(part.unit, None, part.name, dict(part.reported)) for part in self.parts)
        columns = tuple(line.column for line in self.figures)
        return ReportTable(reintegration.NAME, self.period, Lens.AS_WAS, columns, total, rows)

    @property
    def reported(self) -> ReportTable:
        """The whole alone, as it was reported: what another period is compared with."""
        values = {line.column.key: line.total for line in self.figures}
        return replace(self.table, total=replace(self.table.total, values=values), rows=())

    def lines_of(self, indicator: Indicator) -> list[ReportLine]:
        """The lines behind a figure, the newest first; of a percentage those of its part."""
        counted = BY_KEY[indicator.of[0]] if indicator.of else indicator
        found = counted.once(_lines(counted, self.parts, self.search))
        return sorted(found, key=lambda line: (line.day, line.record), reverse=True)

    @property
    def is_whole(self) -> bool:
        """Whether every part was accepted: nothing of it changes any more but by a correction."""
        return len(self.accepted) == len(self.parts)

    @property
    def changed(self) -> list[ReportPart]:
        """Accepted parts whose records tell otherwise now."""
        return [part for part in self.accepted if part.changed]


def consolidate(unit: Unit, period: Period, submissions: Iterable[Submission], on: date) -> Consolidation:
    """Put the report of `unit` together, by the units of the time.

    `submissions` are those of the units below it for this very period, with `accepted` and `unit` read; the last one of
    a unit counts. Of a unit between it counts once it is accepted, in the place of its communes. Communes that
    ended within the period and what lies at no commune are parts too, by their records. A running period is counted up
    to `on`.
    """
    counted = Period(period.start, max(period.start, min(period.end, on)))
    asked = {each.unit_id: each for each in submissions if each.unit.is_commune or each.accepted_id}
    heads = frozenset(pk for pk, each in asked.items() if not each.unit.is_commune)
    where = by_part(where_of(unit, Lens.AS_WAS, counted, on), heads)
    search = reintegration.Search(reintegration.records_of(where, counted), counted)
    now = search.table(by_unit=False).total.values
    asked = {pk: each for pk, each in asked.items() if pk in where.heads or where.row_of(pk) not in where.heads}
    parts = tuple(
        ReportPart(pk, asked[pk].unit.name if pk in asked else where.name_of(pk), values, asked.get(pk))
        for pk, values in ((pk, search.values(pk)) for pk in _places(search, asked))
        if pk in asked or any(values.values())
    )
    recorded = {each.key: _recorded(each, parts, search) for each in INDICATORS if not each.of}
    recorded |= _shares(recorded)
    totals = {each.key: _total(each, parts, recorded[each.key]) for each in INDICATORS if not each.of}
    totals |= _shares(totals)
    figures = [replace(_figure(each, totals[each.key], parts, now), recorded=recorded[each.key]) for each in INDICATORS]
    in_order = tuple(sorted(parts, key=lambda part: where.in_order(part.unit)))
    return Consolidation(unit, period, in_order, tuple(figures), search)


def _places(search: reintegration.Search, asked: Iterable[int]) -> list[int]:
    """Who was asked, and where else something counts."""
    met = {place for each in INDICATORS if not each.of for place in search.met(each.source)}
    return sorted({*asked, *(place for place in met if place is not reintegration.TOTAL)})


def _recorded(indicator: Indicator, parts: Iterable[ReportPart], search: reintegration.Search) -> Value:
    """What the records of the parts told, each when it was sent, else now."""
    key = indicator.key
    if indicator.value is mean:
        return _mean([(part.counted_then[key], part.counted_then[indicator.among]) for part in parts])
    if _is_summed(indicator):
        return sum(part.counted_then[key] or 0 for part in parts)
    return len(indicator.once(_lines(indicator, parts, search)))


def _total(indicator: Indicator, parts: Iterable[ReportPart], recorded: Value) -> Value:
    """The same as it was reported: with what was written by hand."""
    key = indicator.key
    if indicator.value is mean:
        return _mean([(part.reported[key], part.reported[indicator.among]) for part in parts])
    if _is_summed(indicator):
        return sum(part.reported[key] or 0 for part in parts)
    return (recorded or 0) + sum((part.reported[key] or 0) - (part.counted_then[key] or 0) for part in parts)


def _is_summed(indicator: Indicator) -> bool:
    """Whether the parts are added up: nothing of it can stand in two of them."""
    return isinstance(indicator.source, CountedSource) or indicator.value is not len


def _lines(indicator: Indicator, parts: Iterable[ReportPart], search: reintegration.Search) -> list[ReportLine]:
    """Every line the parts count; of the moves those across the edge of the whole alone."""
    found = _told(indicator, parts, search)
    if indicator.source in (arrivals, departures):
        other_end = next(each for each in INDICATORS if each.source in (arrivals, departures) and each != indicator)
        inner = {line.record for line in _told(other_end, parts, search)}
        return [line for line in found if line.record not in inner]
    return found


def _told(indicator: Indicator, parts: Iterable[ReportPart], search: reintegration.Search) -> list[ReportLine]:
    """The lines of each part: as they were sent, else as they are found now."""
    found: list[ReportLine] = []
    for part in parts:
        found += lines_of(part.version, indicator.key) if part.version else search.lines(indicator, part.unit)
    return found


def _mean(means: Iterable[tuple[Value, Value]]) -> int | None:
    """The mean of all, out of the mean of each and of how many it is; rounded half up to 1 đồng."""
    known = [(value, many) for value, many in means if value is not None and many]
    if not known:
        return None
    whole = Decimal(sum(value * many for value, many in known)) / sum(many for _value, many in known)
    return int(whole.quantize(Decimal(1), ROUND_HALF_UP))


def _shares(totals: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for each in INDICATORS:
        if each.of:
            part, among = (totals[key] for key in each.of)
            found[each.key] = None if part is None or among is None else percent(part, among)
    return found


def _figure(
    indicator: Indicator, total: Value, parts: Iterable[ReportPart], now: Mapping[str, Value]
) -> ConsolidatedFigure:
    key, column = indicator.key, reintegration.column_of(indicator)
    added = None if column.counts in MEANS else sum(part.reported[key] or 0 for part in parts)
    return ConsolidatedFigure(column, total, added, now[key], sum(key in part.typed for part in parts))


def changes_of(part: ReportPart) -> list[tuple[FigureColumn, Value, Value]]:
    """Each changed figure of a part with what its records said when it was sent, and what they say now."""
    columns = {key: reintegration.column_of(BY_KEY[key]) for key in part.changed}
    return [(column, part.counted_then[key], part.counted[key]) for key, column in columns.items()]


def of_unit(unit: Unit, period: Period, on: date) -> Consolidation:
    """The same out of whatever the units below reported, whoever above had asked for it."""
    return consolidate(unit, period, Submission.objects.below(unit, period).defer(*FILES), on)


def draft_of(unit: Unit, named: Period, on: date) -> ReportDraft:
    """The report of any unit as it stands now: of a commune counted, of a unit above put together."""
    if unit.is_commune:
        return frozen.draft(unit, named, on)
    document = letter_draft.load_document(unit, named, Lens.AS_WAS, on)
    with translation.override("vi"):
        whole = of_unit(unit, named, on)
        compared = compare_whole(whole, letter_draft.typed_values(document), on)
    return ReportDraft(document, named, compared, frozen.kept_lines(whole.lines_of))


def compare_whole(whole: Consolidation, typed: Mapping[str, TypedFigure], on: date) -> ReportComparison:
    """The whole beside the period before: its own report of that where it was frozen or accepted, else what the units
    below had accepted of it. `typed` was written by hand on the whole itself.
    """
    counted, notes = whole.search.period, whole.notes
    earlier, before, accepted = period_before(whole.period, counted), None, None
    if whole.search.where.existed(earlier.start):
        before, accepted = official_letter.accepted_figures(whole.unit, earlier)
        if before is None:
            past = of_unit(whole.unit, earlier, on)
            before = past.reported
            if past.accepted:
                notes += (f"Kỳ trước: tổng hợp từ báo cáo đã được duyệt của {past.told_accepted}.",)
    comparison = compare(replace(whole.table, period=counted), before, {**whole.typed, **typed})
    return replace(comparison, accepted=accepted, notes=notes)
