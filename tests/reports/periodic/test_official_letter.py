"""The official report as data: bodies by their day, number, signature, texts; and the file it becomes."""

import json
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from cases.lib.period import Period
from cases.reports.periodic import official_letter, reintegration
from cases.reports.periodic.comparison import TypedFigure, compare
from cases.reports.periodic.official_letter import Letter
from cases.reports.periodic.report_scope import where_of
from cases.reports.writers import docx, docx_layout, docx_table
from tests.makers import make_activity, make_returnee, make_unit

TODAY = date(2026, 11, 20)
YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))
CUT = Period(YEAR.start, TODAY)


def official(unit, typed=None, period=CUT, **letter):
    where = where_of(unit, "as-was", period, TODAY)
    comparison = official_letter.compared_in_vietnamese(where, YEAR, period, typed or {})
    return official_letter.paper(comparison, unit, YEAR, Letter(**{"on": TODAY, **letter}))


@pytest.fixture
def old_units(organisations):
    """Krông Nô as a district of Đắk Nông, with Nam Đà and a town."""
    dates = {"valid_from": date(2004, 1, 1), "valid_to": date(2025, 6, 30)}
    province = make_unit(kind="province", code="67", name="Tỉnh Đắk Nông", **dates)
    district = make_unit(kind="district", code="664", name="Huyện Krông Nô", parent=province, **dates)
    return make_unit(kind="commune", code="24697", name="Xã Nam Đà", parent=district, **dates)


@pytest.mark.parametrize(
    ("day", "superior"),
    [
        (date(2022, 4, 8), "Công an huyện Krông Nô"),
        (date(2025, 2, 28), "Công an huyện Krông Nô"),
        (date(2025, 3, 1), "Công an tỉnh Đắk Nông"),
        (date(2026, 1, 1), "Công an tỉnh Đắk Nông"),
    ],
)
def test_the_bodies_are_named_as_on_the_day_of_the_letter(day, superior, old_units):
    found = official_letter.bodies(old_units, day)

    assert (found.name, found.superior) == ("Công an xã Nam Đà", superior)


def test_a_cluster_reports_through_the_police_of_its_province(units):
    found = official(units.cluster)

    assert (found.superior, found.issuer) == ("Bộ Công an", "Công an tỉnh Lâm Đồng")
    assert "trên địa bàn cụm Krông Nô" in found.subject


def test_the_letter_says_number_place_and_day(units):
    assert official(units.nam_da).number == "Số: ……/BC-CAX"
    assert official(units.nam_da, number=5).number == "Số: 05/BC-CAX"
    assert official(units.nam_da, on=date(2026, 2, 8)).place_and_day == "Nam Đà, ngày 08 tháng 02 năm 2026"
    assert official(units.nam_da, on=date(2026, 4, 8)).place_and_day == "Nam Đà, ngày 08 tháng 4 năm 2026"


@pytest.mark.parametrize(
    ("letter", "lines"),
    [
        ({}, ("TRƯỞNG CÔNG AN XÃ",)),
        ({"capacity": "KT."}, ("KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ")),
        (
            {"capacity": "TM.", "signs_for": "Ủy ban nhân dân", "position": "Chủ tịch"},
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
    ],
)
def test_who_signs_and_for_whom(letter, lines, units):
    found = official(units.nam_da, rank="Đại úy", name="Trần Quốc Anh", **letter)

    assert found.signature == lines
    assert found.signatory == "Đại úy Trần Quốc Anh"


def test_the_texts_are_drafted_from_the_figures_until_somebody_writes_one(an, units):
    person = make_returnee(by=an, completed_on=date(2026, 2, 1))
    make_activity(person, by=an, on=date(2026, 3, 1))
    parts = {part.key: part for part in official(units.nam_da, texts={"directions": "Làm tốt hơn.\n\n Ngay."}).parts}

    assert any("gặp gỡ, động viên 1 lượt" in text for text in parts["results"].paragraphs)
    assert any("đang quản lý 1 người" in text for text in parts["situation"].paragraphs)
    assert parts["directions"].paragraphs == ("Làm tốt hơn.", "Ngay.")
    assert [part.is_drafted for part in parts.values()] == [True, True, True, False]


def test_nothing_is_claimed_of_a_unit_with_nobody(units):
    told = " ".join(text for part in official(units.nam_da).parts for text in part.paragraphs)

    assert "None" not in told
    assert "không có người tái phạm tội" in told
    assert "tăng" not in told
    assert "giảm" not in told


@pytest.fixture
def file(an, units):
    """The document of the cluster, with a figure by hand, as a word processor reads it."""
    make_activity(make_returnee(by=an), by=an, on=TODAY)
    typed = {"encouragement": TypedFigure(Decimal("9.00"), "Sổ giấy ghi thêm", "An")}
    made = docx.write(official(units.cluster, typed, number=15, rank="Đại úy", name="Trần Quốc Anh"))
    return Document(BytesIO(made))


def sizes(paragraph):
    return {run.font.size.pt for run in paragraph.runs if run.text}


def test_the_sheet_is_a4_with_the_margins_and_the_face_of_the_decree(file):
    section = file.sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (20, 20)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
    faces = {run.font.name for paragraph in file.paragraphs for run in paragraph.runs}
    assert faces == {"Times New Roman"}


def test_the_page_number_is_a_field_in_the_top_margin_but_not_on_the_first_page(file):
    section = file.sections[0]
    codes = [node.text for node in section.header._element.iter(qn("w:instrText"))]

    assert codes == ["PAGE"]
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    assert sizes(section.header.paragraphs[0]) <= {13.0}


def words(cell):
    return [paragraph for paragraph in cell.paragraphs if paragraph.text]


def rule_length(cell):
    """Of the short line in a cell, in cm."""
    form = next(each for each in cell.paragraphs if each._p.findall(f".//{qn('w:pBdr')}")).paragraph_format
    return cell.width.cm - form.left_indent.cm - form.right_indent.cm


def test_the_head_stands_in_two_cells_the_right_one_wide_enough_for_one_line(file):
    left, right = file.tables[0].rows[0].cells

    assert right.width.cm >= 9.9
    assert [each.text for each in words(left)] == ["BỘ CÔNG AN", "CÔNG AN TỈNH LÂM ĐỒNG"]
    assert [each.text for each in words(right)] == [docx_layout.QUOC_HIEU, docx_layout.TIEU_NGU]
    assert [sizes(each) for each in words(right)] == [{13.0}, {14.0}]
    assert [each.runs[0].bold for each in (*words(left), *words(right))] == [False, True, True, True]


def test_the_rules_of_the_head_measure_what_the_decree_asks(file):
    left, right = file.tables[0].rows[0].cells
    issuer = 5.3  # cm that "CÔNG AN TỈNH LÂM ĐỒNG" takes at 12 pt, 6.04 the motto at 14 pt

    assert issuer / 3 <= rule_length(left) <= issuer / 2
    assert rule_length(right) == pytest.approx(6.04, abs=0.1)


def test_number_and_day_stand_on_one_line(file):
    number, day = (words(cell)[0] for cell in file.tables[0].rows[1].cells)

    assert (number.text, day.text) == ("Số: 15/BC-CAT", "Lâm Đồng, ngày 20 tháng 11 năm 2026")
    assert (sizes(number), sizes(day)) == ({13.0}, {14.0})
    assert (number.runs[0].italic, day.runs[0].italic) == (False, True)


def test_each_appendix_is_named_in_the_letter_and_counts_its_own_pages(file):
    texts = [paragraph.text for paragraph in file.paragraphs]

    assert "(Kèm theo Phụ lục I: bảng số liệu; Phụ lục II: số liệu theo đơn vị.)" in texts
    for title, name in (("Phụ lục I", "BẢNG SỐ LIỆU"), ("Phụ lục II", "SỐ LIỆU THEO ĐƠN VỊ")):
        place = texts.index(title)
        assert texts[place + 1] == name
        assert texts[place + 2] == (
            "(Kèm theo Báo cáo số: 15/BC-CAT ngày 20 tháng 11 năm 2026\ncủa Công an tỉnh Lâm Đồng)"
        )
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in file.sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]
    assert all(section.different_first_page_header_footer for section in file.sections)


