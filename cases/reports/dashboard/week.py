"""What changed under a unit in the last seven days, beside the seven before: figures of the report with their lists."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from cases.lib.period import ONE_DAY, Period
from cases.models import Unit
from cases.reports.periodic import dated, flow, held
from cases.reports.periodic.indicators import Indicator
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.reintegration import in_whole
from cases.reports.periodic.report_records import ReportRecords, read_records
from cases.reports.periodic.report_scope import Lens, scope_under

DAYS = 7
KEYS = (
    *("completed", "presented", "transferred_in", "transferred_out", "closed"),
    *("reoffended", "administrative", "expunged", "jobs_placed"),
)
LENS = Lens.AS_IS  # a unit that was joined this week still has its week before


@dataclass(frozen=True)
class WeekChange:
    """A figure of the report in the last seven days, and in the seven before."""

    indicator: Indicator
    count: int
    before: int

    @property
    def is_none(self) -> bool:
        return not (self.count or self.before)


class WeekRecords:
    """The records of two weeks of a unit, the last of which ends on `on`."""

    def __init__(self, unit: Unit, on: date) -> None:
        self.period = Period(on - timedelta(days=DAYS - 1), on)
        last = self.period.start - ONE_DAY
        self.before = Period(last - timedelta(days=DAYS - 1), last)
        self.where = scope_under(unit, LENS, Period(self.before.start, on), on)
        sources = [BY_KEY[key].source for key in KEYS]
        self.records = ReportRecords(self.where, self.period, self.before, sources=sources)

    def read(self, *others: QuerySet) -> None:
        """Read the two weeks, and `others`, in one statement."""
        read_records({self.records: (held.LINES_ONCE, flow.MOVES, dated.LINES)}, *others)

    def changes(self) -> list[WeekChange]:
        """Each figure that is not nothing in both weeks, in the order of the report."""
        every = (BY_KEY[key] for key in KEYS)
        found = (WeekChange(each, self._count(each, self.period), self._count(each, self.before)) for each in every)
        return [change for change in found if not change.is_none]

    def _count(self, indicator: Indicator, period: Period) -> int:
        return len(indicator.lines(in_whole(indicator.source(self.records, period), self.where)))
