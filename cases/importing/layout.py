"""Where a sheet that is no template has its headings, its columns and its last row."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, product
from typing import Any

from cases.importing.books import Book, Line
from cases.importing.rows import as_text
from cases.importing.sheet import MOST_COLUMNS, is_empty, is_numbering
from cases.importing.synonyms import NOTHING, Synonyms
from cases.lib import old_letters
from cases.lib.old_letters import LetterSet
from cases.lib.text import excerpt, fold, normalise_name

LOOKED_AT = 60  # rows in which the headings are looked for
SAMPLES = 3
SAMPLE_SIGNS = 40
HEADING_SIGNS = 80
LEAST = 2  # headings that have to be known for a row to be the one of the headings
TOTALS = ("tong", "cong", "tong so", "tong cong")
NAME = re.compile(r"[^\W\d_]['’]?[^\W\d_]*(?:[\s-][^\W\d_][^\W\d_'’]*){1,6}")
SIGNING = re.compile(  # with their accents: "Trương" and "Công" are names
    r"\b(?:người (?:lập|thống kê|tổng hợp|báo cáo|viết|ghi)|(?:phó )?trưởng|thủ trưởng|chỉ huy|công an|cán bộ|lãnh đạo"
    r"|xác nhận|ký tên|ký, |ghi rõ|ủy ban|uỷ ban|ubnd|nơi nhận|ngày \S+ tháng|danh sách|tổng cộng)|\b(?:tm|kt)\."
)
FIGURES = re.compile(r"\d{4}|\d/\d")  # a year, a day, a number: of somebody, not of a heading


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


def find_layouts(book: Book, synonyms: Synonyms) -> list[Layout]:
    """Of each sheet the row whose headings tell most, the sheet that tells most first; only sheets with a row that has
    at least LEAST known ones.

    Of two sheets that tell as much the one that is shown goes first.
    """
    found = []
    for name in sorted(book.names, key=lambda each: book.hidden(each).sheet):
        most, best = (LEAST - 1, MOST_COLUMNS), None
        first = list(islice(book.lines(name), LOOKED_AT))
        for place, height, letters in product(range(len(first)), (1, 2), (None, *LetterSet)):
            headings = _try(first[place : place + height], height, letters, synonyms)
            codes = [code for heading in headings.values() if (code := synonyms.find(heading))]
            known = len(set(codes)), len(codes)  # the second: a birth in three columns under one heading
            if known > most:
                most, best = known, _layout(name, first, place + height, headings)
        if best:
            found.append((most, best))
    return [layout for _most, layout in sorted(found, key=lambda each: each[0], reverse=True)]


def _try(rows: list[Line], height: int, letters: LetterSet | None, synonyms: Synonyms) -> dict[int, str]:
    """The headings by place if they stood in these rows, in these letters; a row of headings is written in one set."""
    cells = [list(_texts(line, letters)) for _number, line in rows]
    if len(rows) < height or (height > 1 and _is_data(rows[-1][1])):
        return {}
    if letters and cells == [list(_texts(line, None)) for _number, line in rows]:
        return {}
    return dict(_headings(cells, synonyms))


def _layout(name: str, first: list[Line], end: int, headings: dict[int, str]) -> Layout:
    below = [cells for _number, cells in first[end:] if not is_numbering(cells)]
    columns = (FoundColumn(at, heading, _samples(at, below)) for at, heading in headings.items())
    return Layout(name, first[end - 1][0], tuple(columns))


def _is_data(cells: Sequence[Any]) -> bool:
    """A second row of headings holds words alone, and no day or number."""
    return any(not isinstance(cell, str) or FIGURES.search(cell) for cell in cells if cell is not None)


def _headings(rows: list[list[str]], synonyms: Synonyms) -> Iterator[tuple[int, str]]:
    """The heading of each column; of two rows the lower, with the upper before it where only both are known."""
    group = ""
    for place in range(max(map(len, rows))):
        upper, lower = (row[place] if place < len(row) else "" for row in (rows[0], rows[-1]))
        group = upper or group
        if len(rows) == 1 or not lower:
            heading = upper
        else:
            both = f"{group} {lower}".strip()
            heading = lower if synonyms.find(lower) is not None or synonyms.find(both) is None else both
        if heading:
            yield place, heading


def _texts(cells: Sequence[Any], letters: LetterSet | None) -> Iterator[str]:
    for cell in cells[:MOST_COLUMNS]:
        text = "" if is_empty(cell) else _read(as_text(cell), letters)
        yield excerpt(text.replace("*", " "), HEADING_SIGNS)


def _read(text: str, letters: LetterSet | None) -> str:
    try:
        return old_letters.convert(text, letters) if letters else text
    except ValueError:
        return text


def _samples(place: int, rows: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cells in rows:
        if place < len(cells) and not is_empty(cells[place]):
            text = as_text(cells[place])
            found[excerpt(_read(text, old_letters.recognise(text)), SAMPLE_SIGNS)] = None
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


def split_the_end(
    rows: list[Line], places: dict[int, str], name: str, births: Collection[str]
) -> tuple[list[Line], list[Line], set[int]]:
    """The rows of people, those that are none, and the numbers of the rows that are only likely to be of a person.

    None are totals, and below the last person whatever stands there. A row is of a person where it has a name and a
    birth, or two more cells that are read; two alone are those who sign the sheet side by side. A sheet without births
    needs one more cell. Below them goes on who bears the next number of the first column, and who has a name above the
    words of those who sign: whatever else is missing is asked for. Above the last such row every row with a cell that
    is read stays, so that nothing gets lost in silence.
    """
    told = [place for place, code in places.items() if code != NOTHING]
    of_name = [place for place, code in places.items() if code == name]
    of_birth = [place for place, code in places.items() if code in births]

    def filled(cells: Sequence[Any], among: list[int]) -> int:
        return sum(place < len(cells) and not is_empty(cells[place]) for place in among)

    def is_person(cells: Sequence[Any]) -> bool:
        if not filled(cells, of_name) or _is_total(cells, of_name):
            return False
        born = any(place < len(cells) and any(map(str.isdigit, as_text(cells[place]))) for place in of_birth)
        return born or filled(cells, told) > (2 if of_birth else 1)

    last = max((at for at, (_number, cells) in enumerate(rows) if is_person(cells)), default=-1)
    likely: set[int] = set()
    for (_number, before), (number, cells) in pairwise(rows[last:] if last >= 0 else []):
        if not filled(cells, of_name) or not (_is_next(before, cells) or _is_named(cells, of_name)):
            break
        likely.add(number)
        last += 1
    kept: list[Line] = []
    left = rows[last + 1 :]
    for line in rows[: last + 1]:
        (kept if filled(line[1], told) and not _is_total(line[1], of_name) else left).append(line)
    return kept, sorted(left, key=lambda line: line[0]), likely


def _is_named(cells: Sequence[Any], of_name: list[int]) -> bool:
    """Whether a name stands in the place of names, and nothing in the row is of those who sign."""
    texts = [_in_letters_of_today(as_text(cell)) for cell in cells if not is_empty(cell)]
    if any(SIGNING.search(text.lower()) for text in texts):
        return False
    names = (_in_letters_of_today(as_text(cells[place])) for place in of_name if place < len(cells))
    return any(NAME.fullmatch(text.strip()) for text in names)


def _in_letters_of_today(text: str) -> str:
    return normalise_name(_read(text, old_letters.recognise(text)))


def _is_next(before: Sequence[Any], cells: Sequence[Any]) -> bool:
    """Whether the first cell counts on from the row before, as the numbers of a register do."""
    first, second = (as_text(row[0]) if row else "" for row in (before, cells))
    return first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1


def _is_total(cells: Sequence[Any], of_name: list[int]) -> bool:
    words = [fold(as_text(cells[place])) for place in of_name if place < len(cells) and not is_empty(cells[place])]
    return any(word.partition(":")[0].strip() in TOTALS for word in words)
