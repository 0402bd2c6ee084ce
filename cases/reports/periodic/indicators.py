"""What an indicator is: its words, its rule and the lines it counts. The lines make the number and the list alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.lib.period import Period
from cases.reports.periodic.report_line import Found
from cases.reports.periodic.report_scope import Where
from cases.reports.words import Words

Number = int | Decimal | None
Source = Callable[[Where, Period], list[Found]]
Pick = Callable[[list[Found]], list[Found]]


class Counts(StrEnum):
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
    Counts.PEOPLE: _("people"),
    Counts.CONTACTS: _("contacts"),
    Counts.MEETINGS: _("meetings held"),
    Counts.CASES: _("cases"),
    Counts.JOBS: _("jobs"),
    Counts.MONEY: _("đồng"),
    Counts.MONEY_A_MONTH: _("đồng a month"),
    Counts.PERCENT: _("%"),
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


def once_a_person(lines: Iterable[Found]) -> list[Found]:
    """The last line of each person."""
    return list({line.person: line for line in sorted(lines, key=_in_time)}.values())


def once_a_record(lines: Iterable[Found]) -> list[Found]:
    return list({line.record: line for line in sorted(lines, key=_in_time)}.values())


def _in_time(line: Found) -> tuple:
    return line.day, line.record, line.unit


def marked(*marks: str | int) -> Pick:
    return lambda lines: [line for line in lines if line.mark in marks]


def known(lines: list[Found]) -> list[Found]:
    return [line for line in lines if line.amount is not None]


def total(lines: list[Found]) -> int:
    return sum(line.amount or 0 for line in lines)


def mean(lines: list[Found]) -> int | None:
    """Mean of the amounts, rounded half up to 1 đồng; None of no lines."""
    if not lines:
        return None
    return int((Decimal(total(lines)) / len(lines)).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Indicator:
    """One figure: `source` finds the lines, `pick` keeps those meant, `once` lets each count once, `value` counts.

    A percentage has `of` instead of a value: the keys of its part and of its whole; its lines are those of the part.
    `among` is the figure that says of how many people a sum or a mean is made. `told`: how the letter lists it among
    the contacts, in Vietnamese; "" where it has a sentence of its own.
    """

    key: str
    title: Words
    counts: Counts
    theme: Theme
    rule: Words
    source: Source
    pick: Pick = list
    once: Pick = once_a_person
    value: Callable[[list[Found]], Number] = len
    of: tuple[str, str] | None = None
    among: str = ""
    told: str = ""

    def lines(self, found: list[Found]) -> list[Found]:
        """The lines behind the figure, out of all its source found in the place asked about."""
        return self.once(self.pick(found))

    @property
    def unit(self) -> Words:
        return UNIT_WORDS[self.counts]
