"""Days off are loaded once, brought up to date, and refused with the line."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.importing import holidays
from cases.models import AuditEvent, Holiday

HEAD = "day,name,source,certainty\n"
LINE = "2028-01-01,Tết Dương lịch,Điều 112,V\n"


def test_loading_twice_changes_nothing(db):
    assert holidays.load(holidays.official(), by=None) == Holiday.objects.count()
    assert holidays.load(holidays.official(), by=None) == 0


def test_a_day_that_stands_gets_its_new_name_and_the_old_one_is_in_the_log(db):
    holidays.load(holidays.read(HEAD + LINE), by=None)

    assert holidays.load(holidays.read(HEAD + LINE.replace("Tết", "Nghỉ")), by=None) == 1

    assert str(Holiday.objects.get()) == "01/01/2028 Nghỉ Dương lịch"
    last = AuditEvent.objects.filter(verb="holiday.entered").order_by("-pk").first()
    assert (last.before, last.after) == ({"name": "Tết Dương lịch"}, {"name": "Nghỉ Dương lịch"})


@pytest.mark.parametrize(
    "line", ["2028-13-01,Tết,Điều 112,V", "2028-01-02,,Điều 112,V", "2028-01-02,Tết,Điều 112,X", "2028-01-02"]
)
def test_a_wrong_line_is_named_and_nothing_is_entered(line, db):
    with pytest.raises(ValidationError, match="3"):
        holidays.load(holidays.read(f"{HEAD}{LINE}{line}\n"), by=None)

    assert not Holiday.objects.exists()


def test_a_missing_column_is_named():
    with pytest.raises(ValidationError, match="certainty"):
        holidays.read("day,name,source\n2028-01-01,Tết,Điều 112\n")


def test_a_table_somebody_keeps_is_left_alone(db):
    holidays.load(holidays.read(HEAD + LINE), by=None)

    assert holidays.load_if_none() == 0
    assert Holiday.objects.count() == 1


def test_an_empty_table_gets_the_shipped_list(db):
    assert holidays.load_if_none() == len(holidays.official())
    assert Holiday.objects.filter(day=date(2026, 2, 17)).exists()


def test_the_command_loads_the_shipped_list_or_a_file(db, tmp_path, capsys):
    own = tmp_path / "own.csv"
    own.write_text(f"\ufeff{HEAD}{LINE}", encoding="utf-8")

    call_command("load_holidays")
    call_command("load_holidays", str(own))

    said = capsys.readouterr().out.splitlines()
    assert said == [f"{len(holidays.official())} days off, {len(holidays.official())} new or changed", *said[1:]]
    assert said[1] == "1 days off, 1 new or changed"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"day\n", None])
def test_the_command_refuses_what_it_cannot_read(content, db, tmp_path):
    file = tmp_path / "own.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("load_holidays", str(file))
