"""Cells as people fill them in by hand: what says nothing, short years, several numbers in one cell."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from cases.lib import identity
from cases.lib.dates import YEARS, PartialDate, checked_day
from cases.lib.text import clean, fold

_NOTHING = frozenset(
    "khong|khong co|ko|ko co|k|k co|chua|chua co|chua ro|khong ro|ko ro|khong biet|chua biet|chua trinh dien|"
    "chua cap|chua lam|chua xac dinh|khong xac dinh|chua cap nhat|n/a|none|null|"
    "that nghiep|chua co viec lam|khong co viec lam|khong viec lam|chua co viec|khong nghe nghiep".split("|")
)
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})|(\d{2})(\d{2})(\d{2})", re.ASCII)
_SHORT_MONTH = re.compile(r"(?:(\d{1,2})[/.-])?(\d{2})", re.ASCII)
BIRTHS = (date(1912, 1, 1), date(2012, 12, 31))  # who was released and may live
_SERIALS = (date(1905, 4, 3), date(1905, 7, 22))  # 1920 to 2030 as the days of a spreadsheet
_SHOWN_ROUNDED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_BETWEEN = re.compile(r"[/;,|&\n]|\bvà\b|\s-\s|(?<=\d{9})[-\s]+(?=\+?[08]\d{2})")
_BEHIND_A_DAY = re.compile(
    r"(?:ngày\s*)?(?P<day>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{4})(?P<words>(?!\w|\s*[/.-]\s*\d).+)",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(r"\d{4}|\d\s*[/.-]\s*\d")
_DOUBT = re.compile(r"\b(?:du kien|khoang|truoc|sau|den|chua|khong|gan|hoac|hay)\b|\?")
_BORN = re.compile(r"^(?:sn|s/n|sinh(?:\s+(?:năm|ngày))?|năm\s+sinh|ngày\s+sinh)\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_NO_PART = r"(?:0{1,2}|[-–—.…?_xX*]{1,3})"
_NO_DAY = re.compile(rf"{_NO_PART}\s*[/.-]\s*(?:{_NO_PART}|(?P<month>\d{{1,2}}))\s*[/.-]\s*(?P<year>\d{{4}})")
_NUMBER = re.compile(r"(?:\+|\b)[\dOo](?:[\dOo.\-\s()]{6,18})[\dOo]|\(0\d{2,3}\)[\d.\-\s]{5,10}")
_LABEL = re.compile(
    r"^(?:số)?\s*(?:cccd|cmnd|cmt|căn cước|định danh|đt|sđt|sdt|tel|điện thoại)?\s*[:.]?\s*(?=[\dOo+(])", re.IGNORECASE
)
# The mobile numbers of 11 digits became numbers of 10 in 2018; source: decision 798/QĐ-BTTTT of 2018.
_SHORTENED = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084",
    "0125": "085", "0127": "081", "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035",
    "0166": "036", "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: "-", "không có", "chưa có", "…", "chưa trình diện"."""
    plain = fold(clean(text)).strip(" .…-–—_/:()")
    return not plain or plain in _NOTHING or not any(sign.isalnum() for sign in plain)


def parse_short_day(text: str, *, latest: date = date.max, earliest: date = date.min) -> list[date]:
    """The days that "01/9/25" or "010925" can mean between two days, both inclusive: none, one, or two a century apart.

    ValueError where the text is no day with a year of two digits.
    """
    found = _SHORT.fullmatch(clean(text).strip())
    if not found:
        raise ValueError(f"not a day with a short year: {text!r}")
    day, month, year = [part for part in found.groups() if part]
    days = list(_of_both_centuries(year, month, day))
    if not days:
        raise ValueError(f"no such day in any year: {text!r}")
    return [day for day in days if earliest <= day <= latest]


def _of_both_centuries(year: str, month: str = "1", day: str = "1") -> Iterator[date]:
    for century in ("19", "20"):
        with suppress(ValueError):  # 29/02/00 is a day of 2000 alone
            yield checked_day(f"{century}{year}", month, day)


