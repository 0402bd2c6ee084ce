"""What an indicator is: its words, its rule and the lines it counts. The lines make the number and the list alike."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_records import Source
from cases.reports.words import Words

FigureNumber = int | Decimal | None
LinePick = Callable[[list[ReportLine]], list[ReportLine]]


class Countable(StrEnum):
    """What a figure counts."""

    PEOPLE = "people"
    CONTACTS = "contacts"
    MEETINGS = "meetings"
    CASES = "cases"
    JOBS = "jobs"
    MONEY = "money"
    MONEY_A_MONTH = "money_a_month"
    PERCENT = "percent"


UNIT_WORDS = {
    Countable.PEOPLE: _("people"),
    Countable.CONTACTS: _("contacts"),
    Countable.MEETINGS: _("meetings held"),
    Countable.CASES: _("cases"),
    Countable.JOBS: _("jobs"),
    Countable.MONEY: _("đồng"),
    Countable.MONEY_A_MONTH: _("đồng a month"),
    Countable.PERCENT: _("%"),
}


class Theme(StrEnum):
    """The parts of the report, in their order."""

    RETURN = "return"
    MANAGED = "managed"
    CONTACT = "contact"
    WORK = "work"
    RECORD = "record"
    GROUPS = "groups"


THEME_WORDS = {
    Theme.RETURN: _("Completed and presented"),
    Theme.MANAGED: _("Under management"),
    Theme.CONTACT: _("Contacts and help"),
    Theme.WORK: _("Training, jobs and loans"),
    Theme.RECORD: _("Clean record and new violations"),
    Theme.GROUPS: _("Groups A to D"),
}


def once_a_person(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """The last line of each person."""
    return list({line.person: line for line in sorted(lines, key=_in_time)}.values())


def once_a_record(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """One line of each record, the latest of it."""
    return list({line.record: line for line in sorted(lines, key=_in_time)}.values())


def _in_time(line: ReportLine) -> tuple:
    return line.day, line.record, line.unit


@dataclass(frozen=True)
class MarkPicker:
    """Picks the lines with one of these marks."""

    marks: tuple[str | int, ...]

    def __call__(self, lines: list[ReportLine]) -> list[ReportLine]:
        return [line for line in lines if line.mark in self.marks]


def pick_marked(*marks: str | int) -> MarkPicker:
    """A rule that keeps the lines that bear one of these marks."""
    return MarkPicker(marks)


def known_lines(lines: list[ReportLine]) -> list[ReportLine]:
    """The lines whose amount is known."""
    return [line for line in lines if line.amount is not None]


def total(lines: list[ReportLine]) -> int:
    """The sum of the amounts; an unknown one adds nothing."""
    return sum(line.amount or 0 for line in lines)


def mean(lines: list[ReportLine]) -> int | None:
    """Mean of the amounts, rounded half up to 1 đồng; None of no lines."""
    return mean_of(total(lines), len(lines))


def mean_of(amount: int, among: int) -> int | None:
    """The same out of their sum and how many they are."""
    return int((Decimal(amount) / among).quantize(Decimal(1), ROUND_HALF_UP)) if among else None


@dataclass(frozen=True)
class Indicator:
    """One figure: `source` finds the lines, `pick` keeps those meant, `once` lets each count once, `value` counts.

    A percentage has `of` instead of a value: the keys of its part and of its whole; its lines are those of the part.
    `among` is the figure that says of how many people a sum or a mean is made. `told`: how the letter lists it among
    the contacts, in Vietnamese; "" where it has a sentence of its own. `is_part`: part of the figure before it
    ("trong đó"), which no list numbers on its own.
    """

    key: str
    title: Words
    counts: Countable
    theme: Theme
    rule: Words
    source: Source
    pick: LinePick = list
    once: LinePick = once_a_person
    value: Callable[[list[ReportLine]], FigureNumber] = len
    of: tuple[str, str] | None = None
    among: str = ""
    told: str = ""
    is_part: bool = False

    def lines(self, found: list[ReportLine]) -> list[ReportLine]:
        """The lines behind the figure, out of all its source found in the place asked about."""
        return self.once(self.pick(found))

    def count(self, found: Counter) -> int:
        """How many lines those would be, out of how many there are of each mark."""
        return sum(found[mark] for mark in (self.pick.marks if isinstance(self.pick, MarkPicker) else found))

    @property
    def unit(self) -> Words:
        return UNIT_WORDS[self.counts]
