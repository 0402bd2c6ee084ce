"""Counting days the one way this project counts them (Điều 147, 148 Bộ luật Dân sự); never moved for holidays."""

from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def add_months(day: date, months: int) -> date:
    """Return the same day-number `months` later, or the last day of that month where it has no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month0 + 1, day.day)
    last = 29 if month0 == 1 and isleap(year) else MONTH_LENGTHS[month0]
    return date(year, month0 + 1, min(day.day, last))


def day_after_months(day: date, months: int) -> date:
    """Return the first day on which a period of `months` that began on `day` is over."""
    return add_months(day, months) + ONE_DAY


def age_on(born_on: date, day: date) -> int:
    """Return the full years lived; somebody born on 29 February comes of age on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@lru_cache(maxsize=4096)
def written(day: date) -> str:
    """Return the day as it is written in Vietnamese papers: 05/01/2022."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
