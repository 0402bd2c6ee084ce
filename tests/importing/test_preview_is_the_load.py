"""What the preview counts is what is written: for every sheet, whatever cells of a loaded workbook are edited."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.importing import cells, columns, open_document
from cases.importing import run as runs
from cases.importing.rows import RegisterRow
from cases.models import (
    Activity,
    AdministrativeViolation,
    Attendance,
    Crime,
    Expungement,
    GroupMeeting,
    ImportRun,
    JobReferral,
    Judgment,
    Loan,
    Notice,
    Offence,
    Returnee,
    TrainingReferral,
)
from tests.books import JUDGMENT, MEETING, PERSON, VIOLATION, VISIT, book, check, notices
from tests.makers import TODAY, make_succession, make_unit

WORK = (Activity, TrainingReferral, JobReferral, Loan)
MODELS = {
    "Người": (Returnee,),
    "Hoạt động": WORK,
    "Buổi gặp gỡ": (GroupMeeting,),
    "Điểm danh": (Attendance,),
    "Vi phạm": (AdministrativeViolation, Crime),
    "Thông báo": (Notice,),
}
SECOND = {**PERSON, "Mã hồ sơ": "HS-2", "Họ và tên": "H'Mẫu Niê", "Giới tính": "Nữ"}
NUMBERED = {**JUDGMENT, "Số bản án": "7/2021/HS-ST", "Điều": "173", "Án phí, bồi thường": "Chưa xong"}
JOB = {**VISIT, "Loại": "Giới thiệu việc làm", "Nơi tiếp nhận": "Xưởng gỗ"}
CRIME = {**VIOLATION, "Loại": "Tội phạm", "Loại tội phạm": "Nghiêm trọng", "Ngày hành vi": "05/10/2025", "Mã dòng": "2"}
SHEETS = {
    "people": [PERSON, SECOND],
    "judgments": [NUMBERED, {**JUDGMENT, "Mã hồ sơ": "HS-2"}],
    "work": [VISIT, {**VISIT, "Ngày": "12/09/2025", "Mã dòng": "7"}, JOB],
    "meetings": [MEETING],
    "attendance": [{"Mã buổi": "B1", "Mã hồ sơ": "HS-1"}],
    "violations": [VIOLATION, CRIME],
}
DAYS = ["11/09/2025", "05/08/2025", "21/10/2025", "05/03/2023", "01/08/2025"]
VALUES = {  # by kind of column; a choice is any of its own words
    columns.TEXT: ["Đánh bạc", "Nhà văn hóa", "8/2022/HS-ST", "XVI", "Đã xóa án tích"],
    columns.NAME: ["Trần Văn Mới", "Lê Thị Khác"],
    columns.OFFENCE: ["Đánh bạc", "Gây rối trật tự công cộng"],
    columns.ARTICLE: ["174", "9"],
    columns.MONTHS: ["2", "36"],
    columns.CODE: ["HS-2", "B2", "174", "9", "24697"],
    columns.IDENTITY: ["067085000001"],
    columns.PHONE: ["0912345678"],
    columns.DAY: DAYS,
    columns.BIRTH: ["1986", "13/05/1985"],
    columns.WHOLE: ["2", "36"],
    columns.MONEY: ["6.000.000"],
}
OWN = {"Hình phạt bổ sung": ["Quản chế", "Phạt tiền", "Không"], "Số bản án": ["8/2022/HS-ST"]}  # before the kind


def values_of(column):
    """What a cell may be edited to; empty too."""
    return [*OWN.get(column.header, list(column.choices) or VALUES[column.kind]), ""]


EDIT = st.sampled_from(
    [
        (key, place, column.header, value)
        for (key, rows), sheet in zip(SHEETS.items(), columns.SHEETS, strict=True)
        for place in range(len(rows))
        for column in sheet.columns
        for value in values_of(column)
    ]
)
LIMITS = settings(max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HANDED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "registers"
STAMPS = ("created_at", "created_by_id", "changed_at", "changed_by_id", "updated_at", "updated_by_id")


def facts(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_") and name not in STAMPS}


def records():
    """Every record by sheet and id, as it stands; a judgment's rows are its offences with what hangs on it."""
    found = {}
    for sheet, models in MODELS.items():
        for model in models:
            found |= {(sheet, model, row.pk): facts(row) for row in model.objects.all()}
    for evidence in Expungement.objects.all():
        found["Người", Returnee, evidence.returnee_id]["expungement"] = evidence.evidence_on
    return found


def judgments():
    """Each judgment with all its parts, and how many offences there are in all."""
    said = {}
    for judgment in Judgment.objects.all():
        parts = [*judgment.offences.all(), *judgment.additional_penalties.all(), *judgment.obligations.all()]
        said[judgment.pk] = [facts(judgment), *[{**facts(part), "id": None} for part in parts]]
    return said, Offence.objects.count()


