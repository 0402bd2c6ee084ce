"""What is to be entered into the database of execution, as a workbook: who changed lately, and read again as it is."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

from cases.importing import national
from cases.importing.columns import PEOPLE
from cases.importing.national import EDITIONS, NationalEdition
from cases.law.versions import Certainty
from cases.reports.writers import xlsx
from cases.views.lists.registry import LISTS
from tests.importing.test_way_back import AT, assert_nothing_new
from tests.makers import TODAY, make_activity, make_judgment, make_meeting, make_returnee

LATER = NationalEdition(date(2027, 7, 1), "Danh mục cột", Certainty.READ, {(PEOPLE.name, "full_name"): "Họ tên"})


@pytest.fixture
def people(an):
    """Who presented today, and who did long ago, with a meeting of each."""
    lately = make_returnee(by=an, full_name="Mới Trình Diện", presented_on=TODAY)
    before = make_returnee(by=an, full_name="Đã Lâu", presented_on=TODAY - timedelta(days=90))
    for person in (lately, before):
        make_judgment(returnee=person, by=an)
        make_activity(person, by=an)
        make_meeting(person, by=an, present=[person])
    return lately, before


def written(by, editions=EDITIONS):
    request = RequestFactory().get("/")
    request.user, request.GET = by, QueryDict(f"of={by.unit.pk}")
    sheets = LISTS["national"].sheets(request)
    out = BytesIO()
    xlsx.write(out, national.with_titles(sheets, editions[-1]), foot="An", made_at=AT)
    out.seek(0)
    return out


def values(file, sheet):
    rows = list(load_workbook(file)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_only_who_changed_lately_stands_in_it_with_all_that_is_known_of_them(an, people):
    file = written(an)

    assert [row["Họ và tên"] for row in values(file, "Người")] == ["Mới Trình Diện"]
    for sheet in ("Bản án", "Hoạt động", "Buổi gặp gỡ", "Điểm danh"):
        assert len(values(file, sheet)) == 1, sheet


def test_loaded_again_it_says_nothing_new(an, people):
    assert_nothing_new(written(an), an)


def test_an_edition_says_its_source_and_holds_from_its_day():
    editions = (*EDITIONS, LATER)

    assert all(each.source for each in editions)
    assert national.edition_on(date(2026, 5, 14), editions) is None
    assert national.edition_on(date(2027, 6, 30), editions) is EDITIONS[0]
    assert national.edition_on(LATER.valid_from, editions) is LATER


def test_the_name_of_a_later_edition_stands_above_its_column(an, people):
    assert [row["Họ tên"] for row in values(written(an, (*EDITIONS, LATER)), "Người")] == ["Mới Trình Diện"]


def test_each_title_is_of_a_column_that_there_is():
    known = {(name, column.field) for name, sheet in national.SHEETS.items() for column in sheet.columns}

    assert {key for each in EDITIONS for key in each.titles} <= known
