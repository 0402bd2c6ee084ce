"""The first day of the lunar new year (Tết Nguyên đán), as the Vietnamese calendar fixes it for each year."""

from datetime import date

FIRST_DAYS = (
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 2),
    date(2031, 1, 23),
    date(2032, 2, 11),
    date(2033, 1, 31),
    date(2034, 2, 19),
    date(2035, 2, 8),
    date(2036, 1, 28),
)


def next_tet(on: date) -> date | None:
    """The first day of Tết after `on`; None once the table has ended."""
    return next((day for day in FIRST_DAYS if day > on), None)
