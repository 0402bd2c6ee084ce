"""Numbers as Vietnam writes them: 1.234.567,5."""

import re
from decimal import ROUND_HALF_UP, Decimal

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
