"""The file format of the clean_record command, read strictly: what cannot be read is named, never guessed."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar

from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    ConvictionFacts,
    DoneHow,
    Fault,
    Identifier,
    ObligationFacts,
    ObligationKind,
    ObligationState,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
    Problem,
)

YEARS = (1900, 2100)
E = TypeVar("E", bound=Enum)
T = TypeVar("T")


class Fields:
    """One object of the file: takes fields by name, answers None for what is absent or wrong, notes what is wrong."""

    def __init__(self, raw: Any, place: str, problems: list[Problem]) -> None:
        self.place, self.problems = place, problems
        self.raw = raw if isinstance(raw, dict) else {}
        if self.raw is not raw:
            problems.append(Problem(place or "case", raw, "cần một đối tượng JSON {…}"))

    def path(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def _refuse(self, name: str, expected: str) -> None:
        self.problems.append(Problem(self.path(name), self.raw[name], expected))

    def day(self, name: str) -> date | None:
        value = self.raw.get(name)
        if value is None:
            return None
        day = day_of(value) if isinstance(value, str) else None
        if day is None:
            self._refuse(name, f"cần ngày dạng YYYY-MM-DD, năm {YEARS[0]} đến {YEARS[1]}")
        return day

    def days(self, name: str) -> tuple[date, ...]:
        value = self.raw.get(name)
        if value is None:
            return ()
        given = value if isinstance(value, list) else []
        days = [day for each in given if isinstance(each, str) and (day := day_of(each))]
        if given is not value or len(days) < len(given):
            self._refuse(name, "cần danh sách ngày dạng YYYY-MM-DD")
            return ()
        return tuple(days)

    def choice(self, name: str, kind: type[E]) -> E | None:
        value = self.raw.get(name)
        if value is None:
            return None
        known = _members(kind)
        if type(value) in (str, int) and value in known:  # True is no 1
            return known[value]
        self._refuse(name, "cần một trong: " + ", ".join(map(str, known)))
        return None

    def number(self, name: str) -> int | None:
        value = self.raw.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._refuse(name, "cần số nguyên")
        return None

    def article(self) -> int | str | None:
        if isinstance(self.raw.get("article"), str):
            return self.raw["article"]
        return self.number("article")

    def text(self, name: str) -> str | None:
        value = self.raw.get(name)
        if value is None or isinstance(value, str):
            return value
        self._refuse(name, "cần chữ")
        return None

    def flag(self, name: str) -> bool:
        value = self.raw.get(name)
        if value is not None and not isinstance(value, bool):
            self._refuse(name, "cần true hoặc false")
        return value is True

    def rows(self, name: str, read: Callable[["Fields"], T]) -> tuple[T, ...] | None:
        value = self.raw.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            self._refuse(name, "cần danh sách […]")
            return None
        place, problems = self.path(name), self.problems
        return tuple([read(Fields(each, f"{place}[{number}]", problems)) for number, each in enumerate(value)])


@cache
def _members(kind: type[E]) -> dict[str | int, E]:
    return {each.value: each for each in kind}


@lru_cache(maxsize=16384)
def day_of(value: str) -> date | None:
    """Return the day written YYYY-MM-DD, None for any other spelling and outside the years 1900 to 2100."""
    if len(value) != 10 or value[4] != "-" or value[7] != "-":
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if YEARS[0] <= day.year <= YEARS[1] else None


def identifier(value: Any) -> Identifier | None:
    """Return an id as given where it is text or a number, else None."""
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def read_case(raw: Any) -> CaseFacts:
    """Return the facts of one case of the file.

    A field that is absent or null becomes None. A field that cannot be read becomes None too and is listed in
    `unreadable` with its path, its value and what was expected; a verdict on such a case is `incomplete`.
    """
    problems: list[Problem] = []
    fields = Fields(raw, "", problems)
    return CaseFacts(
        id=identifier(fields.raw.get("id")),
        born_on=fields.day("born_on"),
        convictions=_convictions(fields),
        investigated_on=tuple(filter(None, [fields.day("open_investigation_act_on")])),
        unreadable=tuple(problems),
    )


def _convictions(case: Fields) -> tuple[ConvictionFacts, ...] | None:
    rows = case.rows("convictions", lambda row: row)
    if rows is None:
        return None
    return tuple(_conviction(row, number) for number, row in enumerate(rows, start=1))


def _conviction(row: Fields, number: int) -> ConvictionFacts:
    name = identifier(row.raw.get("id"))
    name = number if name is None else name
    row.place = f"convictions[{name}]"
    return ConvictionFacts(
        id=name,
        offences=row.rows("offences", _offence),
        main_penalty=_main_penalty(row),
        effective_on=row.day("effective_on"),
        main_done_on=row.day("main_done_on"),
        main_done_how=row.choice("main_done_how", DoneHow),
        additional=row.rows("additional", _additional),
        obligations=row.rows("obligations", _obligation),
        court_decision_on=row.day("court_decision_on"),
        court_rejected_on=row.days("court_rejected_on"),
        exempt=row.flag("exempt"),
        general=row.flag("general_penalty"),
        foreign=row.flag("foreign_court"),
    )


def _offence(row: Fields) -> OffenceFacts:
    return OffenceFacts(
        article=row.article(),
        clause=row.number("clause"),
        chapter=row.text("chapter"),
        fault=row.choice("fault", Fault),
        severity=row.choice("severity", OffenceClass),
        act_on=row.day("act_on"),
    )


def _main_penalty(conviction: Fields) -> PenaltyFacts | None:
    raw = conviction.raw.get("main_penalty")
    if raw is None:
        return None
    row = Fields(raw, conviction.path("main_penalty"), conviction.problems)
    return PenaltyFacts(kind=row.choice("kind", PenaltyKind), months=row.number("months"))


def _additional(row: Fields) -> AdditionalFacts:
    return AdditionalFacts(kind=row.choice("kind", AdditionalKind), done_on=row.day("done_on"))


def _obligation(row: Fields) -> ObligationFacts:
    return ObligationFacts(
        kind=row.choice("kind", ObligationKind),
        state=row.choice("state", ObligationState),
        done_on=row.day("done_on"),
    )
