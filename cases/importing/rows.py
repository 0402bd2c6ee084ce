"""One row of the workbook on its way in: as typed, as read, and what became of it."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from cases.importing.columns import RegisterSheet
from cases.importing.log import ERROR, WARNING, ImportMessage
from cases.lib.text import excerpt

CREATE, CHANGE, SAME, BAD = "create", "change", "same", "error"
HEIR, EARLIER, TIME, SWAP = "heir", "earlier", "time", "swap"  # what an importer is asked about a row
LETTERS, NAMES = "letters", "names"  # the same: old letters to convert, words that are no name
CELL = "cell:"  # begins the question what a cell of the column behind it is to say
SAME_ROW, OTHER_ROW = "same", "another"  # answers to EARLIER
CELL_DAY, MEANT_DAY, SWAPPED_DAY = "cell", "meant", "swapped"  # answers to TIME and SWAP
CONVERTED, AS_TYPED = "converted", "typed"  # answers to LETTERS and NAMES
QUESTIONS = {
    HEIR: (),
    EARLIER: (SAME_ROW, OTHER_ROW),
    TIME: (CELL_DAY, MEANT_DAY),
    SWAP: (CELL_DAY, SWAPPED_DAY),
    LETTERS: (CONVERTED, AS_TYPED),
    NAMES: (CONVERTED, AS_TYPED),
}  # answers that fit every row
Change = tuple[str, str, str]  # what, as it is, as it would be
SHOWN = 60  # signs of a value that a message repeats


ABSENT = object()


class UnworkedFormula:
    """A formula whose result the file does not hold."""

    def __str__(self) -> str:
        return "="


UNWORKED = UnworkedFormula()


class CellError(ValueError):
    """The words say what was expected."""


class Cells(MutableMapping[str, Any]):
    """What the columns of a sheet hold in one row, by field; a hundred thousand dicts would take twice the memory."""

    __slots__ = ("kept", "places")

    def __init__(self, sheet: RegisterSheet, found: Mapping[str, object] = MappingProxyType({})) -> None:
        self.places = sheet.places
        self.kept = [found.get(name, ABSENT) for name in self.places]

    def __getitem__(self, name: str) -> Any:
        value = self.kept[self.places[name]]
        if value is ABSENT:
            raise KeyError(name)
        return value

    def __setitem__(self, name: str, value: object) -> None:
        self.kept[self.places[name]] = value

    def __delitem__(self, name: str) -> None:
        self[name] = ABSENT

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in zip(self.places, self.kept, strict=True) if value is not ABSENT)

    def __len__(self) -> int:
        return len(self.kept) - self.kept.count(ABSENT)


@dataclass(slots=True, eq=False)
class RegisterRow:
    """`cells`: what stands in the file, by field; `values`: what it means; `state` is settled by the checks."""

    sheet: RegisterSheet
    number: int
    cells: Mapping[str, object]
    values: Cells = field(init=False)
    state: str = CREATE
    messages: list[ImportMessage] = field(default_factory=list)
    key: str = ""
    about: Any = None  # what the checks of its sheet found out for the load; each sheet has a kind of its own
    answers: dict[str, str] = field(default_factory=dict)  # of the importer, by question
    asked: dict[str, list[list[str]]] | None = None  # questions without an answer: code and words of each choice
    target: Any = None  # the record that stands already, of the kind of its sheet
    sets: dict[str, Any] | None = None  # its fields that get another value
    changes: list[Change] | None = None  # the same in words
    beside: dict[str, Any] | None = None  # what cells say of other columns, by field
    swapped: frozenset[str] = frozenset()  # columns of which the dates may have day and month the wrong way round

    def __post_init__(self) -> None:
        self.values = Cells(self.sheet)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def bad(self) -> bool:
        return self.state == BAD

    @property
    def content_key(self) -> str:
        """What tells the row from every other of its sheet: the columns there were at first, and what later ones say.

        A later column that says nothing does not count, nor does an empty one beyond the template: a row that was
        loaded before there was such a column is still known.
        """
        first, later, beyond = self.sheet.told
        told = [value for name in first if (value := self[name]) is not None or name not in beyond]
        return digest(*told, *[f"{name}={value}" for name in later if (value := self[name]) is not None])

    def error(self, name: str, text: str) -> None:
        self.state = BAD
        self._say(ERROR, name, text)

    def ask(self, question: str, choices: list[list[str]], name: str, text: str) -> None:
        """Let the importer choose; until then the row is not loaded."""
        self.offer(question, choices)
        self.error(name, text)

    def offer(self, question: str, choices: list[list[str]]) -> None:
        """Let the importer choose; the row is loaded as it stands where nothing is chosen."""
        self.asked = {**(self.asked or {}), question: choices}

    def take_back(self, question: str, name: str) -> None:
        """Ask no more what the register knows already, and forget what was said of it at the field `name`."""
        self.asked = {each: choices for each, choices in (self.asked or {}).items() if each != question}
        header = self.sheet.by_field[name].header
        self.messages = [said for said in self.messages if said.column != header]
        if not any(said.level == ERROR for said in self.messages):
            self.state = CREATE

    def hold(self, name: str, value: Any) -> None:
        """Keep for another column of the row what a cell says of it."""
        if name in self.sheet.by_field and value not in (None, ""):
            self.beside = {**(self.beside or {}), name: value}

    def note(self, name: str, text: str) -> None:
        """Keep in the note what the column of a cell has no place for."""
        held = (self.beside or {}).get("note")
        self.hold("note", "; ".join(filter(None, (held, f"{self.sheet.by_field[name].header}: {text}"))))

    def warn(self, name: str, text: str) -> None:
        self._say(WARNING, name, text)

    def _say(self, level: str, name: str, text: str) -> None:
        column = self.sheet.by_field[name].header
        shown = excerpt(as_text(self.cells.get(name)), SHOWN)
        self.messages.append(ImportMessage(level, self.sheet.name, self.number, column, shown, text))


def as_text(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%d/%m/%Y %H:%M:%S}".removesuffix(":00")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def digest(*parts: object) -> str:
    """A short name of values that are the same, however they were typed."""
    plain = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(plain.encode(), digest_size=16).hexdigest()
