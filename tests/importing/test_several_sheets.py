"""A workbook with a sheet a hamlet or a year: all with the same headings are read, what is not read is said."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.importing import run as runs
from cases.importing.mapping import from_json
from cases.importing.source import UnmappedError
from cases.models import ImportRun, Judgment, Returnee
from tests.books import check, errors, raw
from tests.foreign_books import old_book_of

HEADS = ["STT", "Họ và tên", "Năm sinh", "Ngày ra trại", "Tội danh", "Mức án"]
FIRST = [[1, "Nguyễn Văn Hùng", 1985, "01/08/2025", "Đánh bạc", "12 tháng"]]
SECOND = [
    [1, "Trần Thị Lan", 1990, "02/08/2025", "Trộm cắp tài sản", "ba năm tù"],
    [2, "Lê Thị Mỹ Duyên", 1991, "02/08/2025", "Đánh bạc", "6 tháng"],
]
OTHER_ORDER = ["Họ và tên", "STT", "Mức án", "Năm sinh", "Ngày ra trại", "Tội danh"]


def moved(lines):
    """The same rows below a title, in another order of columns."""
    places = [HEADS.index(heading) for heading in OTHER_ORDER]
    return [["DANH SÁCH"], [], OTHER_ORDER, *[[line[place] for place in places] for line in lines]]


def hamlets():
    return {"Thôn 1": [HEADS, *FIRST], "Ghi chú": [["Cán bộ lập sổ: An"]], "Thôn 2": moved(SECOND)}


def mapping_of(file, by):
    with pytest.raises(UnmappedError) as unmapped:
        check(file, by)
    return unmapped.value.mapping


def told(found, sheet):
    return [said.text for said in found.messages if said.sheet == sheet]


def test_sheets_with_the_same_headings_are_read_in_one_load_each_row_with_a_number_of_its_own(an):
    file = raw(hamlets())
    found = check(file, an, mapping=mapping_of(file, an))

    people = found.rows["Người"]
    assert [(row.number, row["full_name"], row["hamlet"]) for row in people] == [
        (2, "Nguyễn Văn Hùng", "Thôn 1"),
        (1004, "Trần Thị Lan", "Thôn 2"),
        (1005, "Lê Thị Mỹ Duyên", "Thôn 2"),
    ]
    assert [(row.number, row["months"]) for row in found.rows["Bản án"]] == [(2, 12), (1004, 36), (1005, 6)]
    assert errors(found) == []


def test_what_is_read_and_what_is_not_is_said_by_the_name_of_the_sheet(an):
    file = raw(hamlets())
    found = check(file, an, mapping=mapping_of(file, an))

    further, titled = told(found, "Thôn 2")
    assert "1004" in further
    assert "“Thôn 2”" in titled
    (unread,) = told(found, "Ghi chú")
    assert unread.startswith("1 dòng")


def test_a_sheet_that_is_left_out_is_not_read_and_the_numbers_of_the_others_stay(an):
    file = raw(
        {"2023": [HEADS, *FIRST], "2024": [HEADS, *SECOND], "2025": [HEADS, [1, "Phạm Văn Đức", *SECOND[0][2:]]]}
    )
    mapping = mapping_of(file, an).read_sheets(["2025"])

    found = check(file, an, mapping=mapping)

    assert [(row.number, row["full_name"]) for row in found.rows["Người"]] == [
        (2, "Nguyễn Văn Hùng"),
        (2002, "Phạm Văn Đức"),
    ]
    assert len(told(found, "2024")) == 1


def test_who_stands_in_two_sheets_is_asked_about_and_gets_no_second_file(an):
    file = raw({"2024": [HEADS, *FIRST], "2025": [HEADS, *FIRST, [2, "Phạm Văn Đức", *FIRST[0][2:]]]})
    mapping = mapping_of(file, an)

    _first, again, other = check(file, an, mapping=mapping).rows["Người"]
    assert [[words for _number, words in choices] for _question, choices in again.asked.items()] == [["Người khác"]]
    assert not other.bad

    chosen = {"Người": {str(again.number): {"file": again.asked["cell:file"][0][0]}}}
    found = check(file, an, mapping=mapping, corrections=chosen)
    assert errors(found) == []
    assert len({row["file"] for row in found.rows["Người"]}) == 3


def test_an_old_workbook_of_one_sheet_has_none_to_choose(an):
    mapping = mapping_of(old_book_of([HEADS, *FIRST]), an)

    assert (mapping.more, mapping.others) == ((), ())


@pytest.fixture
def sent(an):
    other = [["TT", "Họ tên", "Sinh năm", "Nơi ở", "Ra trại"], [1, "Phạm Thị Hoa", 1980, "Thôn 9", "03/08/2025"]]
    content = raw({**hamlets(), "Khác": other}).read()
    return runs.upload(name="so.xlsx", content=content, uid=uuid4(), by=an)


def test_the_page_offers_the_sheets_and_what_is_unticked_is_not_loaded(an, signed_in, sent):
    page = signed_in(an).get(address := reverse("import-columns", args=[sent.pk]))
    form = page.context["form"]
    assert form.fields["more"].choices == [("Thôn 2", "Thôn 2")]

    chosen = {name: field.initial for name, field in form.fields.items() if name != "more"}
    signed_in(an).post(address, chosen)

    sent.refresh_from_db()
    assert sent.counts["Người"]["rows"] == 1
    assert [each.is_read for each in from_json(sent.mapping).more] == [False]


def test_a_sheet_with_other_headings_is_read_instead_when_it_is_chosen(an, signed_in, sent):
    address = reverse("import-columns", args=[sent.pk])
    client = signed_in(an)
    assert "Khác" in client.get(address).content.decode()

    page = client.post(address, {"sheet": "Khác"}, follow=True)

    assert page.context["mapping"].sheet == "Khác"
    client.post(address, {name: field.initial for name, field in page.context["form"].fields.items()})
    sent.refresh_from_db()
    assert (sent.state, sent.counts["Người"]["rows"]) == (ImportRun.State.CHECKED, 1)


def test_a_sheet_that_is_not_there_is_refused_on_the_page(an, signed_in, sent):
    page = signed_in(an).post(reverse("import-columns", args=[sent.pk]), {"sheet": "Không có"})

    assert list(page.context["sheet"].errors) == ["sheet"]
    sent.refresh_from_db()
    assert sent.mapping["sheet"] == "Thôn 1"


def test_all_sheets_are_loaded_at_once(an, units):
    run = runs.upload(name="so.xlsx", content=raw(hamlets()).read(), uid=uuid4(), by=an)
    runs.match_columns(run=run, mapping=from_json(run.mapping), by=an)
    run.refresh_from_db()
    assert run.errors == 0

    runs.begin_load(run=run, by=an, good_rows=False)

    assert Returnee.objects.filter(unit=units.nam_da).count() == 3
    assert sorted(Judgment.objects.values_list("months", flat=True)) == [6, 12, 36]
