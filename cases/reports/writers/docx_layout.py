"""The parts every letter has by Decree 30/2020/NĐ-CP, Appendix I: the page, the head, places side by side, the foot."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.table import CT_Tbl
from docx.section import Section
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell

from cases.lib.text import clean
from cases.reports.dossier.form_paper import FormPaper
from cases.reports.periodic.official_letter import OfficialLetter
from cases.reports.writers.docx_marks import cell_margins, field, fix_widths, font, keep_rows_whole, line, rule

QUOC_HIEU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"
A4 = (Mm(210), Mm(297))
HEAD_WIDTHS = (Cm(6.4), Cm(10.1))  # the right one holds the national name at 13 pt bold on one line
FOOT_WIDTHS = (Cm(8.0), Cm(8.5))
MOTTO_RULE = Cm(6.05)  # as long as the motto above it
LETTER_RULE = 0.11  # cm for each letter of the issuing body: between a third and a half of its name
LONGEST_RULE = 2.2
FIRST_LINE = Cm(1.27)
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
ISSUER_LETTERS = 22  # bold capitals of 12 pt on one line of the left place
PLACE = re.compile(r" (?=(?:XÃ|PHƯỜNG|ĐẶC KHU|TỈNH|THÀNH PHỐ) )")  # before it a long name goes on in the next line
BLANK = "……"  # room for the pen
LAST_ROWS = 2  # of a table, kept beside who signs below it
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"  # the type of the file
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def set_up(document: Document, *, author: str, title: str, subject: str, made_at: datetime) -> None:
    """The page, the style of the text, and what the file tells of itself."""
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
    about.author = about.last_modified_by = clean(author)[:250]
    about.title, about.subject, about.language = clean(title)[:250], clean(subject)[:250], "vi-VN"
    about.comments = about.keywords = ""
    about.created = about.modified = made_at.replace(tzinfo=None)
    about.revision = 1


def head(document: Document, paper: OfficialLetter | FormPaper) -> None:
    """Bodies and national name side by side, below them number and day on one line; no line of a body above where
    there is none."""
    left, right, below, day = side_by_side(document, HEAD_WIDTHS, rows=2)
    if paper.superior:
        line(left, paper.superior.upper(), 12, CENTRE, first=True)
    line(left, issuer_lines(paper.issuer.upper()), 12, CENTRE, bold=True, first=not paper.superior)
    rule(left, HEAD_WIDTHS[0], Cm(min(LONGEST_RULE, LETTER_RULE * len(paper.issuer))))
    line(right, QUOC_HIEU, 13, CENTRE, bold=True, first=True)
    line(right, TIEU_NGU, 14, CENTRE, bold=True)
    rule(right, HEAD_WIDTHS[1], MOTTO_RULE)
    line(below, paper.number, 13, CENTRE, before=6, first=True)
    line(day, paper.place_and_day, 14, CENTRE, italic=True, before=6, first=True)


def issuer_lines(name: str) -> str:
    """The body that issues a paper on one line, or, where that is too short for it, its place on the next."""
    return name if len(name) <= ISSUER_LETTERS else PLACE.sub("\n", name, count=1)


def text(document: Document, words: str, before: int = 6, italic: bool = False) -> None:
    """A paragraph of the body: its first line drawn in, justified unless the pen fills it: dots would pull its words
    apart."""
    align = LEFT if BLANK in words else JUSTIFY
    paragraph = line(document, words, 14, align, italic=italic, before=before)
    paragraph.paragraph_format.first_line_indent = FIRST_LINE
    paragraph.paragraph_format.line_spacing = 1.15


def keep_with_foot(document: Document) -> None:
    """The end of the text goes to the next page with who signs below it: no signature stands on a page alone."""
    last = document.element.body.inner_content_elements[-1]
    rows = Table(last, document).rows[-LAST_ROWS:] if isinstance(last, CT_Tbl) else ()
    kept = [paragraph for row in rows for cell in row.cells for paragraph in cell.paragraphs]
    for paragraph in kept or document.paragraphs[-1:]:
        paragraph.paragraph_format.keep_with_next = True


def list_recipients(cell: _Cell, recipients: Sequence[str]) -> None:
    """Nơi nhận, one line each."""
    line(cell, "Nơi nhận:", 12, LEFT, bold=True, italic=True, first=True)
    for recipient in recipients:
        line(cell, recipient, 11, LEFT)


def side_by_side(document: Document, widths: Sequence[int], rows: int = 1) -> tuple[_Cell, ...]:
    """The cells of a table without lines, row by row."""
    table = document.add_table(rows=rows, cols=2)
    cell_margins(table, Cm(0))
    fix_widths(table, widths)
    keep_rows_whole(table)
    return tuple(cell for row in table.rows for cell in row.cells)


def turn(section: Section, *, across: bool) -> None:
    """The pages of the section stand upright, or lie on their side."""
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = A4[::-1] if across else A4


def fix(document: Document) -> bytes:
    """The saved file with the times of its parts set to one day, so that nothing in it tells of the clock."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item.filename))
    return fixed.getvalue()