@pytest.fixture
def load(an, tmp_path):
    def loaded(file, answers=None, **kind):
        path = tmp_path / "so.xlsx"
        path.write_bytes(file.getvalue())
        found = check(file, an, corrections={"": {"": answers or {}}}, **kind)
        shown = [runs.stage_row(ImportRun(), row) for rows in found.rows.values() for row in rows]
        json.dumps([[row.cells, row.messages, row.changes, row.choices] for row in shown])  # the preview can be kept
        runs.load_now(found, file=path, by=an, on=TODAY)
        return found.counts()

    return loaded


def counted(before, after, sheet):
    own = [key for key in after if key[0] == sheet]
    new = [key for key in own if key not in before]
    return len(new), len([key for key in own if key in before and before[key] != after[key]])


@LIMITS
@given(edits=st.lists(EDIT, min_size=1, max_size=3), answer=st.sampled_from(["same", "another", ""]))
def test_the_preview_counts_what_is_written(load, edits, answer):
    with transaction.atomic():
        load(book(**SHEETS))
        sheets = {key: [dict(row) for row in rows] for key, rows in SHEETS.items()}
        for key, place, header, value in edits:
            sheets[key][place][header] = value
        before, parts = records(), judgments()

        told = load(book(**sheets), {"earlier": answer} if answer else None)

        after, now = records(), judgments()
        for sheet in MODELS:
            if sheet in told:
                assert (told[sheet]["create"], told[sheet]["update"]) == counted(before, after, sheet), sheet
        changed = len([pk for pk in parts[0] if parts[0][pk] != now[0][pk]])
        assert (told["Bản án"]["create"], told["Bản án"]["update"]) == (now[1] - parts[1], changed)
        again = load(book(**sheets), {"earlier": answer} if answer else None)
        assert not any(count["create"] or count["update"] for count in again.values())
        transaction.set_rollback(True)


LIST_EDITS = {
    "Họ và tên": ["Trần Thử"],
    "Giới tính": ["Nữ"],
    "Ngày sinh": ["1986", "13/05/1985"],
    "Số định danh": ["067085000001"],
    "Dân tộc": ["Mạ"],
    "Nơi về": ["Thôn 2"],
    "Ngày ra trại": ["02/09/2025"],
    "Hình thức": ["Chấp hành xong án phạt tù"],
    "Trại giam": ["Trại Mẫu"],
    "Số thông báo": ["03/DS", ""],
    "Ngày thông báo": ["20/08/2025"],
    "Ngày nhận": ["26/08/2025"],
    "Điện thoại gia đình": ["0912345678"],
}
PAIR = [
    {"Số định danh": "067085000009", "Ngày thông báo": "19/08/2025", "Trại giam": "Trại Cũ", "Nơi về": "Thôn 1"},
    {"Họ và tên": "Lê Văn Hai", "Ngày sinh": "1990"},
]
LIST_EDIT = st.sampled_from(
    [(place, name, value) for place in (0, 1) for name, values in LIST_EDITS.items() for value in values]
)


def noticed():
    """Every notice with the person it is about."""
    return {
        ("Thông báo", Notice, notice.pk): (facts(notice), facts(notice.returnee))
        for notice in Notice.objects.select_related("returnee")
    }


@LIMITS
@given(edits=st.lists(LIST_EDIT, min_size=1, max_size=4))
def test_of_a_list_of_notices_too(load, edits):
    with transaction.atomic():
        load(notices(*PAIR), kind="notices")
        lines = [dict(row) for row in PAIR]
        for place, name, value in edits:
            lines[place][name] = value
        before = noticed()

        told = load(notices(*lines), kind="notices")["Thông báo"]

        assert (told["create"], told["update"]) == counted(before, noticed(), "Thông báo")
        again = load(notices(*lines), kind="notices")["Thông báo"]
        assert (again["create"], again["update"]) == (0, 0)
        transaction.set_rollback(True)


KEPT_SAME = {"Số định danh": "067085000001", "Ngày thông báo": "20/08/2025"}


@pytest.mark.parametrize("name", [name for name in LIST_EDITS if name not in {*KEPT_SAME, "Hình thức", "Số thông báo"}])
def test_a_corrected_notice_is_a_change_and_is_written(load, name):
    load(notices(KEPT_SAME), kind="notices")
    before = noticed()

    told = load(notices({**KEPT_SAME, name: LIST_EDITS[name][0]}), kind="notices")["Thông báo"]

    assert (told["create"], told["update"], told["same"]) == (0, 1, 0)
    assert noticed() != before


def test_a_number_that_was_missing_is_added_to_the_person(load):
    load(notices({}), kind="notices")

    told = load(notices({"Số định danh": "067085000001"}), kind="notices")["Thông báo"]

    assert (told["create"], told["update"]) == (0, 1)
    assert Returnee.objects.get().identity_number == "067085000001"


@pytest.fixture
def commune_of_2023(an):
    """The code of Nam Đà was borne by the commune before it."""
    days = {"valid_from": date(2004, 1, 1), "valid_to": date(2025, 6, 30)}
    make_succession(make_unit(kind="commune", code="24697", name="Xã Nam Đà cũ", **days), an.unit)