def test_a_commune_has_one_appendix(units):
    texts = [paragraph.text for paragraph in Document(BytesIO(docx.write(official(units.nam_da)))).paragraphs]

    assert "(Kèm theo Phụ lục: bảng số liệu.)" in texts
    assert "Phụ lục" in texts


def test_the_parts_the_signature_and_the_recipients_are_there_in_their_sizes(file):
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.text[:2] in ("I.", "II", "IV")]
    left, right = file.tables[1].rows[0].cells

    assert [heading.split(".")[0] for heading in headings] == ["I", "II", "III", "IV"]
    assert (left.paragraphs[0].text, sizes(left.paragraphs[0])) == ("Nơi nhận:", {12.0})
    assert sizes(left.paragraphs[1]) == {11.0}
    assert right.paragraphs[-1].text == "Đại úy Trần Quốc Anh"
    assert right.paragraphs[-1].runs[0].bold


def test_the_table_marks_what_was_written_by_hand_and_the_units_lie_across(file):
    cells = {row.cells[1].text: row.cells[3].text for row in file.tables[2].rows}
    notes = [paragraph.text for paragraph in file.paragraphs if paragraph.text.startswith("(*)")]

    assert cells["Gặp gỡ, động viên"] == "9 (*)"
    assert notes == ["(*) Gặp gỡ, động viên: số nhập tay 9; số đếm được 1; lý do: Sổ giấy ghi thêm."]
    across = file.sections[2]
    assert across.orientation == WD_ORIENT.LANDSCAPE
    assert file.tables[3].rows[-1].cells[0].text == "Tổng"


def test_a_sum_of_milliards_stands_on_one_line():
    """At 11 pt a figure is 0.194 cm wide, a point half of that, a sign 0.22."""
    room = [width.cm - 2 * docx_table.MARGIN.cm for width in docx_table.WIDTHS]
    amount = 11 * 0.194 + 3 * 0.097  # 16.000.000.000

    assert min(room[3], room[4]) >= amount
    assert room[5] >= amount + 0.22
    assert sum(width.cm for width in docx_table.WIDTHS) <= 16.5


def test_the_same_report_is_the_same_file_byte_for_byte(units):
    made = docx.write(official(units.cluster))

    assert made == docx.write(official(units.cluster))
    assert {entry.date_time for entry in zipfile.ZipFile(BytesIO(made)).infolist()} == {docx_layout.ZIP_DAY}
    assert Document(BytesIO(made)).core_properties.modified.date() == TODAY


def test_figures_kept_earlier_make_the_same_file_again(an, units):
    make_activity(make_returnee(by=an), by=an, on=TODAY)
    where = where_of(units.nam_da, "as-was", CUT, TODAY)
    counted = official_letter.compared_in_vietnamese(where, YEAR, CUT, {})
    told = json.loads(json.dumps(counted.table.as_json()))["totals"]

    with translation.override("vi"):
        kept = compare(reintegration.table_of(units.nam_da, CUT, "as-was", told), counted.before)
    letter = Letter(on=TODAY, number=3)
    made = [docx.write(official_letter.paper(each, units.nam_da, YEAR, letter)) for each in (counted, kept)]
    assert made[0] == made[1]
