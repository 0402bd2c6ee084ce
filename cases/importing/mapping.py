"""Which column of a sheet fills which cell of the register: proposed by synonyms, remembered, corrected by choosing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from cases.importing.columns import comparable_text
from cases.importing.layout import FoundColumn, Layout
from cases.importing.rows import digest
from cases.importing.synonyms import NOTE, NOTHING, Synonyms
from cases.models import ColumnMapping, HeadingSynonym, User

BIRTH = ".born_on"


@dataclass(frozen=True)
class MappedColumn:
    """`target` is a code of `synonyms.targets`, NOTHING where the column is not read."""

    place: int
    heading: str
    samples: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Mapping:
    """`lent_by` names the unit whose mapping was taken over; `own` where this unit has chosen so before."""

    sheet: str
    head: int
    columns: tuple[MappedColumn, ...]
    own: bool = False
    lent_by: str = ""

    @property
    def places(self) -> dict[int, str]:
        return {column.place: column.target for column in self.columns}

    @property
    def digest(self) -> str:
        """A short name of the headings, however they are written."""
        return digest(*(comparable_text(column.heading) for column in self.columns))

    def choose(self, chosen: dict[int, str]) -> "Mapping":
        """The same columns with other targets, by place."""
        columns = (replace(column, target=chosen.get(column.place, column.target)) for column in self.columns)
        return replace(self, columns=tuple(columns))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(kept: dict[str, Any]) -> Mapping:
    """What `as_json` wrote."""
    columns = [MappedColumn(**{**column, "samples": tuple(column["samples"])}) for column in kept["columns"]]
    return Mapping(**{**kept, "columns": tuple(columns)})


def synonyms_of(kind: str, on: Any) -> Synonyms:
    """Those built in, and before them those that an administrator has entered and that hold on the day."""
    return Synonyms(kind, HeadingSynonym.objects.on(on).values_list("word", "target"))


def propose(layout: Layout, synonyms: Synonyms, *, by: User, kind: str) -> Mapping:
    """The mapping of the unit for these headings, else that of a neighbour, else what the synonyms say.

    A column without a place is kept in the note, so that nothing is lost; the second of two with one meaning too. A
    second birth goes where the first goes: where the two say different things, it is asked which one is meant.
    """
    taken: set[str] = set()
    columns = []
    for column in layout.columns:
        target = _target_of(column, synonyms.find(column.heading), taken, NOTE in synonyms.targets)
        taken.add(target)
        columns.append(MappedColumn(column.place, column.heading, column.samples, target))
    proposed = Mapping(layout.sheet, layout.head, tuple(columns))
    return _remembered(proposed, synonyms.targets, by=by, kind=kind) or proposed


def _target_of(column: FoundColumn, found: str | None, taken: set[str], has_note: bool) -> str:
    if found is None or (found in taken and found not in (NOTHING, NOTE) and not found.endswith(BIRTH)):
        return NOTE if column.samples and has_note else NOTHING
    return found


def _remembered(proposed: Mapping, known: Iterable[str], *, by: User, kind: str) -> Mapping | None:
    kept = ColumnMapping.objects.near(by.unit).filter(kind=kind, digest=proposed.digest)
    own = [each for each in kept if each.unit_id == by.unit.pk]
    for each in own or kept[:1]:
        targets = [target if target in known else NOTHING for target in each.targets]
        if len(targets) == len(proposed.columns):
            chosen = {column.place: target for column, target in zip(proposed.columns, targets, strict=True)}
            return replace(proposed.choose(chosen), own=bool(own), lent_by="" if own else each.unit.name)
    return None
