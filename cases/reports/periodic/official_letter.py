"""The official report as data: what stands in each place of the letter. The writers and the preview draw it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from django.utils import translation

from cases.law import police
from cases.lib.period import Period
from cases.lib.text import in_a_sentence
from cases.models import PoliceVersion, ReportVersion, Unit
from cases.models.joint_read import read_jointly
from cases.models.moment import moment_on
from cases.models.police_version import police_table
from cases.reports.administration import last_seal, renaming
from cases.reports.administration.renaming import UnitHistory
from cases.reports.periodic import narrative, reintegration
from cases.reports.periodic.comparison import AcceptedFigures, ReportComparison, TypedFigure, compare, period_before
from cases.reports.periodic.report_records import ReportRecords
from cases.reports.periodic.report_scope import Lens, ReportScope
from cases.reports.table import ReportTable
from cases.reports.work.stuck import NOTHING, Stuck
from cases.templatetags.words import day_in_full, period_label

REPORT_SYMBOL = "BC"
HOUR = time(8)  # of a letter or a paper only its day is known; its file needs an hour too


@dataclass(frozen=True)
class Letter:
    """What an officer writes on the report: empty texts mean "as drafted", "as usual here", "not given yet"."""

    on: date
    number: int | None = None
    place: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    capacity: str = ""
    signs_for: str = ""
    position: str = ""
    rank: str = ""
    name: str = ""
    recipients: str = ""
    replaced: date | None = None  # the day on which the letter was sent that this one corrects
    asked_by: tuple[Unit, ...] = ()  # units above that asked for it
    stuck: Stuck = NOTHING  # what the causes are drafted from


@dataclass(frozen=True)
class LetterPart:
    key: str
    title: str
    paragraphs: tuple[str, ...]
    is_drafted: bool


@dataclass(frozen=True)
class OfficialLetter:
    """The report with its letter, ready to be drawn. `made_at` is the day of the letter, never the clock."""

    superior: str
    issuer: str
    number: str
    place_and_day: str
    subject: str
    replaces: str
    opening: str
    parts: tuple[LetterPart, ...]
    signature: tuple[str, ...]
    signatory: str
    recipients: tuple[str, ...]
    comparison: ReportComparison
    made_at: datetime
    seal: str = ""  # of the log, as it stood when the letter was drawn


@dataclass(frozen=True)
class Bodies:
    """Who issues a unit's report on a day, and who stands above; `issuer` is the unit whose police body it is."""

    issuer: Unit
    name: str
    superior: str
    letters: police.Letters
    asked: tuple[str, ...] | None = None  # bodies that asked for the report; None where nobody did

    @property
    def place(self) -> str:
        return police.place_name(self.issuer.name)

    @property
    def usual_recipients(self) -> str:
        word = self.letters.word.lower()
        local = [f"- Đảng ủy, UBND {word} (để b/c);"] if self.issuer.is_commune else []
        usual = (self.superior,) if self.superior else ()
        above = [f"- {name} (để b/c);" for name in (usual if self.asked is None else self.asked)]
        return "\n".join([*above, *local, f"- Lưu: {self.letters.symbol}."])


def bodies(unit: Unit, on: date, asked_by: Iterable[Unit] = ()) -> Bodies:
    """The bodies as they were named on `on`, or on the unit's last day where it ended before. One query.

    A unit without a police body of its own (a cluster; a district since 01/03/2025) reports, and asks, through the one
    above. Nothing is above a ministry.
    """
    day = min(on, unit.valid_to or on)
    above = Unit.objects.filter(pk__in=[int(step) for step in unit.path.split("/") if step]).order_by("-path")
    entered = PoliceVersion.objects.in_order()
    read_jointly(above, entered)
    police_of = [each for each in above if police.has_body(each.kind, day)] or [unit]
    superior = police.superior_name(police_of[1].name if len(police_of) > 1 else None)
    issuer = police_of[0]
    letters = police.letters(issuer.name, day, police_table(entered))
    told_of = [next((each for each in police_of if one.path.startswith(each.path)), None) for one in asked_by]
    asked = dict.fromkeys(police.superior_name(each.name if each else None) for each in told_of if each != issuer)
    above = "" if issuer.is_ministry else superior
    return Bodies(issuer, police.body_name(issuer.name), above, letters, tuple(asked) if told_of else None)


def records_compared(
    where: ReportScope, named: Period, counted: Period, charted: Iterable[Period] = ()
) -> ReportRecords:
    """The records of `counted` and of the period before `named`, if the unit stood then; `charted` as they take it."""
    earlier = period_before(named, counted)
    periods = (counted, earlier) if where.existed(earlier.start) else (counted,)
    return reintegration.records_of(where, *periods, charted=charted)


def compare_periods(
    records: ReportRecords, typed: Mapping[str, TypedFigure] | None = None, *, by_unit: bool = True
) -> ReportComparison:
    """The report of the first of the periods beside that of the second, if there is one: of this the whole alone, as
    of both without `by_unit`. What the unit had accepted of it is compared with, and not counted again.
    """
    now, *before = [reintegration.Search(records, period) for period in records.periods]
    earlier = before[0].table(by_unit=False) if before else None
    return beside_accepted(compare(now.table(by_unit=by_unit), earlier, typed), records.where.unit)


def beside_accepted(comparison: ReportComparison, unit: Unit) -> ReportComparison:
    """The same beside what the unit had accepted of the period before, where it had: that is not counted again.

    Under whatever name it bore then; of two superiors' the later. Of a unit above it is its own report, frozen or
    accepted. No version is made under the lens "as is".
    """
    before = comparison.before
    if before is None or before.lens != Lens.AS_WAS:
        return comparison
    table, accepted = accepted_figures(unit, before.period)
    return replace(comparison, before=table, accepted=accepted) if table else comparison


