"""What may be unknown, in a place where an earlier check has made sure that it is known."""

from typing import TypeVar

T = TypeVar("T")


def require(value: T | None) -> T:
    """Return a value that was asked for before anything was counted with it.

    Raises LookupError where it is None: then a check is missing, and nothing may be built on the gap.
    """
    if value is None:
        raise LookupError("A value is counted with that no check has asked for.")
    return value
