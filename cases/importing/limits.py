"""What a workbook may hold at most, counted while its parts unpack in small pieces, before anything is read."""

import zipfile
from typing import IO, BinaryIO, Protocol
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.importing.concealment import Concealment
from cases.importing.log import BadFileError

MB = 1024 * 1024
LIMITS = {  # one table: what is counted, and the most of it
    "upload": 20 * MB,  # bytes of the file
    "parts": 2000,  # files inside the workbook
    "unpacked": 200 * MB,  # bytes of all parts together, as they come out
    "part": 12 * MB,  # bytes of a part that is no sheet and no list of texts
    "elements": 200_000,  # of a part that is no sheet and no list of texts; in sheets: beside rows and cells
    "texts": 20 * MB,  # signs in all cells and in the list of texts
    "cell": 40_000, # signs of one cell; Excel itself holds 32,767
    "tag": 1 * MB,  # bytes of one tag, comment or attribute
    "rows": 120_000,  # rows of all sheets that hold something
    "empty": 20_000,  # rows without a value: written ones, and those left out before the last row
    "cells": 1_300_000,  # cells of all sheets, with the empty ones to the left of the last of each row
    "findings": 20_000,  # cells of one sheet that are wrong or in doubt: nobody mends more of them one by one
}  # fmt: skip
WHAT = {  # the same in words, for what is named together with the place where it stands
    "parts": gettext_lazy("parts"),
    "unpacked": gettext_lazy("bytes when unpacked"),
    "part": gettext_lazy("bytes"),
    "elements": gettext_lazy("elements"),
    "texts": gettext_lazy("signs in all cells"),
    "cell": gettext_lazy("signs in one cell"),
    "tag": gettext_lazy("bytes in one tag"),
    "rows": gettext_lazy("filled rows"),
    "empty": gettext_lazy("empty rows"),
    "cells": gettext_lazy("cells"),
}
# Of a short list that is read while a page waits: what unpacks to so much is looked through in a moment.
SHORT = {**LIMITS, "upload": 1 * MB, "parts": 200, "unpacked": 4 * MB, "cells": 30_000, "rows": 2_000}
BLOCK = 64 * 1024
DIRECTORY = b"PK\x01\x02"  # begins the entry of each part
TRUE = ("1", "true")
MOST_HIDDEN = 200  # columns from the first on
CELL = frozenset(("c", "v", "f", "is", "t", "r"))


def check_size(file: BinaryIO, most: dict[str, int] | None = None) -> "WorkbookTotals":
    """What the parts hold together, with formulas and what is hidden.

    Raises BadFileError, with what is too large and where, at the first excess. `most`: LIMITS unless said otherwise, or
    SHORT.
    """
    most = LIMITS if most is None else most
    if file.seek(0, 2) > most["upload"]:
        raise too_large(most)
    if _entries(file) > most["parts"]:
        raise refusal(_("the workbook"), "parts", most)
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise BadFileError(_("This is no Excel workbook: choose a file that ends in .xlsx."))
        if sum(part.file_size for part in parts) > most["unpacked"]:
            raise refusal(_("the workbook"), "unpacked", most)
        count = WorkbookTotals(most)
        for part in parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile(part.filename)
            with archive.open(part) as stream:
                WorkbookPart(part.filename, count).read(stream)
    return count


