"""One row of the workbook on its way in: as typed, as read, and what became of it."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from cases.importing.columns import Sheet
from cases.importing.log import ERROR, WARNING, Message
from cases.lib.text import excerpt

CREATE, CHANGE, SAME, BAD = "create", "change", "same", "error"
SHOWN = 60  # signs of a value that a message repeats


@dataclass(slots=True, eq=False)
class Row:
    """`cells`: what stands in the file, by field; `values`: what it means; `state` is settled by the checks."""

    sheet: Sheet
    number: int
    cells: dict[str, object]
    values: dict[str, object] = field(default_factory=dict)
    state: str = CREATE
    messages: list[Message] = field(default_factory=list)
    key: str = ""
    about: object = None  # what the checks found out for the load

    def __getitem__(self, name: str):
        return self.values.get(name)

    @property
    def bad(self) -> bool:
        return self.state == BAD

    def error(self, name: str, text: str) -> None:
        self.state = BAD
        self._say(ERROR, name, text)

    def warn(self, name: str, text: str) -> None:
        self._say(WARNING, name, text)

    def _say(self, level: str, name: str, text: str) -> None:
        column = self.sheet.by_field[name].header
        shown = excerpt(as_text(self.cells.get(name)), SHOWN)
        self.messages.append(Message(level, self.sheet.name, self.number, column, shown, text))


def as_text(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def digest(*parts: object) -> str:
    """A short name of values that are the same, however they were typed."""
    plain = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(plain.encode(), digest_size=16).hexdigest()
