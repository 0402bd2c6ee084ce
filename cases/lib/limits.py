"""Between which days a day may lie: kinds of floors and ceilings, as pure rules over the facts known of a record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.lib.dates import PartialDate, add_months

FOUNDED = date(1945, 9, 2)  # no paper of this state is older


class Floor(StrEnum):
    """The first day, where the facts tell it."""

    FOUNDED = "founded"  # the founding of the state: what is about no one person
    BIRTH = "birth"  # of the person: acts, judgments
    PREPARED = "prepared"  # a year before the sentence is completed: the return is being prepared
    COMPLETED = "completed"  # the completion of the sentence: aftercare
    UNIT = "unit"  # the first day of the unit


class Ceiling(StrEnum):
    """The last day, seen from today."""

    TODAY = "today"  # what was done
    YEAR = "year"  # a release, a meeting, a duty put off
    DECADE = "decade"  # what is in force for long: rules, units, postings, additional penalties


YEARS_AHEAD = {Ceiling.TODAY: 0, Ceiling.YEAR: 1, Ceiling.DECADE: 10}


@dataclass(frozen=True)
class Limits:
    """The declared floor and ceiling of one field."""

    floor: Floor
    ceiling: Ceiling


@dataclass(frozen=True)
class DayFacts:
    """What is known of the record a day belongs to; None is not known."""

    born: PartialDate | None = None
    completed: date | None = None
    began: date | None = None
    unit: str = ""


def first_day(floor: Floor, facts: DayFacts) -> tuple[Floor, date]:
    """The floor that holds and its day: where the facts leave the declared one open, the next wider one."""
    if floor is Floor.UNIT and facts.began:
        return floor, facts.began
    if floor is Floor.COMPLETED and facts.completed:
        return floor, facts.completed
    if floor is Floor.PREPARED and facts.completed:
        return floor, add_months(facts.completed, -12)
    if floor not in (Floor.UNIT, Floor.FOUNDED) and facts.born:
        return Floor.BIRTH, facts.born.earliest
    return Floor.FOUNDED, FOUNDED


def last_day(ceiling: Ceiling, on: date) -> date:
    """The ceiling on the day `on`, inclusive."""
    return add_months(on, 12 * YEARS_AHEAD[ceiling])
