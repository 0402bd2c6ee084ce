"""The tables of the official report: figures beside the period before, and those of the units below."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from cases.lib.text import in_a_sentence
from cases.reports.periodic.comparison import ComparedFigure, figure, signed_number, signed_percent
from cases.reports.periodic.indicators import THEME_WORDS, Theme
from cases.reports.periodic.official_letter import OfficialLetter
from cases.reports.table import FigureColumn, FigureRow
from cases.reports.writers.docx_marks import cell_margins, fix_widths, line, line_like, repeat_head
from cases.templatetags.words import day_in_full

CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
TITLES = ("STT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước", "+/−", "%")
WIDTHS = (Cm(0.9), Cm(4.4), Cm(1.9), Cm(2.56), Cm(2.56), Cm(2.8), Cm(1.38))  # the change holds "+16.000.000.000"
ALIGNED = (CENTRE, LEFT, CENTRE, RIGHT, RIGHT, RIGHT, RIGHT)
ACROSS = 25.2  # cm between the margins of a page laid across
NAMES = 4.2  # of which the names of the units take
SIZE = SMALL = 11
MARGIN = Cm(0.06)
INSET = Cm(0.45)
NO_NUMBER = "\N{NO-BREAK SPACE}"  # an empty cell would be as high as a line of the letter


def figures(document: Document, paper: OfficialLetter, appendix: str) -> None:
    """All figures of the unit: this period, the one before, the change and its share."""
    _top(document, paper, appendix, "BẢNG SỐ LIỆU")
    lines = paper.comparison.lines
    numbers = _numbers(lines)
    rows = [(number, *_cells(each)) for number, each in zip(numbers, lines, strict=True)]
    draw_table(document, TITLES, rows, WIDTHS, ALIGNED, SIZE, inset=[number == NO_NUMBER for number in numbers])
    for text in _notes(paper, lines):
        line(document, text, SMALL, LEFT, italic=True, before=4)


def _top(document: Document, paper: OfficialLetter, appendix: str, name: str) -> None:
    """What an appendix is called, and the letter it goes with."""
    line(document, appendix, 14, CENTRE, bold=True)
    line(document, name, 14, CENTRE, bold=True)
    day = day_in_full(timezone.localdate(paper.made_at))
    text = f"(Kèm theo Báo cáo {in_a_sentence(paper.number)} {day}\ncủa {paper.issuer})"
    line(document, text, 13, CENTRE, italic=True)
    line(document, "", 6, LEFT)


def _numbers(lines: Sequence[ComparedFigure]) -> list[str]:
    """The number of each line; one that is part of the line above has none."""
    found, number = [], 0
    for each in lines:
        number += not each.column.is_part
        found.append(NO_NUMBER if each.column.is_part else str(number))
    return found


def _cells(line: ComparedFigure) -> tuple[str, ...]:
    counts = line.column.counts
    now = _reported(line)
    share = signed_percent(line.percent).removesuffix(" %")
    before, change = figure(counts, line.before), signed_number(counts, line.change)
    return (line.column.title, line.column.unit, now, before, change, share)


def _reported(line: ComparedFigure) -> str:
    """The figure as the whole letter tells it, marked where somebody wrote it by hand."""
    return figure(line.column.counts, line.shown) + (" (*)" if line.typed else "")


def _notes(paper: OfficialLetter, lines: Sequence[ComparedFigure]) -> Iterator[str]:
    if paper.comparison.before is None:
        yield "Kỳ trước: không có số liệu, đơn vị chưa thành lập trong cả kỳ đó."
    else:
        before = paper.comparison.before.period
        yield f"Kỳ trước: từ {before.start:%d/%m/%Y} đến {before.end:%d/%m/%Y}. “—”: chưa có số liệu."
        if accepted := paper.comparison.accepted:
            yield f"Số liệu kỳ trước là số đã báo cáo, bản gửi ngày {timezone.localdate(accepted.sent_at):%d/%m/%Y}."
    yield from paper.comparison.notes
    for each in lines:
        if each.typed:
            now, told = figure(each.column.counts, each.now), "số nhập tay {}"
            if each.typed.is_below:
                told = "{}, gồm số nhập tay của đơn vị bên dưới"
            yield (
                f"(*) {each.column.title}: {told.format(now)}; số đếm được "
                f"{figure(each.column.counts, each.counted)}; lý do: {each.typed.reason}."
            )


def by_unit(document: Document, paper: OfficialLetter, appendix: str) -> None:
    """The units below, one table for each part of the report, so that every column can be read."""
    table, whole = paper.comparison.table, paper.comparison.by_key
    _top(document, paper, appendix, "SỐ LIỆU THEO ĐƠN VỊ")
    for theme in Theme:
        columns = [each for each in table.columns if each.theme == theme]
        heading = line(document, str(THEME_WORDS[theme]), 13, LEFT, bold=True, before=10)
        heading.paragraph_format.keep_with_next = True
        titles = ("Đơn vị", *(f"{each.title} ({each.unit})" for each in columns))
        rows = [_unit_cells(row, columns) for row in table.rows]
        total = ("Tổng", *(_reported(whole[each.key]) for each in columns))
        widths = (Cm(NAMES), *[Cm((ACROSS - NAMES) / len(columns))] * len(columns))
        draw_table(document, titles, [*rows, total], widths, (LEFT, *[RIGHT] * len(columns)), SMALL, last_bold=True)


def _unit_cells(row: FigureRow, columns: Sequence[FigureColumn]) -> tuple[str, ...]:
    return (row.name, *(figure(each.counts, row.shown(each)) for each in columns))


def draw_table(
    document: Document,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[Length],
    aligned: Sequence[WD_ALIGN_PARAGRAPH],
    size: int,
    last_bold: bool = False,
    inset: Sequence[bool] = (),
) -> None:
    """A table with lines: its titles on top of each page it reaches, each column as wide as told.

    `inset` says of each row whether its name stands back, as part of the row above.
    """
    table = document.add_table(rows=1 + len(rows), cols=len(titles))
    table.style = "Table Grid"
    cells = table._cells  # asked for once: the library walks the whole table at every row
    for place, title in enumerate(titles):
        line(cells[place], title, size, CENTRE, bold=True, first=True)
    drawn: dict[tuple[WD_ALIGN_PARAGRAPH, bool, bool], Paragraph] = {}
    for number, row in enumerate(rows, start=1):
        strong = last_bold and number == len(rows)
        for place, text in enumerate(row):
            back = bool(inset) and inset[number - 1] and aligned[place] == LEFT
            cell, look = cells[number * len(titles) + place], (aligned[place], strong, back)
            if look in drawn:
                line_like(cell, text, drawn[look])
            else:
                drawn[look] = line(cell, text, size, aligned[place], bold=strong, first=True)
                if back:
                    drawn[look].paragraph_format.left_indent = INSET
    cell_margins(table, MARGIN)
    fix_widths(table, widths)
    repeat_head(table)
