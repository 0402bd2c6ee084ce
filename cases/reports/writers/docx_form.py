"""Forms as a document: each on pages of its own, laid out as the official letter. The same papers, the same bytes."""

from collections.abc import Sequence

from django.utils import translation
from docx import Document
from docx.document import Document as Letter
from docx.enum.section import WD_SECTION
from docx.shared import Cm
from docx.table import _Cell

from cases.reports.dossier.form_paper import (
    Block,
    FormPaper,
    Heading,
    LabelledValues,
    PageBreak,
    PaperTable,
    SignaturePlace,
)
from cases.reports.writers import docx_layout
from cases.reports.writers.docx_layout import CENTRE, FIRST_LINE, FOOT_WIDTHS, JUSTIFY, LEFT, RIGHT
from cases.reports.writers.docx_marks import count_from_one, line, rule
from cases.reports.writers.docx_table import draw_table

UPRIGHT, ACROSS = 16.5, 25.2  # cm between the margins
COUNT = 1.3  # cm of the column that counts the rows: its title stands on one line
SIZE = 12  # of the text of a table
PEN = 60  # points left for a signature


def write(papers: Sequence[FormPaper]) -> bytes:
    """One document of all the papers, each in a section of its own whose pages count from 1.

    Raises ValueError where there is no paper.
    """
    if not papers:
        raise ValueError("A document has at least one paper.")
    with translation.override("vi"):
        document, first = Document(), papers[0]
        title = first.title if len(papers) == 1 else "Hồ sơ"
        docx_layout.set_up(document, author=first.issuer, title=title, subject=first.subject, made_at=first.made_at)
        for number, paper in enumerate(papers):
            if number:
                count_from_one(document.add_section(WD_SECTION.NEW_PAGE))
            docx_layout.turn(document.sections[-1], across=paper.across)
            _draw(document, paper)
        return docx_layout.fix(document)


def _draw(document: Letter, paper: FormPaper) -> None:
    docx_layout.head(document, paper)
    line(document, paper.title.upper(), 14, CENTRE, bold=True, before=18)
    if paper.subject:
        line(document, paper.subject, 14, CENTRE, bold=True)
    if paper.form_mark:
        line(document, paper.form_mark, 13, CENTRE, italic=True)
    rule(document, Cm(ACROSS if paper.across else UPRIGHT), Cm(5))
    if paper.addressee:
        line(document, f"Kính gửi: {paper.addressee}", 14, CENTRE, before=12)
    for block in paper.blocks:
        _block(document, block, ACROSS if paper.across else UPRIGHT)
    _foot(document, paper)


def _block(document: Letter, block: Block, width: float) -> None:
    if isinstance(block, Heading):
        heading = line(document, block.text, 14, JUSTIFY, bold=True, before=6)
        heading.paragraph_format.first_line_indent = FIRST_LINE
        heading.paragraph_format.keep_with_next = True
    elif isinstance(block, LabelledValues):
        for label, value in block.lines:
            docx_layout.text(document, f"{label}: {value}", before=4)
    elif isinstance(block, PaperTable):
        line(document, "", 6, LEFT)
        share = (width - COUNT) / sum(block.widths[1:])
        widths = [Cm(COUNT), *(Cm(each * share) for each in block.widths[1:])]
        aligned = [CENTRE, *[LEFT] * (len(widths) - 2), RIGHT if block.figures else LEFT]
        draw_table(document, block.titles, block.rows, widths, aligned, SIZE)
    elif isinstance(block, PageBreak):
        document.add_page_break()
    else:
        docx_layout.text(document, block.text)


def _foot(document: Letter, paper: FormPaper) -> None:
    """Two who sign stand side by side; one stands to the right, the recipients to the left."""
    docx_layout.keep_with_foot(document)
    line(document, "", 6, LEFT).paragraph_format.keep_with_next = True
    left, right = docx_layout.side_by_side(document, FOOT_WIDTHS)
    *beside, last = paper.signatures
    if beside:
        _sign(left, beside[0])
    elif paper.recipients:
        docx_layout.list_recipients(left, paper.recipients)
    _sign(right, last)


def _sign(cell: _Cell, place: SignaturePlace) -> None:
    for number, text in enumerate(place.capacity):
        line(cell, text, 14, CENTRE, bold=True, first=number == 0)
    line(cell, place.how, 12, CENTRE, italic=True)
    line(cell, place.name, 14, CENTRE, bold=True, before=PEN)
    for paragraph in cell.paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True
