"""Where a sheet that is no template has its headings, its columns and its last row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from cases.importing.books import Book, Line
from cases.importing.rows import as_text
from cases.importing.sheet import MOST_COLUMNS, is_empty, is_numbering
from cases.importing.synonyms import NOTHING, Synonyms
from cases.lib.text import excerpt, fold

LOOKED_AT = 60  # rows in which the headings are looked for
SAMPLES = 3
SAMPLE_SIGNS = 40
HEADING_SIGNS = 80
LEAST = 2  # headings that have to be known for a row to be the one of the headings
TOTALS = ("tong", "cong", "tong so", "tong cong")


@dataclass(frozen=True)
class FoundColumn:
    """`place` counts from 0; `samples` are the first different values below the heading."""

    place: int
    heading: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A sheet, the number of the last row of its headings, and its columns."""

    sheet: str
    head: int
    columns: tuple[FoundColumn, ...] = field(default=())


def find_layout(book: Book, synonyms: Synonyms) -> Layout | None:
    """The sheet and the row whose headings tell most; None where no row has at least LEAST known ones."""
    best: tuple[int, Layout] | None = None
    for name in book.names:
        first = list(islice(book.lines(name), LOOKED_AT))
        for place in range(len(first)):
            for height in (1, 2):
                layout, known = _try(name, first, place, height, synonyms)
                if known >= LEAST and (best is None or known > best[0]):
                    best = known, layout
    return best[1] if best else None


def _try(name: str, first: list[Line], place: int, height: int, synonyms: Synonyms) -> tuple[Layout, int]:
    """The columns if the headings stood in these rows, and how many of them are known."""
    rows = first[place : place + height]
    if len(rows) < height or _is_data(rows[-1][1], height):
        return Layout(name, 0), 0
    headings = dict(_headings([cells for _number, cells in rows], synonyms))
    known = {code for heading in headings.values() if (code := synonyms.find(heading))}
    below = [cells for _number, cells in first[place + height :] if not is_numbering(cells)]
    columns = (FoundColumn(at, heading, _samples(at, below)) for at, heading in headings.items())
    return Layout(name, rows[-1][0], tuple(columns)), len(known)


def _is_data(cells: Sequence[Any], height: int) -> bool:
    """A second row of headings holds words alone."""
    return height > 1 and any(not isinstance(cell, str) for cell in cells if cell is not None)


def _headings(rows: list[Sequence[Any]], synonyms: Synonyms) -> Iterator[tuple[int, str]]:
    """The heading of each column; of two rows the lower, with the upper before it where only both are known."""
    width = min(max(map(len, rows)), MOST_COLUMNS)
    group = ""
    for place in range(width):
        upper, lower = _text(rows[0], place), _text(rows[-1], place)
        group = upper or group
        if len(rows) == 1 or not lower:
            heading = upper
        else:
            both = f"{group} {lower}".strip()
            heading = lower if synonyms.find(lower) is not None or synonyms.find(both) is None else both
        if heading:
            yield place, heading


def _text(cells: Sequence[Any], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    return "" if is_empty(cell) else excerpt(as_text(cell).replace("*", " "), HEADING_SIGNS)


def _samples(place: int, rows: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cells in rows:
        if place < len(cells) and not is_empty(cells[place]):
            found[excerpt(as_text(cells[place]), SAMPLE_SIGNS)] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def rows_below(lines: Iterable[Line], head: int) -> list[Line]:
    """The rows below the headings but for the numbering row, blank rows and headings that a new page repeats."""
    found: list[Line] = []
    heading: Sequence[Any] = ()
    for number, cells in lines:
        heading = cells if number == head else heading
        if number <= head or all(is_empty(cell) for cell in cells):
            continue
        if (not found and is_numbering(cells)) or list(cells) == list(heading):
            continue
        found.append((number, cells))
    return found


def split_the_end(rows: list[Line], places: dict[int, str], name: str) -> tuple[list[Line], list[Line]]:
    """The rows of people, and those that are none: totals, and below the last person whatever stands there.

    A row is of a person where it has a name and one more cell that is read; above the last such row every row with a
    cell that is read stays, so that nothing gets lost in silence.
    """
    told = [place for place, code in places.items() if code != NOTHING]
    of_name = [place for place, code in places.items() if code == name]

    def filled(cells: Sequence[Any], among: list[int]) -> int:
        return sum(place < len(cells) and not is_empty(cells[place]) for place in among)

    def is_person(cells: Sequence[Any]) -> bool:
        return bool(filled(cells, of_name)) and filled(cells, told) > 1 and not _is_total(cells, of_name)

    last = max((at for at, (_number, cells) in enumerate(rows) if is_person(cells)), default=-1)
    kept: list[Line] = []
    left = rows[last + 1 :]
    for line in rows[: last + 1]:
        (kept if filled(line[1], told) and not _is_total(line[1], of_name) else left).append(line)
    return kept, sorted(left, key=lambda line: line[0])


def _is_total(cells: Sequence[Any], of_name: list[int]) -> bool:
    words = [fold(as_text(cells[place])) for place in of_name if place < len(cells) and not is_empty(cells[place])]
    return any(word.partition(":")[0].strip() in TOTALS for word in words)
