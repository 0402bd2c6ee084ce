from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.importing import units
from cases.models import AuditEvent, Succession, Unit
from tests.makers import make_returnee, make_unit, make_user

HEADING = "kind,code,name,valid_from,valid_to,parent_code,successors\n"
OLD = "commune,24691,Xã Đắk Sôr,2004-01-01,2025-06-30,,24697\n"
NEW = "commune,24697,Xã Nam Đà,2025-07-01,,,\n"


PLACES = (
    "BCA",
    "66",
    "67",
    "68",
    "656",
    "663",
    "664",
    "68-C01",
    "24604",
    "24678",
    "24679",
    "24688",
    "24692",
    "24697",
    "24691",
    "24703",
    "24712",
)


def extract():
    """The lines of the shipped list around Krông Nô, with only those successors that are among them."""
    rows = [row for row in units.official() if row.code in PLACES]
    known = {row.code for row in rows}
    kept = [tuple(code for code in row.successors if code.removeprefix("~") in known) for row in rows]
    return [replace(row, successors=codes) for row, codes in zip(rows, kept, strict=True)]


@pytest.fixture
def loaded(db):
    return units.load(extract(), by=None)


def test_the_whole_country_is_loaded_in_few_queries_and_loading_again_changes_nothing(db):
    rows = units.official()
    with CaptureQueriesContext(connection) as first:
        log = units.load(rows, by=None)
    with CaptureQueriesContext(connection) as second:
        again = units.load(rows, by=None)

    assert (len(log.opened), len(log.succeeded)) == (len(rows), sum(len(row.successors) for row in rows))
    assert Unit.objects.on(date(2026, 1, 1)).communes().count() == 3321
    assert len(first) < 800  # SQLite takes a few dozen rows at once
    assert len(second) < 15
    assert again == units.Log()
    assert not Unit.objects.filter(path="").exists()
    assert not Unit.objects.filter(search_text="").exists()


def test_the_shipped_list_opens_every_unit_with_parent_and_dates(loaded):
    nam_da = Unit.objects.bearing("24697", date(2026, 1, 1))

    assert len(loaded.opened) == Unit.objects.count() == len(extract())
    assert (nam_da.name, nam_da.parent.name, nam_da.parent.parent.name) == (
        "Xã Nam Đà",
        "Cụm Krông Nô",
        "Tỉnh Lâm Đồng",
    )
    told = AuditEvent.objects.filter(verb="unit.loaded").values_list("after", flat=True)
    assert list(told.order_by("pk")) == [{"opened": len(loaded.opened)}, {"succeeded": len(loaded.succeeded)}]


def test_old_communes_stand_under_their_successors(loaded):
    old = Unit.objects.bearing("24691", date(2025, 6, 30))

    assert old.standing == Unit.objects.bearing("24697", date(2025, 7, 1))


def test_a_split_district_has_no_single_unit_in_its_place(loaded):
    district = Unit.objects.bearing("664", date(2025, 6, 30))

    assert district.standing is None
    assert set(district.successions.values_list("share", flat=True)) == {Succession.Share.PART}


def test_loading_again_changes_nothing(loaded):
    again = units.load(extract(), by=None)

    assert (again.opened, again.succeeded, again.differing) == ([], [], [])
    assert Succession.objects.count() == len(loaded.succeeded)


def test_people_registered_late_at_an_ended_unit_move_when_the_list_is_loaded_again(loaded):
    old = Unit.objects.bearing("24691", date(2025, 6, 30))
    by = make_user("an", "Lê Văn An", "officer", old.standing)
    person = make_returnee(by=by, unit=old, completed_on=date(2025, 3, 1))

    units.load(extract(), by=None)

    person.refresh_from_db()
    assert person.unit == old.standing
    assert [row.since for row in person.placements.all()] == [date(2025, 3, 1), date(2025, 7, 1)]


def test_a_preview_says_what_would_be_done_and_leaves_nothing(db):
    log = units.preview(units.read(HEADING + OLD + NEW))

    assert (len(log.opened), len(log.succeeded)) == (2, 1)
    assert not Unit.objects.exists()


def test_a_unit_that_stands_with_another_name_is_reported_and_not_changed(db):
    make_unit(kind="commune", code="24697", name="Xã Nam Đà cũ")

    log = units.load(units.read(HEADING + NEW), by=None)

    assert log.differing == ["2: 24697@2025-07-01 Xã Nam Đà cũ"]
    assert Unit.objects.get().name == "Xã Nam Đà cũ"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,name\n1,A\n", "kind"),
        (HEADING + "town,1,A,2025-07-01,,,\n", "2"),
        (HEADING + "commune,1,A,01/07/2025,,,\n", "2"),
        (HEADING + "commune,,A,2025-07-01,,,\n", "2"),
        (HEADING + "commune,1,A,1026-07-01,,,\n", "2.*01/07/1026"),
        (HEADING + "commune,1,A,2025-07-01,2126-06-30,,\n", "2.*30/06/2126"),
        (HEADING + "commune,1,A,2025-07-01,,99,\n", "99"),
        (HEADING + OLD, "24697"),
        (HEADING + "commune\n", "2"),
    ],
    ids=["column", "kind", "date", "code", "floor", "ceiling", "parent", "successor", "short line"],
)
def test_a_wrong_list_is_refused_whole_with_the_line(db, text, message):
    with pytest.raises(ValidationError, match=message):
        units.load(units.read(text), by=None)
    assert not Unit.objects.exists()


def test_the_command_reads_a_file_and_prints_what_it_did(db, tmp_path):
    file, out = tmp_path / "units.csv", StringIO()
    file.write_text("\ufeff" + HEADING + OLD + NEW, encoding="utf-8")

    call_command("load_units", file, verbosity=2, stdout=out)

    assert out.getvalue().splitlines() == [
        "+ 24691@2004-01-01 Xã Đắk Sôr",
        "+ 24697@2025-07-01 Xã Nam Đà",
        "→ 24691@2004-01-01 Xã Đắk Sôr → 24697@2025-07-01 Xã Nam Đà",
        "2 opened, 1 succeeded, 0 differing",
    ]


def test_a_dry_run_prints_and_changes_nothing(db, monkeypatch):
    out, shipped = StringIO(), extract()
    monkeypatch.setattr(units, "official", lambda: shipped)

    call_command("load_units", dry_run=True, stdout=out)

    printed = out.getvalue().splitlines()
    assert printed[0].startswith(f"+ {shipped[0].code}@2004-01-01")
    assert printed[-1].startswith(f"{len(shipped)} opened")
    assert not Unit.objects.exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff", b"code\n"], ids=["missing", "not text", "no columns"])
def test_the_command_stops_with_words_where_the_file_is_no_list(db, tmp_path, content):
    file = tmp_path / "units.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("load_units", file)