def too_large(most: dict[str, int]) -> BadFileError:
    """That the file has more bytes than `most` says."""
    words = _("The file is larger than %(size)d MB: split it into several files.")
    return BadFileError(words % {"size": most["upload"] // MB})


def check_findings(count: int, sheet: str) -> None:
    """Raise BadFileError where more cells of a sheet are wrong than anybody could mend one by one."""
    if count > LIMITS["findings"]:
        words = _(
            "More than %(most)s cells of the sheet %(sheet)s are wrong: see whether each heading stands above its own "
            "column, then upload the file again."
        )
        raise BadFileError(words % {"most": _grouped(LIMITS["findings"]), "sheet": sheet})


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def refusal(where: str, limit: str, most: dict[str, int] | None = None) -> BadFileError:
    """What is too large, where, the most there may be, and what to do."""
    words = _(
        "Too much in %(where)s: more than %(most)s %(what)s. Delete empty rows and what is not needed, save as .xlsx, "
        "or split the workbook into several files."
    )
    return BadFileError(words % {"where": where, "what": WHAT[limit], "most": _grouped((most or LIMITS)[limit])})


def _entries(file: BinaryIO) -> int:
    """How many parts the file lists, before the list is read into memory."""
    file.seek(0)
    found, tail = 0, b""
    while block := file.read(MB):
        found += (tail + block).count(DIRECTORY)
        tail = block[-3:]
    file.seek(0)
    return found


class XmlReader(Protocol):
    """What is told each tag and text of a part as it is read; names of tags have their namespace before a space."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def text(self, signs: str) -> None: ...


def parser_for(reader: XmlReader) -> expat.XMLParserType:
    """A parser that tells `reader` what it meets. It raises BadFileError at a document type: no workbook has one, and
    it could define entities that grow without end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_told: object) -> None:
    raise BadFileError(_("The workbook is damaged: open it in Excel, save it again as .xlsx and send that file."))


class WorkbookTotals:
    """What all parts hold together."""

    def __init__(self, most: dict[str, int]) -> None:
        self.limits = most
        self.bytes = self.texts = self.rows = self.empty = self.cells = 0
        self.formulas = False
        self.hidden: dict[str, Concealment] = {}  # by the name of the part


class WorkbookPart:
    """One part of the workbook on its way through; what is no XML is counted and not looked into."""

    def __init__(self, name: str, count: WorkbookTotals) -> None:
        self.name, self.count = name, count
        self.root = ""
        self.bytes = self.elements = self.signs = 0
        self.row = self.width = self.filled = 0
        self.parser = parser_for(self)

    def read(self, stream: IO[bytes]) -> None:
        readable = True
        while block := stream.read(BLOCK):
            self.bytes += len(block)
            self.count.bytes += len(block)
            self.most(self.count.bytes, "unpacked")
            if readable:
                try:
                    self.parser.Parse(block, False)
                except expat.ExpatError:
                    readable = False  # a picture, or a part that the reader stumbles over in the same place
                if readable:
                    self.most(self.bytes - self.parser.CurrentByteIndex, "tag")
                if self.root not in ("worksheet", "sst"):
                    self.most(self.bytes if readable else 0, "part")

    def most(self, found: int, limit: str) -> None:
        if found > self.count.limits[limit]:
            where = self.name if not self.row else _("%(part)s, row %(row)d") % {"part": self.name, "row": self.row}
            raise refusal(where, limit, self.count.limits)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.root = self.root or name
        if self.root == "worksheet" and name in ("row", "col") and attributes.get("hidden") in TRUE:
            self.hide(name, attributes)
        if self.root == "worksheet" and name == "row":
            self.begin_row(attributes.get("r", ""))
        elif self.root == "worksheet" and name in CELL:
            self.begin_cell(name, attributes)
        elif self.root == "sst" and name in ("si", "r", "t", "rPr", "rPh"):
            if name == "si":
                self.signs = 0
                self.cell_counted()
        else:
            self.elements += 1
            self.most(self.elements, "elements")

    def begin_row(self, number: str) -> None:
        last, self.row = self.row, whole(number) or self.row + 1
        self.count.empty += max(self.row - last - 1, 0)
        self.width = self.filled = 0

    def hide(self, name: str, attributes: dict[str, str]) -> None:
        """Keep what the sheet hides; a row without a number of its own is the one behind the last."""
        found = self.count.hidden.setdefault(self.name, Concealment())
        if name == "row":
            found.rows.add(whole(attributes.get("r", "")) or self.row + 1)
        else:
            first, last = (min(whole(attributes.get(end, "")), MOST_HIDDEN) for end in ("min", "max"))
            found.columns.update(range(max(first, 1) - 1, last))

    def begin_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.signs = 0
            before, self.width = self.width, max(self.width + 1, place(attributes.get("r", "")))
            self.count.cells += self.width - before
            self.most(self.count.cells, "cells")
        elif name == "f":
            self.count.formulas = True
            self.filled = 1
        elif name in ("v", "t"):
            self.filled = 1

    def cell_counted(self) -> None:
        self.count.cells += 1
        self.most(self.count.cells, "cells")

    def end(self, tag: str) -> None:
        if self.root == "worksheet" and tag.rpartition(" ")[2] == "row":
            self.count.rows += self.filled
            self.count.empty += 1 - self.filled
            self.most(self.count.rows, "rows")
            self.most(self.count.empty, "empty")

    def text(self, signs: str) -> None:
        if self.root in ("worksheet", "sst"):
            self.signs += len(signs)
            self.count.texts += len(signs)
            self.most(self.signs, "cell")
            self.most(self.count.texts, "texts")


def whole(typed: str) -> int:
    """A number as the file writes it; 0 where there is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def place(reference: str) -> int:
    """The number of a column from a cell's reference: 2 for B7; 0 where there is none."""
    number = 0
    for letter in reference[:4]:
        if not letter.isalpha() or not letter.isascii():
            break
        number = 26 * number + ord(letter.upper()) - 64
    return number
