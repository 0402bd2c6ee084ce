"""Whose rows the statements of this moment reach: what the pages tell PostgreSQL, which holds every statement to it.

A page never works with the rights of the owner of the tables. It begins with nothing, then has the rows of its user;
what asks beyond says so here, with the reason. Commands, migrations and the work of the night are the owner's.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property


@dataclass(frozen=True)
class RowScope:
    """The units whose rows are reached, the people reached beside them, and whose own rows; or the whole country."""

    units: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    reader: int = 0
    country: bool = False

    @cached_property
    def statement(self) -> str:
        """What is sent in front of a statement, as the functions of the database read it (models/row_rules.py).

        It ends with the transaction, on whichever connection of a pool.
        """
        told = (f"{self.reader:d}", "on" if self.country else "off", _listed(self.units), _listed(self.people))
        return f"SET LOCAL cases.scope='{';'.join(told)}';"


def _listed(ids: Iterable[int]) -> str:
    return "{" + ",".join(str(int(each)) for each in ids) + "}"


NOTHING = RowScope()
COUNTRY = RowScope(country=True)


class UserRows:
    """The scope of a signed-in user, found out with the first statement that asks for a row about somebody."""

    def __init__(self, find: Callable[[], RowScope]) -> None:
        self.find = find
        self.found: RowScope | None = None

    def read(self) -> RowScope:
        if self.found is None:
            with as_owner():
                self.found = self.find()
        return self.found


_now: ContextVar[RowScope | UserRows | None] = ContextVar("row_scope", default=None)


def is_limited() -> bool:
    """Whether statements go to the database with the rights of a page; else they are the owner's."""
    return _now.get() is not None


def scope_for(*, about_people: bool) -> RowScope | None:
    """The scope for one statement, None for the owner's; a user's is found out where it is `about_people` alone."""
    current = _now.get()
    if isinstance(current, UserRows):
        return current.read() if about_people else NOTHING
    return current


@contextmanager
def limit_to(scope: RowScope | UserRows | None) -> Iterator[None]:
    """What follows reaches the rows of `scope`."""
    token = _now.set(scope)
    try:
        yield
    finally:
        _now.reset(token)


@contextmanager
def as_owner() -> Iterator[None]:
    """What follows has the rights of the owner of the tables: work of the system, or how a user's scope is found."""
    with limit_to(None):
        yield


@contextmanager
def beyond(reason: str) -> Iterator[None]:
    """What follows reaches the whole country, where it is the product that looks further than its user: say why.

    Nothing where no page is at work. Every place is in a list of tests/test_row_rules.py.
    """
    current = _now.get()
    if current is None or not reason:
        yield
        return
    reader = current.found.reader if isinstance(current, UserRows) and current.found else 0
    with limit_to(replace(COUNTRY, reader=reader)):
        yield
