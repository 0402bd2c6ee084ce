"""The end of a period of the law (Điều 147, 148 Bộ luật Dân sự), never moved for holidays; months: `lib.dates`."""

from datetime import date, timedelta
from functools import lru_cache

from cases.lib.dates import add_months

ONE_DAY = timedelta(days=1)


def day_after_months(day: date, months: int) -> date:
    """Return the first day on which a period of `months` that began on `day` is over."""
    return add_months(day, months) + ONE_DAY


@lru_cache(maxsize=4096)
def day_text(day: date) -> str:
    """Return the day as it is written in Vietnamese papers: 05/01/2022."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