def accepted_figures(unit: Unit, period: Period) -> tuple[ReportTable, AcceptedFigures] | tuple[None, None]:
    """What the unit had accepted of a period, if it had, and in which version."""
    version = ReportVersion.objects.accepted_of(renaming.forms_of(unit), period).first()
    if version is None:
        return None, None
    accepted = AcceptedFigures(version.submission_id, version.number, version.made_at)
    return reintegration.table_of(unit, period, Lens.AS_WAS, version.figures), accepted


def build_comparison(
    where: ReportScope, named: Period, counted: Period, typed: Mapping[str, TypedFigure] | None = None
) -> ReportComparison:
    """The report of `counted` beside that of the period before `named`, if the unit stood then."""
    return compare_periods(records_compared(where, named, counted), typed)


def compared_in_vietnamese(
    where: ReportScope, named: Period, counted: Period, typed: Mapping[str, TypedFigure]
) -> ReportComparison:
    """The same with the titles of an official letter, whatever language the reader has chosen."""
    with translation.override("vi"):
        return build_comparison(where, named, counted, typed)


def paper(
    comparison: ReportComparison, unit: Unit, named: Period, letter: Letter, history: UnitHistory | None = None
) -> OfficialLetter:
    """Put the letter together; `unit` is the report's own, `named` the whole period it is about; its `history` is read
    where it is not given.
    """
    with translation.override("vi"):
        body = bodies(unit, letter.on, letter.asked_by)
        comparison = replace(
            comparison, notes=(*comparison.notes, *_changes_of(history or renaming.history_of(unit), comparison))
        )
        signature, signatory = _signature(body, letter)
        return OfficialLetter(
            superior=body.superior,
            issuer=body.name,
            number=f"Số: {_number(letter.number)}/{REPORT_SYMBOL}-{body.letters.symbol}",
            place_and_day=f"{letter.place or body.place}, {day_in_full(letter.on)}",
            subject=f"Kết quả công tác tái hòa nhập cộng đồng đối với người chấp hành xong án phạt tù"
            f"{_about(unit, body)}, {in_a_sentence(period_label(named))}",
            replaces=f"(Bản sửa, thay bản gửi ngày {letter.replaced:%d/%m/%Y})" if letter.replaced else "",
            opening=f"{body.name} báo cáo kết quả công tác tái hòa nhập cộng đồng đối với người chấp hành xong án "
            f"phạt tù trên địa bàn {in_a_sentence(unit.name)}, {_days(comparison.table.period)}, như sau:",
            parts=_parts(comparison, unit, letter),
            signature=signature,
            signatory=signatory,
            recipients=tuple((letter.recipients or body.usual_recipients).splitlines()),
            comparison=comparison,
            made_at=moment_on(letter.on, HOUR),
            seal=last_seal.seal_words(),
        )


def _changes_of(history: UnitHistory, comparison: ReportComparison) -> Iterable[str]:
    """Why the unit stood otherwise in one of the two periods: since when it stands, out of which units."""
    unit, table = history.unit, comparison.table
    if table.lens != Lens.AS_WAS:
        return
    for each in history.joinings(table.period.previous().start, table.period.end):
        others = ", ".join(in_a_sentence(name) for name in each.names)
        if each.is_founding:
            yield (
                f"{unit.name} thành lập ngày {each.on:%d/%m/%Y} từ {others}: số liệu trước ngày đó thuộc các đơn vị "
                "cũ; người do các đơn vị đó bàn giao được tính là chuyển đến."
            )
        else:
            yield (
                f"Ngày {each.on:%d/%m/%Y} nhập vào {in_a_sentence(unit.name)}: {others}; người của đơn vị đó được "
                "tính là chuyển đến từ ngày ấy."
            )


def drafts(comparison: ReportComparison, unit: Unit, stuck: Stuck = NOTHING) -> dict[str, str]:
    """The four parts as the figures tell them, by key."""
    with translation.override("vi"):
        period = comparison.table.period
        place, last_day = in_a_sentence(unit.name), day_in_full(period.end)
        return narrative.draft(comparison, place=place, days=_days(period), last_day=last_day, stuck=stuck)


def _parts(comparison: ReportComparison, unit: Unit, letter: Letter) -> tuple[LetterPart, ...]:
    drafted = drafts(comparison, unit, letter.stuck)
    return tuple(
        LetterPart(key, title, _paragraphs(letter.texts.get(key) or drafted[key]), not letter.texts.get(key))
        for key, title in narrative.PARTS.items()
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _signature(body: Bodies, letter: Letter) -> tuple[tuple[str, ...], str]:
    """KT. TRƯỞNG CÔNG AN XÃ / PHÓ TRƯỞNG CÔNG AN XÃ, and Đại úy Trần Quốc Anh."""
    head = letter.signs_for or body.letters.head
    usual = body.letters.deputy if letter.capacity else head
    lines = [f"{letter.capacity} {head}"] if letter.capacity else []
    lines.append(letter.position or usual)
    return tuple(line.upper() for line in lines), f"{letter.rank} {letter.name}".strip()


def _number(number: int | None) -> str:
    return "……" if number is None else f"{number:02d}"


def _about(unit: Unit, body: Bodies) -> str:
    return "" if unit == body.issuer else f" trên địa bàn {in_a_sentence(unit.name)}"


def _days(period: Period) -> str:
    return f"từ {day_in_full(period.start)} đến {day_in_full(period.end)}"
