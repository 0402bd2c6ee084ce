"""Strokes a document is drawn with: fonts, lines of text, short rules, fields, tables of fixed widths."""

from collections.abc import Sequence
from copy import deepcopy

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from cases.lib.text import clean

FACE = "Times New Roman"


def font(run: Run | ParagraphStyle, size: float) -> None:
    """Times New Roman for every script, in points."""
    run.font.name, run.font.size = FACE, Pt(size)
    fonts = run.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FACE)


def line(
    inside: Document | _Cell,
    text: str,
    size: float,
    align: int,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    first: bool = False,
) -> Paragraph:
    """A paragraph of one run; `first` takes the empty one a cell begins with."""
    paragraph = inside.paragraphs[0] if first else inside.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(clean(text, lines=True))
    font(run, size)
    run.bold, run.italic = bold, italic
    return paragraph


def line_like(cell: _Cell, text: str, pattern: Paragraph) -> None:
    """In the place of the paragraph a cell begins with, one drawn as `pattern` is: of thousands each but the first."""
    drawn = deepcopy(pattern._p)
    drawn.r_lst[0].text = clean(text, lines=True)
    cell._tc.replace(cell._tc.p_lst[0], drawn)


def rule(inside: Document | _Cell, width: int, length: int) -> None:
    """A short line in the middle, `length` of `width`: the upper border of an empty, very low paragraph."""
    paragraph = inside.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = (width - length) // 2
    form.space_before, form.line_spacing_rule, form.line_spacing = Pt(4), WD_LINE_SPACING.EXACTLY, Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def field(paragraph: Paragraph, code: str, size: float) -> None:
    """A field the word processor fills in, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("", ""), ("end", "")):
        run = paragraph.add_run()
        font(run, size)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
            run._r.append(mark)
        else:
            run.text = "1"


def count_from_one(section: Section) -> None:
    """The pages of the section are numbered from 1."""
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


def cell_margins(table: Table, width: Length) -> None:
    """The room kept left and right of the text of each cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width.twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def fix_widths(table: Table, widths: Sequence[int]) -> None:
    """Columns keep these widths whatever stands in them."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def keep_rows_whole(table: Table) -> None:
    """No row is cut in two by the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_head(table: Table) -> None:
    """The first row stands on top of every page the table reaches; no row is cut in two."""
    keep_rows_whole(table)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
