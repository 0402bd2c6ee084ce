"""The official report as a document: the layout of Decree 30/2020/NĐ-CP, Appendix I. The same paper, the same bytes."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from django.utils import translation
from docx import Document
from docx.document import Document as Letter
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell

from cases.lib.text import clean
from cases.reports.periodic.official_letter import OfficialLetter
from cases.reports.writers import docx_table
from cases.reports.writers.docx_marks import cell_margins, count_from_one, field, fix_widths, font, line, rule

QUOC_HIEU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"
ROMAN = ("I", "II", "III", "IV")
A4 = (Mm(210), Mm(297))
HEAD_WIDTHS = (Cm(6.4), Cm(10.1))  # the right one holds the national name at 13 pt bold on one line
FOOT_WIDTHS = (Cm(8.0), Cm(8.5))
MOTTO_RULE = Cm(6.05)  # as long as the motto above it
LETTER_RULE = 0.11  # cm for each letter of the issuing body: between a third and a half of its name
LONGEST_RULE = 2.2
FIRST_LINE = Cm(1.27)
CENTRE, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def write(paper: OfficialLetter) -> bytes:
    """The document: letter, signature, then the figures, and on pages laid across those of the units below."""
    with translation.override("vi"):
        document = Document()
        _set_up(document, paper)
        _head(document, paper)
        _title(document, paper)
        _body(document, paper)
        _foot(document, paper)
        has_units = bool(paper.comparison.table.rows)
        _appendix(document)
        docx_table.figures(document, paper, "Phụ lục I" if has_units else "Phụ lục")
        if has_units:
            _appendix(document, across=True)
            docx_table.by_unit(document, paper, "Phụ lục II")
        return _fixed(document)


def _set_up(document: Letter, paper: OfficialLetter) -> None:
    style = document.styles["Normal"]
    font(style, 14)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field(number, "PAGE", 13)
    about = document.core_properties
    about.author = about.last_modified_by = clean(paper.issuer)[:250]
    about.title, about.subject, about.language = "Báo cáo", clean(paper.subject)[:250], "vi-VN"
    about.comments = about.keywords = ""
    about.created = about.modified = paper.made_at.replace(tzinfo=None)
    about.revision = 1


def _head(document: Letter, paper: OfficialLetter) -> None:
    """Bodies and national name side by side, below them number and day on one line."""
    left, right, number, day = _side_by_side(document, HEAD_WIDTHS, rows=2)
    line(left, paper.superior.upper(), 12, CENTRE, first=True)
    line(left, paper.issuer.upper(), 12, CENTRE, bold=True)
    rule(left, HEAD_WIDTHS[0], Cm(min(LONGEST_RULE, LETTER_RULE * len(paper.issuer))))
    line(right, QUOC_HIEU, 13, CENTRE, bold=True, first=True)
    line(right, TIEU_NGU, 14, CENTRE, bold=True)
    rule(right, HEAD_WIDTHS[1], MOTTO_RULE)
    line(number, paper.number, 13, CENTRE, before=6, first=True)
    line(day, paper.place_and_day, 14, CENTRE, italic=True, before=6, first=True)


def _title(document: Letter, paper: OfficialLetter) -> None:
    line(document, "BÁO CÁO", 14, CENTRE, bold=True, before=18)
    line(document, paper.subject, 14, CENTRE, bold=True)
    if paper.replaces:
        line(document, paper.replaces, 13, CENTRE, italic=True)
    rule(document, Cm(16.5), Cm(5))


def _body(document: Letter, paper: OfficialLetter) -> None:
    _text(document, paper.opening, before=12)
    for numeral, part in zip(ROMAN, paper.parts, strict=True):
        heading = line(document, f"{numeral}. {part.title.upper()}", 14, JUSTIFY, bold=True, before=6)
        heading.paragraph_format.first_line_indent = FIRST_LINE
        heading.paragraph_format.keep_with_next = True
        for text in part.paragraphs:
            _text(document, text)
    _text(document, f"({_enclosed(paper)}.)", italic=True)


def _enclosed(paper: OfficialLetter) -> str:
    if not paper.comparison.table.rows:
        return "Kèm theo Phụ lục: bảng số liệu"
    return "Kèm theo Phụ lục I: bảng số liệu; Phụ lục II: số liệu theo đơn vị"


def _text(document: Letter, text: str, before: int = 6, italic: bool = False) -> None:
    paragraph = line(document, text, 14, JUSTIFY, italic=italic, before=before)
    paragraph.paragraph_format.first_line_indent = FIRST_LINE
    paragraph.paragraph_format.line_spacing = 1.15


def _foot(document: Letter, paper: OfficialLetter) -> None:
    line(document, "", 6, LEFT)
    left, right = _side_by_side(document, FOOT_WIDTHS)
    line(left, "Nơi nhận:", 12, LEFT, bold=True, italic=True, first=True)
    for recipient in paper.recipients:
        line(left, recipient, 11, LEFT)
    for number, text in enumerate(paper.signature):
        line(right, text, 14, CENTRE, bold=True, first=number == 0)
    signatory = line(right, paper.signatory, 14, CENTRE, bold=True, before=76)
    for paragraph in right.paragraphs:
        paragraph.paragraph_format.keep_with_next = paragraph is not signatory
    if paper.seal:
        line(document, paper.seal, 9, LEFT, italic=True, before=6)


def _side_by_side(document: Letter, widths: Sequence[int], rows: int = 1) -> tuple[_Cell, ...]:
    table = document.add_table(rows=rows, cols=2)
    cell_margins(table, Cm(0))
    fix_widths(table, widths)
    return tuple(cell for row in table.rows for cell in row.cells)


def _appendix(document: Letter, across: bool = False) -> None:
    """A new page, its numbers from 1 again, the first one not shown; `across` lays it on its side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    count_from_one(section)
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = A4[1], A4[0]


def _fixed(document: Letter) -> bytes:
    """The saved file with the times of its parts set to one day, so that nothing in it tells of the clock."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item.filename))
    return fixed.getvalue()
