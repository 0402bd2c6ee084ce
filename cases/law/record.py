"""Does an offence leave a record at all, and which column of periods does it fall under?"""

from dataclasses import dataclass
from datetime import date

from cases.law.chapters import COURT_CHAPTERS, NAMES, chapter_of
from cases.law.facts import ConvictionFacts, Fault, OffenceClass, OffenceFacts
from cases.law.waiting import WaitColumn
from cases.lib.dates import age_on
from cases.lib.optional import require

NO_RECORD_NEGLIGENT = "Điều 69 khoản 2 BLHS"
NO_RECORD_UNDER_16 = "Điều 107 khoản 1 điểm a BLHS"
NO_RECORD_UNDER_18 = "Điều 107 khoản 1 điểm b BLHS"
BY_CLASS = frozenset({NO_RECORD_NEGLIGENT, NO_RECORD_UNDER_18})  # no record for the sake of the class of the offence


@dataclass(frozen=True, slots=True)
class Record:
    """The column a judgment falls under; `column` is None where it leaves no record, `legal_basis` says by what."""

    column: WaitColumn | None
    legal_basis: str
    mixed: bool = False  # Điều 73 khoản 3: some offences clear by themselves, some need the court


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
        return Record(None, NO_RECORD_NEGLIGENT)
    age = age_on(require(born_on), require(offence.act_on))
    if age < 16:
        return Record(None, NO_RECORD_UNDER_16)
    if age < 18:
        very_serious = offence.severity is OffenceClass.VERY_SERIOUS
        if require(offence.severity) < OffenceClass.VERY_SERIOUS or (very_serious and offence.fault is Fault.NEGLIGENT):
            return Record(None, NO_RECORD_UNDER_18)
        return Record(WaitColumn.JUVENILE, "Điều 107 khoản 2 BLHS")
    if chapter_stated(offence) in COURT_CHAPTERS:
        return Record(WaitColumn.COURT, "Điều 71 khoản 1 BLHS")
    return Record(WaitColumn.AUTOMATIC, "Điều 70 khoản 1 BLHS")


def of_conviction(conviction: ConvictionFacts, born_on: date | None) -> Record:
    """Classify a judgment by its gravest offence: the court's column, else the adult's, else the juvenile's."""
    if conviction.exempt:
        return Record(None, NO_RECORD_NEGLIGENT)
    first, *others = (of_offence(each, born_on) for each in require(conviction.offences))
    return _gravest([first, *others]) if others else first


def _gravest(records: list[Record]) -> Record:
    by_column = {record.column: record for record in records}
    for column in (WaitColumn.COURT, WaitColumn.AUTOMATIC, WaitColumn.JUVENILE):
        if column in by_column:
            mixed = column is WaitColumn.COURT and len(by_column.keys() - {None}) > 1
            return Record(column, "Điều 73 khoản 3 BLHS", mixed) if mixed else by_column[column]
    return by_column[None]
