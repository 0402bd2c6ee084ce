"""An error told without anything somebody typed: its kind, the places it passed, a short number; and how it is logged.

Words of an error may quote a name or an identity number, and so may an address: neither is ever written.
"""

import hashlib
import logging
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NUMBER_DIGITS = 6
FRAMES = 60  # of each error in the chain; a recursion is long and says the same


def kind(error: BaseException) -> str:
    """The name of the error's class with its module, as in django.db.utils.IntegrityError."""
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def trace(error: BaseException) -> str:
    """The kinds and places of an error and of those that led to it, the first cause on top; no values, no words."""
    return "\n".join(line for fault in reversed(list(_chain(error))) for line in _told(fault))


def number(error: BaseException, page: str) -> str:
    """Six digits that are the same each time the same error happens at the same place of the same page."""
    digest = hashlib.sha256(f"{page}\n{trace(error)}".encode()).hexdigest()
    return str(int(digest, 16) % 10**NUMBER_DIGITS).zfill(NUMBER_DIGITS)


def page(request: object) -> str:
    """The route of a request, never its address; empty where no route was found."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match.route or "") if match else ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> Iterator[str]:
    yield kind(error)
    for frame, line in list(traceback.walk_tb(error.__traceback__))[-FRAMES:]:
        yield f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"


def _place(name: str) -> str:
    path = Path(name)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


class PlainFormatter(logging.Formatter):
    """A line for each record: where it comes from, and of an error its number, page, kind and trace.

    The text of a record is written as it stands in the code, without what would be filled in. The page is that of the
    record's `request`, or its `page` where it has one.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s")

    def format(self, record: logging.LogRecord) -> str:
        head = super().formatMessage(self._timed(record))
        error = record.exc_info and record.exc_info[1]
        if error is None:
            return f"{head} {record.msg if isinstance(record.msg, str) else type(record.msg).__name__}"
        place = getattr(record, "page", "") or page(getattr(record, "request", None))
        return f"{head} number={number(error, place)} page={place or '-'}\n{trace(error)}"

    def _timed(self, record: logging.LogRecord) -> logging.LogRecord:
        record.asctime = self.formatTime(record, self.datefmt)
        return record


class ErrorFile(RotatingFileHandler):
    """A file that makes its folder, and is silent where it cannot be written: a full disk fails no page."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """What cannot be kept stands on stderr; logging's own complaint would quote the record's values."""
