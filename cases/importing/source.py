"""A file into the sheets of the register: the template as it stands, any other sheet by its mapping."""

from datetime import date
from typing import BinaryIO

from cases.importing import proposals, sheet
from cases.importing.books import open_book
from cases.importing.columns import NOTICES, PEOPLE, SHEETS, RegisterSheet
from cases.importing.layout import find_layouts
from cases.importing.log import ImportMessage
from cases.importing.mapped import MappedRows, read_mapped
from cases.importing.mapping import Mapping, propose, recall, synonyms_of
from cases.importing.sheet import ReadSheet
from cases.models import ImportRun, User

BOOKS: dict[str, tuple[RegisterSheet, ...]] = {
    ImportRun.Kind.REGISTER: SHEETS,
    ImportRun.Kind.NOTICES: (NOTICES,),
}  # the sheets of each kind of workbook
Said = dict[str, dict[str, dict[str, str]]]
Tables = tuple[list[ReadSheet], list[ImportMessage]]


class UnmappedError(Exception):
    """The file is no template: its columns are matched first, as `mapping` proposes or otherwise."""

    def __init__(self, mapping: Mapping) -> None:
        super().__init__(mapping.sheet)
        self.mapping = mapping


def read(
    file: BinaryIO, kind: str, *, by: User, on: date, mapping: Mapping | None, corrections: Said, everywhere: str
) -> Tables:
    """The sheets, and notices on the rest. Raises BadFileError, or UnmappedError where a mapping is needed first."""
    with open_book(file) as book:
        if mapping is None and sheet.is_template(book, BOOKS[kind]):
            return sheet.read_book(book, BOOKS[kind])
        synonyms = synonyms_of(kind, on)
        proposed, found = None, MappedRows()
        if mapping is not None:
            found = read_mapped(book, mapping, synonyms, kind)
        elif layouts := find_layouts(book, synonyms):
            proposed = propose(layouts, book, synonyms)
        else:
            return sheet.read_book(book, BOOKS[kind])
    if proposed is not None:
        raise UnmappedError(recall(proposed, synonyms.targets, by=by, kind=kind))
    return _parted(found, kind, by, on, corrections, everywhere)


def propose_for(file: BinaryIO, kind: str, name: str, *, by: User, on: date) -> Mapping | None:
    """The mapping that begins with another sheet of the file; None where that has no headings that are known."""
    with open_book(file) as book:
        synonyms = synonyms_of(kind, on)
        layouts = find_layouts(book, synonyms)
        if not any(each.sheet == name for each in layouts):
            return None
        layouts.sort(key=lambda each: each.sheet != name)
        proposed = propose(layouts, book, synonyms)
    return recall(proposed, synonyms.targets, by=by, kind=kind)


def _parted(found: MappedRows, kind: str, by: User, on: date, corrections: Said, everywhere: str) -> Tables:
    shared = corrections.get(everywhere, {}).get(everywhere, {})
    if kind == ImportRun.Kind.NOTICES:
        return [proposals.complete_notices(found, by, on, corrections.get(NOTICES.name, {}), shared)], found.notices
    return proposals.part(found, by, on, corrections.get(PEOPLE.name, {}), shared), found.notices
