"""Hamlets that a register names once for many rows: in a heading across the sheet, or in a cell merged downwards."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cases.importing.books import Line, Span
from cases.importing.log import WARNING, ImportMessage
from cases.importing.rows import as_text
from cases.importing.sheet import is_empty
from cases.lib import old_letters
from cases.lib.text import clean, excerpt
from cases.lib.written import is_nothing

SHOWN = 8
SIGNS = 60
NUMBERED = re.compile(r"(?:[IVXLC]+|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:\-–]+\s*")
KIND = re.compile(
    r"(?:(?:thôn|buôn|bon|ấp|xóm|khóm|phum|sóc|làng|tdp|tổ dân phố|khu phố|khu dân cư|tiểu khu|bản(?! án| kê)|"
    r"thon|buon)"
    r"\s+(?!trưởng|phó|đội)|tổ\s+\d)",
    re.IGNORECASE,
)
OF_PAPERS = re.compile(r"bản (?:tổng|theo|in|đồ|thống|chính|sao|gốc|nháp|cũ|mới|ghi|danh|\d)", re.IGNORECASE)
COUNTED = re.compile(r"\s*[:(,–-]\s*\d+\s*(?:người|đối tượng|đ/c)?\s*\)?\s*$", re.IGNORECASE)


def in_title(sheet: str) -> str:
    """The hamlet that a sheet is called by, "" where its name says something else: a sheet a hamlet is common."""
    named = NUMBERED.sub("", clean(sheet).strip(), count=1)
    return _name(named) if KIND.match(named) and not OF_PAPERS.match(named) else ""


def take_headings(rows: list[Line], hamlet: str = "") -> tuple[list[Line], dict[int, str], list[Line]]:
    """The rows without the headings of hamlets, the hamlet each of them stands under, and those headings.

    `hamlet`: the one they stand under at first.

    A row that says nothing but a hamlet is of nobody, in whatever column. A numbered heading of something else ends the
    hamlet before it.
    """
    kept: list[Line] = []
    under: dict[int, str] = {}
    headings: list[Line] = []
    for number, cells in rows:
        words = _alone(cells)
        named = NUMBERED.sub("", words, count=1)
        if KIND.match(named):
            hamlet = _name(named)
            headings.append((number, [hamlet]))
            continue
        if words and named != words:
            hamlet = ""
        elif hamlet:
            under[number] = hamlet
        kept.append((number, cells))
    return kept, under, headings


def _alone(cells: Sequence[Any]) -> str:
    """The words of a row that holds nothing else, in the letters of today."""
    filled = {as_text(cell) for cell in cells if not is_empty(cell)}
    if len(filled) != 1:
        return ""
    text = _in_letters_of_today(filled.pop())
    return text if len(text) <= SIGNS else ""


def is_unsaid(cell: Any) -> bool:
    """Whether a row itself names no hamlet, in whatever letters it says so."""
    return is_empty(cell) or is_nothing(_in_letters_of_today(as_text(cell)))


def _in_letters_of_today(text: str) -> str:
    letters = old_letters.recognise(text)
    try:
        text = old_letters.convert(text, letters) if letters else text
    except ValueError:
        pass
    return clean(text).strip()  # only now: what is no sign today was a letter


def _name(words: str) -> str:
    words = COUNTED.sub("", words).strip(" .:;")
    return words.title() if words.isupper() else words


def notice(sheet: str, headings: list[Line]) -> list[ImportMessage]:
    """Which headings were read so, in one line."""
    if not headings:
        return []
    told = ", ".join(f"{number} “{excerpt(cells[0], 30)}”" for number, cells in headings[:SHOWN])
    words = _("Headings of hamlets, written into the rows below that name none: %(rows)s.")
    return [ImportMessage(WARNING, sheet, 0, "", "", words % {"rows": told + ", …" * (len(headings) > SHOWN)})]


def fill_merged(rows: list[Line], spans: Iterable[Span], places: set[int], name: set[int]) -> list[Line]:
    """The rows of a name with what a merged cell in one of the `places` holds for every row it covers."""
    held: dict[int, dict[int, int]] = {}  # by row and place: the row that holds the value
    for first, last, place in spans:
        for number in range(first + 1, last + 1) if place in places else ():
            held.setdefault(number, {})[place] = first
    found = dict(rows)
    return [(number, _filled(cells, held.get(number, {}), found, name)) for number, cells in rows]


def _filled(cells: Sequence[Any], held: dict[int, int], found: dict, name: set[int]) -> Sequence[Any]:
    if not held or not any(place < len(cells) and not is_empty(cells[place]) for place in name):
        return cells  # a further judgment of the person above
    filled = list(cells)
    for place, first in held.items():
        above = found.get(first, ())
        filled += [None] * (place + 1 - len(filled))
        if is_unsaid(filled[place]) and place < len(above):
            filled[place] = above[place]
    return filled
