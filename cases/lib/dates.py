"""Days of the calendar. "Today" is always an argument; both ends of a range are inclusive; an open end is None."""

import re
import unicodedata
from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import total_ordering
from zoneinfo import ZoneInfo

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
YEARS = range(1900, 2101)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SLIP = timedelta(minutes=1)  # programs that write 23:59:12 for midnight lose less than this
_DAY = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{1,2})-(\d{1,2})-(\d{4})|(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{2})(\d{2})(\d{4})"
)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_IN_WORDS = re.compile(
    r"(?:(?:ng[àa]y\s*)?(?P<day>\d{1,2})\s*)?th[áa]ng\s*(?P<month>\d{1,2})\s*(?:[/.,-]|,?\s*n[ăa]m)\s*(?P<year>\d{4})"
    r"|ng[àa]y\s*(?P<rest>\d[\d/.-]+\d)|n[ăa]m\s*(?P<alone>\d{4})",
    re.IGNORECASE,
)


class YearError(ValueError):
    """The text is a day, but of a year nobody alive can mean; `year` as it was written."""

    def __init__(self, year: str) -> None:
        super().__init__(f"year out of range: {year}")
        self.year = year


def add_months(day: date, months: int) -> date:
    """The same day-number `months` later (or earlier, below 0), or the month's last day where it has no such number.

    So counts Điều 148 khoản 3 Bộ luật Dân sự.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month0 + 1, day.day)
    return date(year, month0 + 1, min(day.day, _month_length(year, month0)))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=_month_length(day.year, day.month - 1))


def _month_length(year: int, month0: int) -> int:
    return 29 if month0 == 1 and isleap(year) else MONTH_LENGTHS[month0]


def age_on(born: date, on: date) -> int:
    """Full years lived on `on`, below 0 before birth; whoever is born on 29 February grows older on 1 March elsewhere.

    A year that has no such day is over at the end of the month (Điều 147, 148 Bộ luật Dân sự): of two readings the
    later day, which leaves a young person young.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def parse_day(text: str) -> date:
    """The day written as d/m/yyyy, d-m-yyyy, d.m.yyyy, ddmmyyyy, yyyy-mm-dd or "ngày d tháng m năm yyyy"; ValueError on
    all else, as YearError where only the year cannot be.

    Years from 1900 to 2100 with four digits: a two-digit year is not guessed at.
    """
    text = _in_figures(text)
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY.fullmatch(text):
        day, month, year = [part for part in found.groups() if part]
    else:
        raise ValueError(f"not a day: {text!r}")
    return checked_day(year, month, day)


def _in_figures(text: str) -> str:
    """What a paper writes in words, "ngày 1 tháng 8 năm 2025." or "tháng 8/2025", as figures; other text as it is."""
    text = unicodedata.normalize("NFC", text).strip()
    found = _IN_WORDS.fullmatch(text.removesuffix("."))
    if not found:
        return text
    parts = (found["day"], found["month"], found["year"])
    return found["rest"] or found["alone"] or "/".join(part for part in parts if part)


def checked_day(year: str, month: str = "1", day: str = "1") -> date:
    """The day of these numbers; YearError for a year outside 1900 to 2100, ValueError where there is no such day."""
    if int(year) not in YEARS:
        date(2000 if year == "0000" else int(year), int(month), int(day))
        raise YearError(year)
    return date(int(year), int(month), int(day))


def parse_moment(text: str) -> datetime:
    """A day of `parse_day` and a time of the clock after a space or T, as programs write them; ValueError on all else.

    An offset or Z behind the time stays with it.
    """
    day, _sign, clock = text.strip().replace("T", " ", 1).partition(" ")
    return datetime.combine(parse_day(day), time.fromisoformat(clock.strip()))


def days_meant(moment: datetime) -> tuple[date, date]:
    """The day that stands in a moment as a program wrote it, and the day it then is in Vietnam.

    Without an offset it is read as universal time: a program that keeps midnight of this time zone so writes 17:00 of
    the day before.
    """
    whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    here = (whole + SLIP).astimezone(HERE)
    return date(moment.year, moment.month, moment.day), date(here.year, here.month, here.day)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A day, or only its month and year, or only its year, as birth dates are known. Sorts with the vaguer first."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        checked_day(f"{self.year:04d}", str(self.month or 1), str(self.day or 1))

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """From "1970", "5/1970", "05-1970", "1970-05", "tháng 5 năm 1970" or any form of `parse_day`; ValueError on
        all else.
        """
        text = _in_figures(text)
        if _YEAR.fullmatch(text):
            return cls(int(text))
        if found := _ISO_MONTH.fullmatch(text):
            return cls(int(found[1]), int(found[2]))
        if found := _MONTH.fullmatch(text):
            return cls(int(found[2]), int(found[1]))
        return cls.from_date(parse_day(text))

    @classmethod
    def from_storage(cls, text: str) -> "PartialDate":
        """From the stored "1970", "1970-05" or "1970-05-12"; ValueError on all else."""
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise ValueError(f"not a stored date: {text!r}")
        return cls(*[int(part) for part in text.split("-")])

    @classmethod
    def from_date(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def storage(self) -> str:
        """The ISO beginning: "1970", "1970-05" or "1970-05-12". As text it sorts like the dates."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def is_full(self) -> bool:
        return self.day is not None

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        if self.day is not None:
            return self.earliest
        return month_end(date(self.year, self.month or 12, 1))

    def __lt__(self, other: object) -> bool:
        return self.storage < other.storage if isinstance(other, PartialDate) else NotImplemented

    def __str__(self) -> str:
        return "/".join(reversed(self.storage.split("-")))
