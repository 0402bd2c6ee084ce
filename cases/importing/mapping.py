"""Which column of a sheet fills which cell of the register: proposed by synonyms, remembered, corrected by choosing."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from cases.importing.books import Book
from cases.importing.columns import comparable_text
from cases.importing.layout import FoundColumn, Layout
from cases.importing.rows import digest
from cases.importing.sheet import is_empty
from cases.importing.synonyms import NOTE, NOTHING, Synonyms
from cases.models import ColumnMapping, HeadingSynonym, User

BIRTH = ".born_on"
ROUND = 1000  # rows: the numbers of a further sheet begin behind a multiple of it


@dataclass(frozen=True)
class MappedColumn:
    """`target` is a code of `synonyms.targets`, NOTHING where the column is not read."""

    place: int
    heading: str
    samples: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class FurtherSheet:
    """Another sheet with the headings of the first: `places` are those of its columns, in the order of the first.

    `before`: what is added to the numbers of its rows, so that each row of the file has one of its own.
    """

    sheet: str
    head: int
    places: tuple[int, ...]
    before: int
    is_read: bool = True


@dataclass(frozen=True)
class Mapping:
    """`lent_by` names the unit whose mapping was taken over; `own` where this unit has chosen so before.

    `more`: sheets with the same headings; `others`: names of sheets that have other headings, and are not read.
    """

    sheet: str
    head: int
    columns: tuple[MappedColumn, ...]
    own: bool = False
    lent_by: str = ""
    more: tuple[FurtherSheet, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def places(self) -> dict[int, str]:
        return {column.place: column.target for column in self.columns}

    @property
    def digest(self) -> str:
        """A short name of the headings, however they are written."""
        return digest(*(comparable_text(column.heading) for column in self.columns))

    @property
    def mark(self) -> str:
        """What tells these columns, as they stand in this sheet, from those of another one."""
        return digest(self.sheet, self.head, *((column.place, column.heading) for column in self.columns))

    def choose(self, chosen: dict[int, str]) -> "Mapping":
        """The same columns with other targets, by place."""
        columns = (replace(column, target=chosen.get(column.place, column.target)) for column in self.columns)
        return replace(self, columns=tuple(columns))

    def read_sheets(self, names: Iterable[str]) -> "Mapping":
        """The same with those of the further sheets alone that are named."""
        named = set(names)
        return replace(self, more=tuple(replace(each, is_read=each.sheet in named) for each in self.more))

    def each_sheet(self) -> Iterator[tuple["Mapping", int]]:
        """The sheets to be read, each as a mapping of its own, with what is added to its row numbers."""
        yield self, 0
        for each in self.more:
            if each.is_read:
                places = zip(self.columns, each.places, strict=True)
                columns = tuple(replace(column, place=place) for column, place in places)
                yield replace(self, sheet=each.sheet, head=each.head, columns=columns), each.before

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(kept: dict[str, Any]) -> Mapping:
    """What `as_json` wrote."""
    columns = [MappedColumn(**{**column, "samples": tuple(column["samples"])}) for column in kept["columns"]]
    more = [FurtherSheet(**{**each, "places": tuple(each["places"])}) for each in kept.get("more", ())]
    others = tuple(kept.get("others", ()))
    return Mapping(**{**kept, "columns": tuple(columns), "more": tuple(more), "others": others})


def synonyms_of(kind: str, on: Any) -> Synonyms:
    """Those built in, and before them those that an administrator has entered and that hold on the day."""
    return Synonyms(kind, HeadingSynonym.objects.on(on).values_list("word", "target"))


def propose(layouts: list[Layout], book: Book, synonyms: Synonyms) -> Mapping:
    """What the synonyms say of the headings of the first sheet, and the further sheets.

    A column without a place is kept in the note, so that nothing is lost; the second of two with one meaning too. A
    second birth goes where the first goes: where the two say different things, it is asked which one is meant.
    """
    layout, *rest = layouts
    taken: set[str] = set()
    columns = []
    for column in layout.columns:
        target = _target_of(column, synonyms.find(column.heading), taken, NOTE in synonyms.targets)
        taken.add(target)
        columns.append(MappedColumn(column.place, column.heading, column.samples, target))
    more = tuple(_further(layout, rest, book))
    same = {each.sheet for each in more}
    others = tuple(each.sheet for each in rest if each.sheet not in same)
    return Mapping(layout.sheet, layout.head, tuple(columns), more=more, others=others)


def _further(layout: Layout, rest: list[Layout], book: Book) -> Iterator[FurtherSheet]:
    """The other sheets with the same headings, in whatever order, as the file has them; numbered from a round number,
    so that row 7 of the second is told as 1007."""
    wanted = [comparable_text(column.heading) for column in layout.columns]
    same = {}
    for each in rest:
        places = {comparable_text(column.heading): column.place for column in each.columns}
        if len(set(wanted)) == len(wanted) == len(each.columns) and places.keys() == set(wanted):
            same[each.sheet] = FurtherSheet(each.sheet, each.head, tuple(places[heading] for heading in wanted), 0)
    before, last = 0, _last_row(book, layout.sheet) if same else 0
    for name in book.names:
        if name in same:
            before += (last // ROUND + 1) * ROUND
            last = _last_row(book, name)
            yield replace(same[name], before=before)


def _last_row(book: Book, name: str) -> int:
    return max((number for number, cells in book.lines(name) if not all(map(is_empty, cells))), default=0)


def _target_of(column: FoundColumn, found: str | None, taken: set[str], has_note: bool) -> str:
    if found is None or (found in taken and found not in (NOTHING, NOTE) and not found.endswith(BIRTH)):
        return NOTE if column.samples and has_note else NOTHING
    return found


def recall(proposed: Mapping, known: Iterable[str], *, by: User, kind: str) -> Mapping:
    """The mapping of the unit for these headings, else that of a neighbour, else the proposed one."""
    kept = ColumnMapping.objects.near(by.unit).filter(kind=kind, digest=proposed.digest)
    own = [each for each in kept if each.unit_id == by.unit.pk]
    for each in own or kept[:1]:
        targets = [target if target in known else NOTHING for target in each.targets]
        if len(targets) == len(proposed.columns):
            chosen = {column.place: target for column, target in zip(proposed.columns, targets, strict=True)}
            return replace(proposed.choose(chosen), own=bool(own), lent_by="" if own else each.unit.name)
    return proposed
