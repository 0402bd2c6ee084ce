"""How large the nation is, and what of it stays the same at every size, so that growth can be measured."""

from dataclasses import dataclass
from datetime import date, timedelta

YEARS = 10
MEDIAN_PEOPLE = 110  # whom the median commune ever had, at every size of the nation: about 52 are under care today
LARGEST_SHARE = 0.0116  # of everybody: about 3,000 under care in one commune where 550,000 people are on file
FEWEST = 600  # below that the two communes that are measured would be the whole nation


@dataclass(frozen=True)
class NationSize:
    """`activities` is what is aimed at: each person gets a share by the days of care, and at least one."""

    people: int
    activities: int
    seed: int
    today: date

    @property
    def largest_people(self) -> int:
        return max(round(self.people * LARGEST_SHARE), 2 * MEDIAN_PEOPLE)

    def days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)
