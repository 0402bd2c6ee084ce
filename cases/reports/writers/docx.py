"""The official report as a document: the layout of Decree 30/2020/NĐ-CP, Appendix I. The same paper, the same bytes."""

from collections.abc import Callable

from django.utils import translation
from docx import Document
from docx.document import Document as Letter
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm

from cases.reports.periodic.official_letter import OfficialLetter
from cases.reports.writers import docx_layout, docx_table
from cases.reports.writers.docx_layout import CENTRE, FIRST_LINE, FOOT_WIDTHS, JUSTIFY, LEFT
from cases.reports.writers.docx_marks import count_from_one, line, rule

ROMAN = ("I", "II", "III", "IV")


def write(paper: OfficialLetter, hide: Callable[[str], str] = str) -> bytes:
    """The document: letter, signature, then the figures, and on pages laid across those of the units below.

    `hide` takes out of each text what nobody is told any more.
    """
    with translation.override("vi"):
        document = Document()
        docx_layout.set_up(document, author=paper.issuer, title="Báo cáo", subject=paper.subject, made_at=paper.made_at)
        docx_layout.head(document, paper)
        _title(document, paper)
        _body(document, paper)
        _foot(document, paper)
        has_units = bool(paper.comparison.table.rows)
        _appendix(document)
        docx_table.figures(document, paper, "Phụ lục I" if has_units else "Phụ lục")
        if has_units:
            _appendix(document, across=True)
            docx_table.by_unit(document, paper, "Phụ lục II")
        for written in document.element.body.iter(qn("w:t")):
            written.text = hide(written.text or "")
        return docx_layout.fix(document)


def _title(document: Letter, paper: OfficialLetter) -> None:
    line(document, "BÁO CÁO", 14, CENTRE, bold=True, before=18)
    line(document, paper.subject, 14, CENTRE, bold=True)
    if paper.replaces:
        line(document, paper.replaces, 13, CENTRE, italic=True)
    rule(document, Cm(16.5), Cm(5))


def _body(document: Letter, paper: OfficialLetter) -> None:
    docx_layout.text(document, paper.opening, before=12)
    for numeral, part in zip(ROMAN, paper.parts, strict=True):
        heading = line(document, f"{numeral}. {part.title.upper()}", 14, JUSTIFY, bold=True, before=6)
        heading.paragraph_format.first_line_indent = FIRST_LINE
        heading.paragraph_format.keep_with_next = True
        for text in part.paragraphs:
            docx_layout.text(document, text)
    docx_layout.text(document, f"({_enclosed(paper)}.)", italic=True)


def _enclosed(paper: OfficialLetter) -> str:
    if not paper.comparison.table.rows:
        return "Kèm theo Phụ lục: bảng số liệu"
    return "Kèm theo Phụ lục I: bảng số liệu; Phụ lục II: số liệu theo đơn vị"


def _foot(document: Letter, paper: OfficialLetter) -> None:
    docx_layout.keep_with_foot(document)
    line(document, "", 6, LEFT).paragraph_format.keep_with_next = True
    left, right = docx_layout.side_by_side(document, FOOT_WIDTHS)
    docx_layout.list_recipients(left, paper.recipients)
    for number, text in enumerate(paper.signature):
        line(right, text, 14, CENTRE, bold=True, first=number == 0)
    signatory = line(right, paper.signatory, 14, CENTRE, bold=True, before=76)
    for paragraph in right.paragraphs:
        paragraph.paragraph_format.keep_with_next = paragraph is not signatory
    if paper.seal:
        line(document, paper.seal, 9, LEFT, italic=True, before=6)


def _appendix(document: Letter, across: bool = False) -> None:
    """A new page, its numbers from 1 again, the first one not shown; `across` lays it on its side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    count_from_one(section)
    docx_layout.turn(section, across=across)
