"""A file into the sheets of the register: the template as it stands, any other sheet by its mapping."""

from datetime import date
from typing import BinaryIO

from cases.importing import proposals, sheet
from cases.importing.books import open_book
from cases.importing.columns import NOTICES, PEOPLE, SHEETS, RegisterSheet
from cases.importing.layout import find_layout
from cases.importing.log import ImportMessage
from cases.importing.mapped import MappedRows, read_mapped
from cases.importing.mapping import Mapping, propose, synonyms_of
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
        if mapping is not None:
            found = read_mapped(book, mapping, synonyms, kind)
        elif layout := find_layout(book, synonyms):
            found = None
        else:
            return sheet.read_book(book, BOOKS[kind])
    if found is None:
        raise UnmappedError(propose(layout, synonyms, by=by, kind=kind))
    return _parted(found, kind, by, on, corrections, everywhere)


def _parted(found: MappedRows, kind: str, by: User, on: date, corrections: Said, everywhere: str) -> Tables:
    shared = corrections.get(everywhere, {}).get(everywhere, {})
    if kind == ImportRun.Kind.NOTICES:
        return [proposals.complete_notices(found, by, on, corrections.get(NOTICES.name, {}), shared)], found.notices
    return proposals.part(found, by, on, corrections.get(PEOPLE.name, {}), shared), found.notices