def parse_short_birth(text: str) -> list[PartialDate]:
    """The births within BIRTHS that "1/2/85", "010285", "2/85" or "85" can mean; ValueError on all else."""
    found = _SHORT_MONTH.fullmatch(clean(text).strip())
    if not found:
        return [PartialDate.from_date(day) for day in parse_short_day(text, earliest=BIRTHS[0], latest=BIRTHS[1])]
    month, year = found.groups()
    firsts = list(_of_both_centuries(year, month or "1"))
    if not firsts:
        raise ValueError(f"no such month: {text!r}")
    known = [PartialDate(first.year, first.month if month else None) for first in firsts]
    return [born for born in known if born.earliest >= BIRTHS[0] and born.latest <= BIRTHS[1]]


def split_day(text: str) -> tuple[str, str]:
    """A whole day or a year, and the words that stand behind it: "01/9/2025 (đặc xá)"; ValueError on all else.

    Words that make the day doubtful ("dự kiến"), and a second day or year, are not parted from it.
    """
    found = _BEHIND_A_DAY.fullmatch(clean(text).strip())
    if not found or _OTHER_DAY.search(found["words"]) or _DOUBT.search(fold(found["words"])):
        raise ValueError(f"not a day with words behind it: {text!r}")
    return re.sub(r"\s", "", found["day"]), found["words"].strip(" .,;:-–()[]")


def tidy_birth(text: str) -> str:
    """A birth without "sn" before it and without the parts that say nothing: "0/0/1985" and "…/5/1985"."""
    plain = _BORN.sub("", clean(text).strip())
    if found := _NO_DAY.fullmatch(plain):
        return "/".join(part for part in (found["month"], found["year"]) if part)
    return plain


def year_in_date_cell(day: date) -> int | None:
    """The year that was typed into a cell formatted as a date, which made a day of 1905 of it; None for other days."""
    if not _SERIALS[0] <= day <= _SERIALS[1]:
        return None
    return (day - date(1899, 12, 30)).days


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has rounded a long number away: "6.70850E+10"."""
    return _SHOWN_ROUNDED.fullmatch(clean(text).strip()) is not None


def tidy_digits(text: str) -> str:
    """The digits of a number without a leading apostrophe, words before it, ".0" behind it, and O typed for 0."""
    plain = clean(text).strip().strip("'’‘`").strip()
    plain = _LABEL.sub("", plain)
    plain = re.sub(r"^(\d{5,})\.0+$", r"\1", plain)
    return re.sub(r"(?<=[\d])[Oo]+|^[Oo](?=\d)", lambda found: "0" * len(found[0]), plain)


def phones(text: str) -> tuple[list[str], str]:
    """Every phone number in a cell in its domestic form of today, and what else is written there.

    A number of 11 digits from before 2018 comes in its present form; a lost leading zero is put back.
    """
    found: list[str] = []
    rest = clean(text)
    for part in _BETWEEN.split(rest):
        words = part
        for number in _NUMBER.findall(part) or [part]:
            if digits := _phone(number):
                found.append(digits)
                words = words.replace(number, " ")
        rest = rest.replace(part, words, 1)
    return list(dict.fromkeys(found)), " ".join(re.sub(r"[/;,|&]", " ", rest).split()).strip("()- .'")


def _phone(text: str) -> str:
    digits = identity.tidy(tidy_digits(text))
    shortened = _SHORTENED.get(digits[:4])
    tries = [shortened + digits[4:]] if shortened and len(digits) == 11 else [digits, f"0{digits}"]
    for each in tries:
        try:
            return identity.phone(each)
        except ValueError:
            continue
    return ""


def is_year(text: str) -> bool:
    """Whether a cell holds a year alone."""
    plain = clean(text).strip()
    return plain.isascii() and plain.isdecimal() and len(plain) == 4 and int(plain) in YEARS
