"""Small registers drawn at random, around the days on which periods begin and end: plain data, no project code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from hypothesis import strategies as st

ONE_DAY = timedelta(days=1)
LEAP_DAY = date(2024, 2, 29)
MERGED = date(2025, 7, 1)  # the day on which the units were reorganised, see `lands`
TODAY = date(2026, 1, 5)
LONG_AGO = date(2000, 1, 1)
AROUND_THE_MERGER = (date(2025, 6, 28), date(2025, 7, 3))
STATE_YEAR = (date(2024, 12, 15), date(2025, 12, 14))
STATE_HALF = (date(2023, 12, 15), date(2024, 6, 14))  # 29 February lies in it
LEAP_MONTH = (date(2024, 2, 1), LEAP_DAY)
PERIODS = (AROUND_THE_MERGER, STATE_YEAR, STATE_HALF, LEAP_MONTH)
KINDS = ("encouragement", "review", "counselling_psychological", "counselling_vocational", "legal_aid", "paperwork")
PENALTIES = (("suspended_prison", 24), *(("prison", months) for months in (36, 60, 61, 180, 181)))
MOST_BY_NEGLIGENCE = 84  # months for a serious crime (Điều 9 BLHS); a longer term contradicts its class


@dataclass(frozen=True)
class Row:
    """A record of a person; a withdrawn one counts nowhere."""

    facts: tuple
    withdrawn: bool = False


def kept(rows):
    return [row.facts for row in rows if not row.withdrawn]


@dataclass(frozen=True)
class Judged:
    """A judgment; `law` says which offence it was for: one cleared by itself, by the court, or leaving no record."""

    penalty: tuple[str, int]
    law: str
    done_on: date | None
    settled: tuple[str, date | None] | None = None  # what else it ordered, and when that was done
    act_on: date = LONG_AGO


@dataclass
class Person:
    completed_on: date
    presented: date | None = None
    closed: date | None = None
    home: str = "left"
    moves: Sequence[tuple[date, str]] = ()
    contacts: Sequence[Row] = ()  # day, kind, paper, outcome
    crimes: Sequence[Row] = ()  # day of the act, class, stage
    jobs: Sequence[Row] = ()  # day of the referral, income; None where no job followed
    loans: Sequence[Row] = ()  # day it was paid out or None, amount
    trainings: Sequence[Row] = ()
    administrative: Sequence[Row] = ()
    assessments: Sequence[Row] = ()  # day, group, day from which it may be approved or None
    judgments: Sequence[Row] = ()
    evidence: Sequence[Row] = ()  # day, confirmed
    withdrawn: bool = False
    pk: int = 0

    @property
    def presented_on(self):
        return self.presented and max(self.presented, self.completed_on)

    @property
    def closed_on(self):
        return self.closed and max(self.closed, self.presented_on or self.completed_on)

    @cached_property
    def placements(self):
        """(since, until, unit): one after the other, the last without an end; of two moves on a day the later one."""
        starts = {self.completed_on: self.home}
        starts |= {day: unit for day, unit in self.moves if day > self.completed_on}
        begun = sorted(starts)
        ends = [day - ONE_DAY for day in begun[1:]] + [None]
        return [(since, until, starts[since]) for since, until in zip(begun, ends, strict=True)]

    def unit_on(self, day):
        """The unit that holds the person on a day."""
        return next((unit for since, _until, unit in reversed(self.placements) if since <= day), None)

    def is_open(self, day):
        opened = self.presented_on is not None and self.presented_on <= day
        return opened and (self.closed_on is None or day < self.closed_on)


@dataclass
class Meeting:
    on: date
    unit: str
    taken: bool
    present: list[bool]
    withdrawn: bool


@dataclass
class Register:
    first: date
    last: date
    people: list[Person]
    meetings: Sequence[Meeting] = ()


communes = st.sampled_from(["left", "right", "divided", "north", "south", "far"])
rarely = st.integers(0, 7).map(lambda number: number == 0)


def rows(*facts, most=3):
    return st.lists(st.builds(Row, st.tuples(*facts), withdrawn=rarely), max_size=most)


def days_around(first, last):
    """The days beside the edges of the period, beside 29 February and beside the merger."""
    edges = [first, last, *(day for day in (LEAP_DAY, MERGED) if first <= day <= last)]
    return st.sampled_from(sorted({edge + timedelta(days=number) for edge in edges for number in range(-2, 3)}))


def some_years_before(day, years):
    """The same day some years before, so that a period of years ends beside an edge."""
    return day.replace(year=day.year - years) if (day.month, day.day) != (2, 29) else date(day.year - years, 2, 28)


def judged(days):
    done = st.builds(some_years_before, days, st.sampled_from([1, 2, 3, 5]))
    settled = st.tuples(st.sampled_from(["done", "waived"]), days) | st.just(("open", None))
    law = st.sampled_from(["automatic", "automatic", "automatic", "court", "negligent"])
    judgments = st.builds(Judged, st.sampled_from(PENALTIES), law, rarely_nothing(done), st.none() | settled)
    return judgments.filter(lambda each: each.law != "negligent" or each.penalty[1] <= MOST_BY_NEGLIGENCE)


def rarely_nothing(strategy):
    return rarely.flatmap(lambda nothing: st.none() if nothing else strategy)


def people(days, before):
    stages = st.sampled_from(["reported", "charged", "prosecuted", "convicted"])
    papers, outcomes = st.sampled_from(["identity", "insurance", "other"]), st.sampled_from(["met", "family", "absent"])
    return st.builds(
        Person,
        completed_on=before | days,
        presented=rarely_nothing(before | days),
        closed=st.none() | st.none() | days,
        home=communes,
        moves=st.lists(st.tuples(days, communes), max_size=3),
        contacts=rows(days, st.sampled_from(KINDS), papers, outcomes),
        crimes=st.just([]) | rows(days, st.integers(1, 4), stages),
        jobs=rows(days, st.none() | st.integers(0, 9), st.booleans()),
        loans=rows(st.none() | days, st.integers(0, 9)),
        trainings=rows(days),
        administrative=rows(days),
        assessments=rows(days, st.sampled_from("ABCD"), st.none() | days),
        judgments=rows(judged(before | days), most=2),
        evidence=st.just([]) | rows(days, st.booleans(), most=1),
        withdrawn=rarely,
    )


def registers_of(period):
    days, before = days_around(*period), st.just(period[0] - timedelta(days=40))
    held = st.lists(st.booleans(), min_size=5, max_size=5)
    meetings = st.builds(Meeting, days, communes, st.booleans(), held, rarely)
    everybody = st.lists(people(days, before), max_size=5)
    return st.builds(Register, *map(st.just, period), everybody, st.lists(meetings, max_size=2))


registers = st.sampled_from(PERIODS).flatmap(registers_of)


def _on(*days, **more):
    return [Person(completed_on=day, presented=day, **more) for day in days]


def _served(done_on, **more):
    """A judgment cleared by itself two years after `done_on`."""
    return Row((Judged(("prison", 60), "automatic", done_on, **more),))


BEFORE_THE_YEAR, AFTER_THE_YEAR = date(2024, 12, 14), date(2025, 12, 15)
AT_THE_ENDS_OF_THE_YEAR = Register(
    *STATE_YEAR,
    [
        *_on(BEFORE_THE_YEAR, *STATE_YEAR, AFTER_THE_YEAR),
        *_on(BEFORE_THE_YEAR, closed=STATE_YEAR[0]),
        *_on(BEFORE_THE_YEAR, closed=STATE_YEAR[1], moves=[(MERGED, "north")]),
        *_on(BEFORE_THE_YEAR, closed=AFTER_THE_YEAR, moves=[(STATE_YEAR[1], "south")]),
    ],
)
ON_THE_LEAP_DAY = Register(
    *LEAP_MONTH,
    [
        *_on(LEAP_DAY, LEAP_DAY - ONE_DAY, LEAP_DAY + ONE_DAY, moves=[(LEAP_DAY, "right")]),
        *_on(LEAP_MONTH[0], closed=LEAP_DAY),
        *_on(LEAP_MONTH[0], closed=LEAP_DAY + ONE_DAY),
        # Two years after the 27th and the 28th: the first clean day is the 28th, then the 29th
        *(Person(LEAP_DAY, judgments=[_served(date(2022, 2, day))]) for day in (27, 28)),
    ],
)
IN_AND_OUT_ON_ONE_DAY = Register(
    *STATE_HALF,
    [
        *(
            Person(completed_on=day, presented=day, closed=day)
            for day in (STATE_HALF[0] - ONE_DAY, STATE_HALF[0], LEAP_DAY, STATE_HALF[1], STATE_HALF[1] + ONE_DAY)
        ),
        Person(completed_on=LEAP_DAY, closed=LEAP_DAY),
        Person(completed_on=STATE_HALF[0], presented=LEAP_DAY, closed=LEAP_DAY, moves=[(LEAP_DAY, "right")]),
    ],
)
LAST = STATE_YEAR[1]
CLEAN_ON_THE_LAST_DAY = _served(date(2023, 12, 13))
AROUND_THE_CLEAN_DAY = Register(
    *STATE_YEAR,
    [
        Person(BEFORE_THE_YEAR, home="north", **{"judgments": [CLEAN_ON_THE_LAST_DAY], **more})
        for more in (
            {},
            {"closed": LAST},
            {"closed": AFTER_THE_YEAR},
            {"evidence": [Row((LAST, True))]},
            {"evidence": [Row((LAST, False))]},
            {"evidence": [Row((AFTER_THE_YEAR, True))]},
            {"crimes": [Row((LAST - ONE_DAY, 1, "charged"))]},
            {"crimes": [Row((LAST, 1, "charged"))]},
            # What was done after the last day says nothing of the last day
            {"crimes": [Row((AFTER_THE_YEAR, 1, "convicted"))]},
            {"judgments": [CLEAN_ON_THE_LAST_DAY, _served(None, act_on=AFTER_THE_YEAR)]},
            {"judgments": [_served(LAST - timedelta(days=730))]},
        )
    ],
)
EDGES = (AT_THE_ENDS_OF_THE_YEAR, ON_THE_LEAP_DAY, IN_AND_OUT_ON_ONE_DAY, AROUND_THE_CLEAN_DAY)
