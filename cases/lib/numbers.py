"""Numbers as Vietnam writes them: 1.234.567,5."""

import re
from decimal import ROUND_HALF_UP, Decimal

from cases.lib.text import fold

_UNITS = {"k": 3, "nghin": 3, "ngan": 3, "tr": 6, "trieu": 6, "ty": 9, "ti": 9}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_SUM = re.compile(rf"([\d. ]*\d(?:,\d+)?) ?({_UNIT})(?: ?(\d{{1,3}}))?", re.ASCII)
_CURRENCY = re.compile(r" ?(dong|vnd|d)\.?$")
_POINT = re.compile(r"\d+\.\d{1,2}", re.ASCII)  # too few digits for a dot between thousands
_KEY = re.compile(r"[0-9]{1,18}")
_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?", re.ASCII)


COUNTED = 1000


class CappedCount(int):
    """A number of rows that was counted no further than one beyond COUNTED; so many are shown as "1.000+"."""

    def __str__(self) -> str:
        return f"{group(COUNTED)}+" if self > COUNTED else group(int(self))


def group(value: int | float | Decimal | str, decimals: int | None = None) -> str:
    """Dots between thousands and a decimal comma: 1234567.5 is "1.234.567,5".

    `decimals` rounds half up to so many digits; without it the digits stay as they are. Text must be a plain number
    ("1234567.5"); anything else raises decimal.InvalidOperation.
    """
    if isinstance(value, CappedCount):
        return str(value)
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def parse_number(text: str) -> Decimal:
    """The value of "5.000.000", "5 000 000", "1.234,5" or "12,5"; ValueError on all else, also on "1.5" and "12.34".

    A dot only ever parts thousands: what could be read in two ways is refused, never guessed.
    """
    found = _GROUPED.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a number: {text!r}")
    sign, whole, fraction = found.groups()
    digits = re.sub(r"[^0-9]", "", whole)
    return Decimal(f"{sign}{digits}.{fraction}" if fraction else f"{sign}{digits}")


def parse_whole(text: str) -> int:
    """The whole number in `text`, with or without thousands dots; ValueError on all else."""
    number = parse_number(text)
    if number != number.to_integral_value():
        raise ValueError(f"not a whole number: {text!r}")
    return int(number)


def parse_key(text: str) -> int | None:
    """The number of a row as an address or a form carries it; None where the text can be the number of none.

    At most 18 ASCII digits: what the key of a table holds on every engine, and far below what Python refuses to read.
    """
    return int(text) if _KEY.fullmatch(text) else None


def parse_sum(text: str) -> int:
    """Whole đồng as people write them: "5.000.000", "5.000.000 đ", "5tr", "1,5 triệu", "1tr5", "50k", "2 tỷ".

    ValueError on all else, also where it reads in two ways ("1.5", "1.500 triệu").
    """
    typed = _CURRENCY.sub("", " ".join(fold(text).split()))
    found = _SUM.fullmatch(typed)
    if not found:
        return parse_whole(typed)
    whole, unit, rest = found.groups()
    if _POINT.fullmatch(whole):
        whole = whole.replace(".", ",")
    if rest and not whole.isdecimal() or "." in whole:
        raise ValueError(f"reads in two ways: {text!r}")
    value = parse_number(f"{whole},{rest}" if rest else whole).scaleb(_UNITS[unit])
    if value != value.to_integral_value():
        raise ValueError(f"less than a đồng: {text!r}")
    return int(value)
