"""Whatever text is stored, a letter and a workbook are written of it, and say it."""

import re
import warnings
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from cases.lib.period import Period
from cases.lib.text import clean
from cases.reports import report_sheet
from cases.reports.periodic.comparison import ReportComparison, TypedFigure
from cases.reports.periodic.indicators import Theme
from cases.reports.periodic.official_letter import LetterPart, OfficialLetter
from cases.reports.table import FigureColumn, FigureRow, ReportTable
from cases.reports.writers import docx, xlsx

AT = timezone.make_aware(datetime(2026, 11, 29, 8))
YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))
BAD = "\x00\x02\x1b\ufffe\uffff\u200b\u202e\u2028\r\n\t_x0041_ &'[]:*?/\\=<>\"\U0001f600Bi\u0300nh"
SLOW = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(max_size=40) | st.text(alphabet=BAD, max_size=40) | st.just(BAD * 20)


@st.composite
def comparisons(draw):
    """A figure in each part of the report, two units below, one figure typed by hand."""
    columns = tuple(FigureColumn(theme, draw(texts), "people", draw(texts), theme, "") for theme in Theme)
    values = {column.key: number for number, column in enumerate(columns)}
    rows = tuple(FigureRow(pk, draw(texts), draw(texts), values) for pk in (1, 2))
    table = ReportTable("report", YEAR, "as-was", columns, FigureRow(0, draw(texts), draw(texts), values), rows)
    return ReportComparison(table, table, {columns[0].key: TypedFigure(Decimal(5), draw(texts), draw(texts))})


few = st.lists(texts, max_size=3).map(tuple)
PARTS = st.tuples(*[st.builds(LetterPart, texts, texts, few, st.booleans())] * len(docx.ROMAN))
PLAIN = ("superior", "issuer", "number", "place_and_day", "subject", "replaces", "opening", "signatory")
papers = st.builds(
    OfficialLetter,
    **dict.fromkeys(PLAIN, texts),
    parts=PARTS,
    signature=few,
    recipients=few,
    comparison=comparisons(),
    made_at=st.just(AT),
)


def words(text):
    return "".join(clean(text).split())


@SLOW
@given(papers)
def test_a_letter_says_every_text_that_is_stored(paper):
    document = Document(BytesIO(docx.write(paper)))
    said = words("".join(document.element.body.itertext()))

    rows = [each.name for each in paper.comparison.table.rows]
    typed = [each.reason for each in paper.comparison.typed.values()]
    told = [paper.opening, paper.signatory, *paper.recipients, *paper.signature, *rows, *typed]
    told += [text for part in paper.parts for text in part.paragraphs]
    told += [column.title for column in paper.comparison.table.columns]
    assert [text for text in told if words(text) not in said] == []


def opened(sheets, foot):
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        xlsx.write(out, sheets, foot=foot, made_at=AT)
    return load_workbook(out)


@SLOW
@given(comparisons(), texts)
def test_the_workbook_of_a_report_takes_every_text_that_is_stored(comparison, foot):
    book = opened(report_sheet.sheets(comparison), foot)

    assert len(book.worksheets) == 2


@SLOW
@example([BAD, BAD, "", "", "'", "A" * 31, "a" * 40, "\U0001f600" * 40, "\U0001f600" * 39], "&" * 400)
@given(st.lists(texts, min_size=1, max_size=6), texts)
def test_sheets_and_cells_of_any_name_are_written_and_read_again(names, foot):
    sheets = [xlsx.Sheet(name, [name], [xlsx.SheetColumn(name)], [[name]]) for name in names]
    book = opened(sheets, foot)

    assert len({page.title.lower() for page in book.worksheets}) == len(names)
    for name, page in zip(names, book.worksheets, strict=True):
        assert unescape(page["A3"].value or "") == clean(name, lines=True)


@given(st.text(alphabet="&aB\U0001f600", max_size=300))
def test_a_foot_fits_its_format_and_halves_no_sign(text):
    foot = xlsx._foot(text)

    assert len(foot.encode("utf-16-le")) // 2 + len("&L&9&R&9&P/&N") <= 255
    assert "&" not in re.sub("&&", "", foot)
