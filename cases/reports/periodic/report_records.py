"""What one page reads of the records: each table once for all its periods, whatever figures are cut out of it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from cases.lib.period import ONE_DAY, Period
from cases.models.joint_read import read_jointly
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_scope import ReportScope

Read = TypeVar("Read")
Made = TypeVar("Made", covariant=True)
Counts = dict[int, Counter]  # by unit and mark


Source = Callable[["ReportRecords", Period], list[ReportLine]]  # finds the lines behind figures


class CountedSource(ABC):
    """A source that also tells how many lines it would find, without a line for each.

    Only where no record stands twice among the lines of a period: the units below then add up to the whole.
    """

    @abstractmethod
    def __call__(self, records: "ReportRecords", period: Period) -> list[ReportLine]:
        """The lines."""

    @abstractmethod
    def counts(self, records: "ReportRecords", period: Period) -> Counts:
        """By unit and mark how many lines there are."""


@dataclass(frozen=True)
class RecordReading(Generic[Made]):
    """What a page reads once: the question, and what is made of its rows."""

    question: "Callable[[ReportRecords], QuerySet]"
    make: "Callable[[ReportRecords, QuerySet], Made]"


class ReportRecords:
    """The records of a unit for all periods that a page shows, read when they are first asked for.

    `sources` are those the page asks; what several of them find in one table is read together. `charted` are further
    periods, of which contacts alone are counted.
    """

    def __init__(
        self, where: ReportScope, *periods: Period, sources: Iterable[Source] = (), charted: Iterable[Period] = ()
    ) -> None:
        self.where = where
        self.periods = tuple(dict.fromkeys(periods))
        self.sources = tuple(dict.fromkeys(sources))
        self.charted = tuple(charted)
        self._read: dict[Callable | RecordReading, Any] = {}

    @property
    def span(self) -> Period:
        """All the periods together, with the days between them."""
        return span_of(self.periods)

    def read(self, *readings: RecordReading) -> None:
        """Read what these ask, and was not read yet, in one statement."""
        read_records({self: readings})

    def once(self, reader: Callable[["ReportRecords"], Read] | RecordReading[Read]) -> Read:
        """What `reader` reads, read at most once."""
        if isinstance(reader, RecordReading):
            self.read(reader)
        elif reader not in self._read:
            self._read[reader] = reader(self)
        return self._read[reader]

    def asked(self, kind: type[Read]) -> list[Read]:
        """The sources of the very kind that the page asks."""
        return [each for each in self.sources if type(each) is kind]


def read_records(asked: Mapping[ReportRecords, Iterable[RecordReading]], *others: QuerySet) -> None:
    """Read what is asked of each of these records and was not read yet, and `others`, in one statement."""
    missing = {records: [each for each in wanted if each not in records._read] for records, wanted in asked.items()}
    rows = {(records, each): each.question(records) for records, wanted in missing.items() for each in wanted}
    read_jointly(*rows.values(), *others)
    for (records, reading), found in rows.items():
        records._read[reading] = reading.make(records, found)


def span_of(periods: Iterable[Period]) -> Period:
    """From the first day of any of the periods, one at least, to the last."""
    known = list(periods)
    return Period(min(each.start for each in known), max(each.end for each in known))


def within(lines: Iterable[ReportLine], period: Period) -> list[ReportLine]:
    """The lines dated in the period."""
    first, last = period.start, period.end
    return [line for line in lines if first <= line.day <= last]


def slices(periods: Iterable[Period]) -> list[date]:
    """The days on which one of the periods begins, or is over: between two of them nothing has to be told apart."""
    return sorted({day for each in periods for day in (each.start, each.end + ONE_DAY)})
