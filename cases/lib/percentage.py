"""Percentages, and the one rule of when there are people enough to make one of."""

from decimal import ROUND_HALF_UP, Decimal

ENOUGH = 20  # of fewer there are counts and no percentage: one case more would turn it round

Number = int | Decimal


def is_enough(number: Number | float | None) -> bool:
    """Whether a percentage may be shown of so many people or events; of an unknown number it may not."""
    return number is not None and number >= ENOUGH


def percent(part: Number, whole: Number, step: str = "0.01") -> Decimal | None:
    """`part` of `whole` in hundredths, rounded half up to `step`; None of nothing. To be kept, not to be shown."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal(step), ROUND_HALF_UP)


def rate(part: Number, whole: Number, among: Number | None = None, step: str = "0.01") -> Decimal | None:
    """The percentage to be shown: None unless `whole`, or `among` where the people are counted apart, is enough."""
    return percent(part, whole, step) if is_enough(whole if among is None else among) else None
