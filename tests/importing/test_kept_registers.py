"""Registers as communes keep them: each is read as people mean it, or asks by name."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from cases import actions
from cases.importing import register
from cases.importing import run as runs
from cases.importing.mapping import from_json
from cases.importing.source import UnmappedError
from cases.importing.synonyms import Synonyms
from cases.models import JobReferral, Judgment, Returnee
from tests.books import check, errors, raw
from tests.makers import make_succession, make_unit


@pytest.fixture(autouse=True)
def _before_the_reform(units):
    """Nam Đà bore its code before 01/07/2025 too."""
    until = date(2025, 6, 30)
    old = make_unit(kind="commune", code="24697", name="Xã Nam Đà", valid_from=date(2004, 1, 1), valid_to=until)
    make_succession(old, units.nam_da)


FILES = Path(__file__).parent / "registers"


def content(name):
    return (FILES / f"{name}.xlsx").read_bytes()


def send(name, by):
    return runs.upload(name=f"{name}.xlsx", content=content(name), uid=uuid4(), by=by)


def agree(run, by):
    """The importer goes on with what is proposed."""
    runs.match_columns(run=run, mapping=from_json(run.mapping), by=by)
    run.refresh_from_db()


def checked(name, by, **answers):
    with (FILES / f"{name}.xlsx").open("rb") as file:
        said = {register.EVERY: {register.EVERY: answers}} if answers else None
        try:
            return check(file, by, corrections=said)
        except UnmappedError as error:
            return check(file, by, mapping=error.mapping, corrections=said)


def test_every_column_of_an_old_register_is_recognised(an):
    run = send("old-register-of-a-commune", an)

    assert (run.state, run.mapping["sheet"], run.mapping["head"]) == ("mapping", "Sheet1", 6)
    assert [column["target"] for column in run.mapping["columns"]] == [
        "",
        "person.full_name",
        "person.born_on",
        "person.hamlet",
        "judgment.offence",
        "judgment.main_penalty",
        "person.prison",
        "person.completed_on",
        "person.presented_on",
        "work.detail",
        "person.note",
    ]
    assert run.mapping["columns"][4]["samples"][:2] == ["Lừa đảo CĐTS", "VP QĐ về ĐKPTGTĐB"]


def test_an_old_register_is_loaded_with_at_most_twelve_choices_and_no_cell_typed(an):
    run = send("old-register-of-a-commune", an)
    agree(run, an)
    choices = 1
    asking = list(run.rows.filter(state="error"))
    assert {name for row in asking for name, _offered in row.choices} <= {"cell:sex", "cell:file"}
    for row in run.rows.filter(sheet="Người").exclude(choices=[]):
        choices += 1
        typed = {"sex": "Nam"}
        assert actions.import_run.correct_cells(run=run, sheet="Người", numbers=[row.number], typed=typed, by=an)
    run.refresh_from_db()
    runs.check_again(run=run, by=an)
    assert (run.errors, choices <= 12) == (0, True)

    runs.begin_load(run=run, by=an, good_rows=False)

    assert run.state == "loaded"
    assert Returnee.objects.count() == Judgment.objects.count() == 12
    assert JobReferral.objects.filter(begin_unknown=True).count() == 4
    hung = Returnee.objects.get(full_name="Nguyễn Văn Hùng")
    assert (hung.file_number, hung.prison, hung.subject_type) == (
        "24697-2023-001",
        "Trại tạm giam CA tỉnh",
        "completed",
    )
    lan = Returnee.objects.get(full_name="Trần Thị Lan")
    assert (lan.subject_type, lan.note, lan.presented_on) == ("amnestied", "Đặc xá 2/9", None)
    stolen = Judgment.objects.get(returnee__full_name="K'Tiêng")
    assert (stolen.months, stolen.main_done_on, stolen.offences.get().article) == (42, date(2025, 8, 5), "173")


def test_the_same_old_register_says_nothing_new_the_second_time(an):
    run = send("old-register-of-a-commune", an)
    agree(run, an)
    asked = [row.number for row in run.rows.filter(sheet="Người").exclude(choices=[])]
    actions.import_run.correct_cells(run=run, sheet="Người", numbers=asked, typed={"sex": "Nữ"}, by=an)
    run.refresh_from_db()
    runs.check_again(run=run, by=an)
    runs.begin_load(run=run, by=an, good_rows=True)
    loaded = Returnee.objects.count()

    again = send("old-register-of-a-commune", an)

    assert loaded == 12
    assert again.errors == 0  # what was answered once is known from the files
    assert again.state == "checked"  # the columns were matched before
    assert again.counts["Người"]["same"] == loaded
    assert again.counts["Bản án"]["create"] == again.counts["Hoạt động"]["create"] == 0


def test_totals_and_signatures_are_told_and_not_read(an):
    found = checked("old-register-of-a-commune", an)

    (said,) = [each for each in found.messages if "Tổng: 12 người" in each.text]
    assert said.level == "warning"
    assert "“Đại úy Lê Thành An”" in said.text


@pytest.mark.parametrize("last", [[3, "Lê Văn Tý", None, "Thôn 3"], [3, "Lê Văn Tý"]])
def test_who_bears_the_next_number_is_asked_about_and_not_taken_for_a_signature(an, last):
    heads = ["STT", "Họ và tên", "Năm sinh", "Thôn", "Ngày chấp hành xong"]
    people = [[1, "Nguyễn Văn An", 1985, "Thôn 1", "01/08/2025"], [2, "Trần Thị Lan", 1990, "Thôn 2", "02/08/2025"]]
    file = raw({"Sheet1": [heads, *people, last, [], [None, "Người lập", None, "Trưởng công an"]]})
    with pytest.raises(UnmappedError) as unmapped:
        check(file, an)

    found = check(file, an, mapping=unmapped.value.mapping)

    assert found.counts()["Người"]["rows"] == 3
    assert {(sheet, row) for sheet, row, _column in errors(found)} == {("Người", 4)}


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Nam", "person.man"),
        ("Năm", None),
        ("ĐT", "person.phone"),
        ("DT", "person.ethnicity"),
        ("xa", "person.unit"),
        ("Ngày tháng vào sổ", None),
        ("Họ và tên cha", None),
        ("SĐT người thân", None),
        ("Trình diện lần đầu", "person.presented_on"),
        ("Năm sinh (Nữ)", "person.woman"),
    ],
)
def test_a_heading_is_known_by_whole_words_their_accents_and_of_whom_it_speaks(heading, target):
    assert Synonyms("register").find(heading) == target


def test_headings_below_titles_are_found(an):
    found = checked("title-rows-above-header", an)

    assert (errors(found), [row.number for row in found.rows["Người"]]) == ([], [5, 6, 7])


ASKED = {  # rows of values-as-typed-by-people that are no plain slip: what nobody can read is named
    21: "Điện thoại",
    23: "Số định danh",  # of the row before
    24: "Số định danh",
    28: "Số định danh",
    29: "Số định danh",
    34: "Số định danh",
    43: "Giới tính",
    44: "Giới tính",
    45: "Giới tính",
}
READ = {
    7: ("phone", "0834567890"),
    8: ("phone", "0912345678"),
    10: ("phone", "0912345678"),
    15: ("phone", "0912345678"),
    18: ("phone", None),
    20: ("phone", "0391234567"),
    25: ("identity_number", "067085000124"),
    31: ("identity_number", "067085000127"),
    32: ("identity_number", "067085000128"),
    33: ("identity_number", "067085000129"),
    35: ("identity_number", None),
    46: ("sex", "male"),
    47: ("sex", "female"),
    59: ("subject_type", "amnestied"),
    60: ("subject_type", "completed"),
    61: ("subject_type", "completed"),
    62: ("subject_type", "completed"),
    65: ("subject_type", "conditional"),
    66: ("subject_type", "conditional"),
}


def test_values_as_people_type_them_are_read_or_asked_about_by_name(an):
    found = checked("values-as-typed-by-people", an)
    rows = {row.number: row for row in found.rows["Người"]}

    assert {(number, rows[number][name]) for number, (name, _value) in READ.items()} == {
        (number, value) for number, (_name, value) in READ.items()
    }
    said = {(message.row, message.column) for message in found.all_messages() if message.level == "error"}
    assert said == set(ASKED.items())
    assert rows[8].values["note"] == "Điện thoại: 0912345678 / 0987654321"
    assert rows[32]["old_identity_number"] == "245123457"
    assert {row.about.unit.code for row in rows.values() if row.about} == {"24697"}


def test_letters_from_before_unicode_are_shown_beside_what_they_mean_and_converted_when_agreed(an):
    asked = checked("legacy-font-tcvn3-vni-names", an)

    texts = [said.text for said in asked.all_messages() if said.level == "error"]
    assert sum("“Nguyễn Văn Hùng”" in text for text in texts) == 2
    assert {name for row in asked.rows["Người"] for name in row.asked} == {"letters"}
    read = checked("legacy-font-tcvn3-vni-names", an, letters="converted")
    assert errors(read) == []
    assert [row["full_name"] for row in read.rows["Người"]] == ["Nguyễn Văn Hùng", "Nguyến Văn Nam", "Nguyễn Văn Hùng"]
    assert [row["hamlet"] for row in read.rows["Người"]] == ["Thôn Nam Tân", "Thôn 1", "Thôn Nam Tân"]


def test_a_formula_without_a_value_is_told_in_any_form_of_the_file(an):
    found = checked("formula-without-value-prefixed-xml", an)

    (said,) = [each for each in found.all_messages() if each.level == "error"]
    assert (said.row, said.column) == (2, "Ngày trình diện")
    assert "công thức" in said.text.lower()


def test_seventeen_hours_of_the_day_before_shows_both_days(an):
    found = checked("date-cell-17h-previous-day", an)

    told = [said.text for said in found.all_messages() if said.row == 2 and said.level == "warning"]
    for before, meant in (("11/05/1985", "12/05/1985"), ("31/08/2025", "01/09/2025"), ("03/09/2025", "04/09/2025")):
        assert any(before in text and meant in text for text in told)


@pytest.mark.parametrize(
    ("first", "more"), [("judgment-1-first", ("judgment-2-fee-paid", "judgment-3-months-corrected"))]
)
def test_corrected_judgments_are_changes(first, more, an):
    for name in (first, *more):
        run = send(name, an)
        assert (run.errors, run.counts["Bản án"]["create"]) == (0, int(name == first)), name
        runs.begin_load(run=run, by=an, good_rows=False)

    judgment = Judgment.objects.get()
    fee = judgment.obligations.get()
    assert (judgment.months, judgment.main_done_on) == (36, date(2023, 3, 5))
    assert (fee.state, fee.done_on) == ("done", date(2024, 6, 10))


def test_corrected_rows_without_a_number_are_asked_about(an):
    run = send("nonumber-1-first", an)
    runs.begin_load(run=run, by=an, good_rows=False)

    again = send("nonumber-2-corrected", an)

    asked = {row.sheet: dict(row.choices) for row in again.rows.exclude(choices=[])}
    assert asked.keys() == {"Bản án", "Vi phạm", "Hoạt động"}
    assert all("earlier" in choices for choices in asked.values())


def test_what_is_proposed_for_many_rows_is_told_with_their_number(an):
    heads = ["STT", "Họ và tên", "Năm sinh", "Thôn", "Ngày chấp hành xong"]
    names = ("Nguyễn Văn An", "Trần Văn Bảy", "Lê Văn Tý")
    rows = [[number, name, 1985, "Thôn 1", "01/08/2025"] for number, name in enumerate(names, start=1)]
    file = raw({"Sheet1": [heads, *rows]})
    with pytest.raises(UnmappedError) as unmapped:
        check(file, an)

    found = check(file, an, mapping=unmapped.value.mapping)

    (told,) = [said.text for said in found.all_messages() if said.column == "Mã đơn vị"]
    assert "đề xuất ở 3 dòng" in told or " 3 dòng" in told
