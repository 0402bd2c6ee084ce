"""What was found in a workbook: each message names sheet, row, column, the value and what was expected."""

from dataclasses import asdict, dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class ImportMessage:
    """`row` is the number Excel shows, 0 where the whole sheet or file is meant; `text` is in the user's language."""

    level: str
    sheet: str
    row: int
    column: str
    value: str
    text: str

    def as_json(self) -> dict:
        return asdict(self)


class BadFileError(Exception):
    """The file cannot be read as a register at all; the text says why and what to do."""
