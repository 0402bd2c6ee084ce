"""Does an offence leave a record at all, and which column of periods does it fall under?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law.chapters import COURT_CHAPTERS, NAMES, chapter_of
from cases.law.facts import ConvictionFacts, Fault, OffenceClass, OffenceFacts
from cases.law.waiting import WaitColumn
from cases.lib.dates import age_on
from cases.lib.optional import require


class NoRecord(StrEnum):
    """Why an offence leaves no record."""

    NEGLIGENCE = "negligence"
    EXEMPTION = "exemption"
    UNDER_16 = "under_16"
    UNDER_18 = "under_18"

    __hash__ = str.__hash__


NO_RECORD_BASIS = {
    NoRecord.NEGLIGENCE: "Điều 69 khoản 2 BLHS",
    NoRecord.EXEMPTION: "Điều 69 khoản 2 BLHS",
    NoRecord.UNDER_16: "Điều 107 khoản 1 điểm a BLHS",
    NoRecord.UNDER_18: "Điều 107 khoản 1 điểm b BLHS",
}
BY_CLASS = frozenset({NoRecord.NEGLIGENCE, NoRecord.UNDER_18})  # no record for the sake of the class of the offence


@dataclass(frozen=True, slots=True)
class Record:
    """The column a judgment falls under; `column` is None where it leaves no record, `reasons` says why.

    `legal_basis` is the article of the column, or those of the reasons.
    """

    column: WaitColumn | None
    legal_basis: str
    mixed: bool = False  # Điều 73 khoản 3: some offences clear by themselves, some need the court
    reasons: tuple[NoRecord, ...] = ()


def without_record(reasons: Iterable[NoRecord]) -> Record:
    """Return what is said of a judgment none of whose offences leaves a record, each reason once."""
    told = tuple(dict.fromkeys(reasons))
    return Record(None, "; ".join(dict.fromkeys(NO_RECORD_BASIS[reason] for reason in told)), reasons=told)


CLEAN = {reason: without_record([reason]) for reason in NoRecord}
BY_COURT = Record(WaitColumn.COURT, "Điều 71 khoản 1 BLHS")
BY_ITSELF = Record(WaitColumn.AUTOMATIC, "Điều 70 khoản 1 BLHS")
OF_A_MINOR = Record(WaitColumn.JUVENILE, "Điều 107 khoản 2 BLHS")


def is_minor_negligence(offence: OffenceFacts) -> bool:
    """Điều 69 khoản 2: a negligent offence of the two lower classes leaves no record, at any age."""
    return offence.fault is Fault.NEGLIGENT and offence.severity in (OffenceClass.LESS_SERIOUS, OffenceClass.SERIOUS)


def chapter_stated(offence: OffenceFacts) -> str | None:
    """Return the chapter as stated, else by the article; None where neither tells."""
    if offence.chapter:
        stated = offence.chapter.strip().upper()
        return stated if stated in NAMES else None
    return chapter_of(offence.article) if offence.article is not None else None


def of_offence(offence: OffenceFacts, born_on: date | None) -> Record:
    """Classify one offence whose facts are complete: age counts on the day of the act (Điều 107)."""
    if is_minor_negligence(offence):
        return CLEAN[NoRecord.NEGLIGENCE]
    age = age_on(require(born_on), require(offence.act_on))
    if age < 16:
        return CLEAN[NoRecord.UNDER_16]
    if age < 18:
        return CLEAN[NoRecord.UNDER_18] if is_light_for_a_minor(offence) else OF_A_MINOR
    return BY_COURT if chapter_stated(offence) in COURT_CHAPTERS else BY_ITSELF


def is_light_for_a_minor(offence: OffenceFacts) -> bool:
    """Điều 107 khoản 1 điểm b: the two lower classes, and a negligent offence of the third."""
    severity = offence.severity or OffenceClass.LESS_SERIOUS
    return severity < OffenceClass.VERY_SERIOUS or (
        severity is OffenceClass.VERY_SERIOUS and offence.fault is Fault.NEGLIGENT
    )


def counts_for_recidivism(offence: OffenceFacts, born_on: date) -> bool:
    """Điều 91 khoản 7: what was done under 16 never counts; nor does what leaves no record by Điều 107 khoản 1."""
    age = age_on(born_on, require(offence.act_on))
    return age >= 18 or (age >= 16 and not is_light_for_a_minor(offence))


def of_conviction(conviction: ConvictionFacts, born_on: date | None) -> Record:
    """Classify a judgment by its gravest offence: the court's column, else the adult's, else the juvenile's."""
    if conviction.exempt:
        return CLEAN[NoRecord.EXEMPTION]
    first, *others = (of_offence(each, born_on) for each in require(conviction.offences))
    return _gravest([first, *others]) if others else first


def _gravest(records: list[Record]) -> Record:
    by_column = {record.column: record for record in records}
    for column in (WaitColumn.COURT, WaitColumn.AUTOMATIC, WaitColumn.JUVENILE):
        if column in by_column:
            mixed = column is WaitColumn.COURT and len(by_column.keys() - {None}) > 1
            return Record(column, "Điều 73 khoản 3 BLHS", mixed) if mixed else by_column[column]
    return without_record(reason for record in records for reason in record.reasons)
