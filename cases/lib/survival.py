"""Counting what happens to people over time: survival among those still followed, and how far chance alone reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, log, sqrt

from cases.lib.dates import add_months

YEAR = 12
Z_95 = 1.959964  # of the normal distribution: 95 percent lie between -Z and Z
CHANCE = 0.002  # the share of units beyond the limits where they differ by chance alone: 2 of 1,000


@dataclass(frozen=True)
class SurvivalStep:
    """One month after release: who was still followed, how many fell, the share that has not fallen up to its end."""

    month: int
    at_risk: int
    events: int
    share: float

    @property
    def fallen(self) -> float:
        """The share that has fallen by its end, in hundredths."""
        return (1 - self.share) * 100


def whole_months(start: date, day: date) -> int:
    """Months fully over between two days; 31 January to 28 February is one. ValueError where `day` comes first."""
    if day < start:
        raise ValueError(f"{day} is before {start}")
    months = (day.year - start.year) * YEAR + day.month - start.month
    return months if add_months(start, months) <= day else months - 1


def last_month(months: int, fell: bool) -> int:
    """The last month in which somebody followed for so many whole months stood under risk."""
    return months + 1 if fell else months


def survival(followed: Iterable[tuple[int, bool]]) -> list[SurvivalStep]:
    """The share without an event, month by month (Kaplan–Meier, 1958), as long as somebody is followed.

    Each person is a number of whole months and whether an event ended them. An event after 11 months and 5 days counts
    in month 12; whoever was only watched for so long stands under risk in 11 whole months and in no twelfth.
    """
    people = list(followed)
    falls: dict[int, int] = {}
    ends: dict[int, int] = {}
    for months, fell in people:
        last = last_month(months, fell)
        ends[last] = ends.get(last, 0) + 1
        falls[last] = falls.get(last, 0) + fell
    steps, share, at_risk = [], 1.0, len(people) - ends.get(0, 0)
    for month in range(1, max(ends, default=0) + 1):
        events = falls.get(month, 0)
        share *= 1 - events / at_risk
        steps.append(SurvivalStep(month, at_risk, events, share))
        at_risk -= ends.get(month, 0)
    return steps


def chance_limits(people: int, rate: float, outside: float = CHANCE) -> tuple[int, int]:
    """The smallest and largest count that chance alone explains among `people` at `rate`, `outside` in all beyond them.

    Binomial, `outside` shared equally by both sides: 0.002 for the 99.8 % limits, which every page uses. ValueError
    where `rate` is no share.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"{rate} is no share")
    if people == 0 or rate in (0, 1):
        return round(people * rate), round(people * rate)
    below, low = 0.0, None
    for count in range(people + 1):
        below += _probability(count, people, rate)
        if low is None and below > outside / 2:
            low = count
        if below >= 1 - outside / 2:
            return low or 0, count
    return low or 0, people


def _probability(count: int, people: int, rate: float) -> float:
    ways = lgamma(people + 1) - lgamma(count + 1) - lgamma(people - count + 1)
    return exp(ways + count * log(rate) + (people - count) * log(1 - rate))


def least_share(part: int, whole: int) -> float:
    """The lower end of the share `part` of `whole` at 95 percent (Wilson, 1927); 0 of nobody.

    Of few it is low however high their share is: shares of large and small units can be put in one order by it.
    """
    if not whole:
        return 0.0
    share, square = part / whole, Z_95**2
    middle = share + square / (2 * whole)
    reach = Z_95 * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    return max(0.0, (middle - reach) / (1 + square / whole))
