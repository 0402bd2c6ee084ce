"""Codes of older registers and names since the reform, shipped beside the list of units."""

import csv
from datetime import date, timedelta
from importlib.resources import files

import pytest

from cases.importing import units

FORMER, ALL = units.former(), units.official()
DONG_NAI = "25270 25357 25363 26116 26170 26248 26326 26368 26425 26485".split()


def bearing(code, on):
    return [
        row for row in ALL if row.code == code and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
    ]


def test_every_former_unit_has_a_source_is_marked_unverified_and_leads_to_units_that_stood_then():
    codes = {row.code for row in ALL}
    for row in FORMER:
        assert row.source
        assert row.certainty == "M"
        assert row.successors
        assert {code.removeprefix("~") for code in row.successors} <= codes
        assert all(bearing(code.removeprefix("~"), row.valid_to + timedelta(days=1)) for code in row.successors)
        assert bearing(row.parent_code, row.valid_to)


def test_a_code_has_one_bearer_a_day():
    lives = {}
    for row in ALL:
        lives.setdefault(row.code, []).append((row.valid_from, row.valid_to or date.max))
    for code, spans in lives.items():
        spans.sort()
        assert all(end < start for (_begin, end), (start, _end) in zip(spans, spans[1:], strict=False)), code


@pytest.mark.parametrize(
    ("code", "of_2021", "heir"),
    [("00010", "Phường Nguyễn Trung Trực", "00004"), ("24460", "Xã Hòa Tân", "24457"), ("00181", None, None)],
)
def test_a_code_of_february_2021_is_known(code, of_2021, heir):
    (row,) = bearing(code, date(2021, 2, 3))

    assert of_2021 is None or (row.name, row.successors) == (of_2021, (heir,))


def test_dong_nai_is_a_city_and_ten_of_its_communes_are_wards_since_30_april_2026():
    eve, day = date(2026, 4, 29), date(2026, 4, 30)

    assert [bearing("75", on)[0].name for on in (eve, day)] == ["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]
    for code in DONG_NAI:
        old, new = bearing(code, eve)[0].name, bearing(code, day)[0].name
        assert (old.split(" ", 1)[0], new) == ("Xã", old.replace("Xã", "Phường", 1))
    below = [row for row in ALL if row.parent_code == "75" and row.valid_to is None]
    assert {row.valid_from for row in below} == {day}
    assert len(below) == 95
    assert sum(row.name.startswith("Phường ") for row in below) == 33


def test_each_new_name_says_its_resolution_and_keeps_the_rest_of_the_name():
    lines = list(
        csv.DictReader((files("cases.official") / "unit_changes.csv").read_text(encoding="utf-8").splitlines())
    )

    assert {line["on"] for line in lines} == {"2026-04-30", "2026-09-01", "2026-09-20"}
    assert all("Nghị quyết" in line["source"] and line["certainty"] in "VSM" for line in lines)
    for line in lines:
        (before,) = bearing(line["code"], date.fromisoformat(line["on"]) - timedelta(days=1))
        assert line["name"] != before.name
        assert line["name"].endswith(before.name.split(" ", 1)[1])


def test_the_country_still_has_34_provinces_and_3321_communes():
    for on in (date(2025, 7, 1), date(2026, 4, 30), date(2026, 9, 20)):
        standing = [row.kind for row in ALL if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
        assert (standing.count("province"), standing.count("commune")) == (34, 3321)