def handed(name, load, answers=None):
    return load(io.BytesIO((HANDED / f"{name}.xlsx").read_bytes()), answers)


def test_a_corrected_judgment_is_a_change_and_is_written(commune_of_2023, load):
    handed("judgment-1-first", load)

    paid = handed("judgment-2-fee-paid", load)
    fee = Judgment.objects.get().obligations.get()
    months = handed("judgment-3-months-corrected", load)

    judgment = Judgment.objects.get()
    assert [told["Bản án"]["update"] for told in (paid, months)] == [1, 1]
    assert (fee.state, f"{fee.done_on:%d/%m/%Y}") == ("done", "10/06/2024")
    assert (judgment.months, f"{judgment.main_done_on:%d/%m/%Y}") == (36, "05/03/2023")


@pytest.mark.parametrize(("answer", "offences"), [(None, 1), ("same", 1), ("another", 2)])
def test_an_offence_corrected_to_another_is_not_put_beside_it_in_silence(an, load, answer, offences):
    numbered = {**JUDGMENT, "Số bản án": "7/2021/HS-ST"}
    load(book(people=[PERSON], judgments=[numbered]))

    told = load(
        book(people=[PERSON], judgments=[{**numbered, "Tội danh": "Đánh bạc"}]), {"earlier": answer} if answer else None
    )

    assert (Judgment.objects.count(), Offence.objects.count()) == (1, offences)
    assert told["Bản án"]["errors"] == (0 if answer else 1)


@pytest.mark.parametrize(("answer", "rows"), [(None, 1), ("same", 1), ("another", 2)])
def test_without_numbers_nothing_is_doubled_in_silence(commune_of_2023, load, answer, rows):
    handed("nonumber-1-first", load)

    told = handed("nonumber-2-corrected", load, {"earlier": answer} if answer else None)

    kinds = (Judgment, AdministrativeViolation, Activity)
    assert [model.objects.count() for model in kinds] == [rows] * 3
    asked = [told[name]["errors"] for name in ("Bản án", "Vi phạm", "Hoạt động")]
    assert asked == ([0, 0, 0] if answer else [1, 1, 1])
    if answer == "same":
        assert AdministrativeViolation.objects.get().behaviour == "Đánh nhau, phạt 2.500.000đ"
        assert Activity.objects.get().result == "Tốt, có việc làm"


def test_a_violation_with_a_code_is_corrected(an, load):
    load(book(people=[PERSON], violations=[{**VIOLATION, "Mã dòng": "9"}]))

    told = load(book(people=[PERSON], violations=[{**VIOLATION, "Mã dòng": "9", "Hành vi, tội danh": "Đánh nhau"}]))

    assert told["Vi phạm"]["update"] == 1
    assert AdministrativeViolation.objects.get().behaviour == "Đánh nhau"


def test_what_was_withdrawn_here_is_not_brought_back(an, load):
    coded = {**VISIT, "Mã dòng": "9"}
    load(book(people=[PERSON], work=[coded]))
    runs.actions.activity.withdraw(activity=Activity.objects.get(), by=an, reason="Nhầm người")

    told = load(book(people=[PERSON], work=[{**coded, "Kết quả": "Tốt"}]))

    assert told["Hoạt động"]["same"] == 1
    assert Activity.objects.get().result == ""


def test_every_date_column_of_every_sheet_asks_about_a_time(an):
    for sheet in columns.BY_NAME.values():
        for column in sheet.columns:
            if column.kind not in (columns.DAY, columns.BIRTH):
                continue
            for cell in (datetime(2025, 8, 31, 17), datetime(2025, 8, 31, 23, 59, 12), "31/08/2025 17:00"):
                row = RegisterRow(sheet, 2, {column.field: cell})
                cells.read_cell(column, cell, row)
                assert [said.level for said in row.messages] == ["warning", "error"]
                assert all("31/08/2025" in said.text and "01/09/2025" in said.text for said in row.messages)


@pytest.mark.parametrize(
    ("typed", "asks"), [("2025-08-31T22:30:00+07:00", 0), ("2025-09-01T00:00+07:00", 0), ("2025-09-01T00:00+09:00", 1)]
)
def test_a_time_that_names_its_offset_asks_only_where_the_day_differs_here(an, typed, asks):
    for cell in (typed, open_document._value({f"{open_document.OFFICE} value-type": "date"}, typed)):
        row = RegisterRow(columns.PEOPLE, 2, {"presented_on": cell})
        cells.read_cell(columns.PEOPLE.by_field["presented_on"], cell, row)
        assert len(row.asked or {}) == asks


@pytest.mark.parametrize(("answer", "day"), [("cell", "1985-05-11"), ("meant", "1985-05-12")])
def test_the_importer_says_which_day_is_meant(an, answer, day):
    file = io.BytesIO((HANDED / "date-cell-17h-previous-day.xlsx").read_bytes())

    first = check(file, an, corrections={"": {"": {"time": answer}}}).rows["Người"][0]

    assert (first["born_on"], first.bad) == (day, False)
