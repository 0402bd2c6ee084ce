"""Records dated in a period, of people whom a unit of the report held on that day: all kinds of a page together."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Field, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from cases.lib.period import Period
from cases.reports.periodic.report_line import ReportLine, events
from cases.reports.periodic.report_records import RecordReading, ReportRecords, within


@dataclass(frozen=True)
class DatedSource:
    """A source: the `rows` of one kind with `day` in the period; `grade` becomes the mark, `amount` is in đồng."""

    rows: Callable[[], QuerySet]
    day: str
    grade: str = ""
    amount: str = ""

    def __call__(self, records: ReportRecords, period: Period) -> list[ReportLine]:
        return within(records.once(LINES)[self], period)

    def question(self, records: ReportRecords, number: int) -> QuerySet:
        rows = events(self.rows(), records.where, records.span, day=self.day).order_by()
        rows = rows.annotate(
            found_kind=Value(number, IntegerField()),
            found_grade=_typed(self.grade, IntegerField()),
            found_amount=_typed(self.amount, BigIntegerField()),
        )
        columns = ("returnee__placements__unit", "pk", "returnee", self.day)
        return rows.values_list("found_kind", *columns, "found_grade", "found_amount")


def _typed(field: str, kind: Field) -> Cast:
    """A field, or none, as a column that the columns of other tables can stand under."""
    return Cast(F(field) if field else Value(None), kind)


def _rows(records: ReportRecords) -> QuerySet:
    first, *others = [source.question(records, number) for number, source in enumerate(records.asked(DatedSource))]
    return first.union(*others, all=True)


def _lines(records: ReportRecords, rows: QuerySet) -> dict[DatedSource, list[ReportLine]]:
    sources = records.asked(DatedSource)
    found: dict[DatedSource, list[ReportLine]] = {source: [] for source in sources}
    for kind, unit, record, person, day, grade, amount in rows:
        mark = "" if grade is None else grade
        found[sources[kind]].append(ReportLine(unit, record, person, day, mark, amount))
    return found


LINES = RecordReading(_rows, _lines)
