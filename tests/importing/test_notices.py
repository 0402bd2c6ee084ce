import io
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.importing import load_notices, register, workbook
from cases.importing import run as runs
from cases.models import ImportRun, Notice, Returnee
from tests.books import errors, notices
from tests.makers import TODAY, make_notice, make_returnee, make_user

KIND = ImportRun.Kind.NOTICES


def check(file, by):
    return register.check_register(file, by=by, on=TODAY, kind=KIND)


@pytest.fixture
def load(tmp_path):
    def loaded(file, by):
        found = check(file, by)
        path = tmp_path / "ds.xlsx"
        path.write_bytes(file.getvalue())
        runs.load_now(found, file=path, by=by, on=TODAY)
        return found.counts()["Thông báo"]

    return loaded


def people(count, **more):
    return [{"Họ và tên": f"Nguyễn Văn {chr(65 + number)}", **more} for number in range(count)]


def test_a_row_becomes_somebody_who_is_awaited(an, load):
    load(notices({"Nơi về": "Thôn Nam Tân", "Trại giam": "Trại Mẫu", "Điện thoại gia đình": "0912345678"}), an)

    notice = Notice.objects.awaited().get()
    person = notice.returnee
    assert (notice.kind, notice.number, notice.sender, notice.assigned_to) == ("amnesty", "02/DS", "Trại Mẫu", an)
    assert (person.unit, person.presented_on, person.household_phone) == (an.unit, None, "0912345678")


def test_the_same_list_twice_adds_nothing_even_when_a_name_was_corrected_since(an, load):
    load(notices(*people(2)), an)
    person = Returnee.objects.first()
    person.full_name = "Trần Văn Khác"
    actions.returnee.correct(returnee=person, by=an)

    again = load(notices(*people(2)), an)

    assert again == {"rows": 2, "create": 0, "update": 0, "same": 2, "errors": 0}
    assert (Returnee.objects.count(), Notice.objects.count()) == (2, 2)


def test_somebody_on_file_gets_the_notice_and_no_second_file(an, load):
    by_number = make_returnee(by=an, presented=False, identity_number="067085000001")
    alike = make_returnee(by=an, full_name="Lê Văn Tư", born_on="1990", presented=False)
    rows = (
        {"Số định danh": "067085000001", "Số thông báo": "7"},
        {"Họ và tên": "LÊ VĂN TƯ", "Ngày sinh": "1990", "Ngày ra trại": f"{alike.completed_on:%d/%m/%Y}"},
    )

    load(notices(*rows), an)

    assert Returnee.objects.count() == 2
    assert {notice.returnee for notice in Notice.objects.all()} == {by_number, alike}


def test_a_number_held_by_another_unit_names_that_unit(an, binh):
    make_returnee(by=binh, identity_number="067085000001")

    found = check(notices({"Số định danh": "067085000001"}), an)

    assert errors(found) == [("Thông báo", 2, "Số định danh")]
    assert "Xã Krông Nô" in found.all_messages()[-1].text


def test_bad_cells_are_named(an):
    file = notices(
        {"Giới tính": "trai"},
        {"Ngày ra trại": "31/02/2025"},
        {"Ngày nhận": "25/08/2099"},
        {"Ngày thông báo": "26/08/2025"},
        {"Ngày ra trại": "01/09/2205"},
        {"Mã đơn vị": "24688"},
        {"Họ và tên": None},
        {},
        {"Họ và tên": "nguyễn văn  mẫu"},
    )

    assert [(row, column) for _sheet, row, column in errors(check(file, an))] == [
        (2, "Giới tính"),
        (3, "Ngày ra trại"),
        (4, "Ngày nhận"),
        (5, "Ngày nhận"),
        (6, "Ngày ra trại"),
        (7, "Mã đơn vị"),
        (8, "Họ và tên"),
        (10, "Họ và tên"),
    ]


def test_people_are_spread_over_the_officers_by_load(an, load, units):
    others = [make_user(name, f"Lê {name}", "officer", units.nam_da) for name in ("ba", "bon")]
    make_notice(by=an, full_name="Người đã có", assign=True)
    before = Counter(Notice.objects.values_list("assigned_to", flat=True))

    load(notices(*people(7)), an)

    after = Counter(Notice.objects.values_list("assigned_to", flat=True))
    assert sum(before.values()) == 1
    assert sorted(after[officer.pk] for officer in (an, *others)) == [2, 3, 3]


def test_how_they_will_be_spread_is_told_before_and_kept_after(an, load, units, dung):
    make_user("ba", "Lê Thị Ba", "officer", units.nam_da)
    make_notice(by=an, full_name="Người đã có", assign=True)
    file = notices(*people(3), {"Họ và tên": "Trần Văn Xa", "Mã đơn vị": "24678"})
    told = [["Xã Nam Đà", "Lê Văn An", 1, 1], ["Xã Nam Đà", "Lê Thị Ba", 0, 2], ["Xã Đắk Sắk", "", 0, 1]]

    assert load_notices.shares(check(file, dung), TODAY) == told
    load(file, dung)

    assert ImportRun.objects.get().shares == told
    given = Counter(Notice.objects.filter(number="02/DS").values_list("assigned_to__full_name", flat=True))
    assert given == {"Lê Thị Ba": 2, "Lê Văn An": 1, None: 1}


def test_the_load_of_officers_is_asked_once_for_a_commune(an, load):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        load(notices(*people(6)), an)

    counted = [query for query in asked.captured_queries if "COUNT(DISTINCT" in query["sql"]]
    assert len(counted) == 2


def test_a_reviewer_loads_a_wave_over_two_communes_and_no_register(an, binh, chi, load):
    load(notices({}, {"Họ và tên": "Trần Thị Hai", "Giới tính": "Nữ", "Mã đơn vị": "24688"}), chi)

    given = {notice.returnee.unit.code: notice.assigned_to for notice in Notice.objects.all()}
    assert given == {"24697": an, "24688": binh}
    outside = check(notices({"Mã đơn vị": "24678"}), chi)
    assert errors(outside) == [("Thông báo", 2, "Mã đơn vị")]
    assert ImportRun.kinds_of(chi) == [KIND]


def test_the_example_to_hand_out_has_no_errors(an):
    found = check(io.BytesIO(workbook.example(KIND)), an)

    assert errors(found) == []
    assert found.counts()["Thông báo"]["create"] == 2
