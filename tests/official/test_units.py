import csv
import unicodedata
from datetime import date, timedelta
from importlib.resources import files

import pytest

TEXT = (files("cases.official") / "units.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))
LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
KRONG_NO = {  # old code: old name, code and name of the commune that took its area
    "24688": ("Thị trấn Đắk Mâm", "24688", "Xã Krông Nô"),
    "24691": ("Xã Đắk Sôr", "24697", "Xã Nam Đà"),
    "24692": ("Xã Nam Xuân", "24678", "Xã Đắk Sắk"),
    "24694": ("Xã Buôn Choáh", "24697", "Xã Nam Đà"),
    "24697": ("Xã Nam Đà", "24697", "Xã Nam Đà"),
    "24699": ("Xã Tân Thành", "24688", "Xã Krông Nô"),
    "24700": ("Xã Đắk Drô", "24688", "Xã Krông Nô"),
    "24703": ("Xã Nâm Nung", "24703", "Xã Nâm Nung"),
    "24706": ("Xã Đức Xuyên", "24712", "Xã Quảng Phú"),
    "24709": ("Xã Đắk Nang", "24712", "Xã Quảng Phú"),
    "24712": ("Xã Quảng Phú", "24712", "Xã Quảng Phú"),
    "24715": ("Xã Nâm N'Đir", "24703", "Xã Nâm Nung"),
}


BY_CODE = {}
for row in ROWS:
    BY_CODE.setdefault(row["code"], []).append(row)


def day(text):
    return date.fromisoformat(text) if text else date.max


def bearing(code, on):
    found = [row for row in BY_CODE.get(code, ()) if day(row["valid_from"]) <= on <= day(row["valid_to"])]
    assert len(found) == 1, f"{code} is borne by {len(found)} units on {on}"
    return found[0]


def children(code, on):
    return {
        row["code"]
        for row in ROWS
        if row["parent_code"] == code and day(row["valid_from"]) <= on <= day(row["valid_to"])
    }


def count(kind, on):
    return sum(row["kind"] == kind and day(row["valid_from"]) <= on <= day(row["valid_to"]) for row in ROWS)


def test_the_country_has_34_provinces_and_3321_communes_since_the_reform():
    assert (count("province", FIRST_DAY), count("district", FIRST_DAY), count("commune", FIRST_DAY)) == (34, 0, 3321)
    assert (count("province", LAST_DAY), count("district", LAST_DAY), count("commune", LAST_DAY)) == (63, 696, 10033)


def test_every_province_stands_under_the_ministry_and_nothing_else_does():
    assert {row["parent_code"] for row in ROWS if row["kind"] == "province"} == {"BCA"}
    assert {row["kind"] for row in ROWS if row["parent_code"] == "BCA"} == {"province"}
    assert [row["kind"] for row in ROWS if not row["parent_code"]] == ["ministry"]


def test_lam_dong_has_124_communes_four_of_them_in_the_cluster():
    assert len((children("68", FIRST_DAY) - {"68-C01"}) | children("68-C01", FIRST_DAY)) == 124
    assert children("68-C01", FIRST_DAY) == {"24697", "24688", "24703", "24712"}
    assert bearing("68-C01", FIRST_DAY)["parent_code"] == "68"


def test_a_unit_has_a_parent_of_a_higher_kind_for_its_whole_life():
    ranks = ["ministry", "province", "district", "cluster", "commune"]
    for row in ROWS:
        if row["kind"] == "ministry":
            assert row["parent_code"] == ""
            continue
        parent = bearing(row["parent_code"], day(row["valid_from"]))
        assert ranks.index(parent["kind"]) < ranks.index(row["kind"]), row
        assert day(parent["valid_to"]) >= day(row["valid_to"]), row


def test_a_closed_unit_names_who_stood_in_its_place_the_next_day():
    for row in (row for row in ROWS if row["valid_to"]):
        codes = row["successors"].split()
        parts = [code for code in codes if code.startswith("~")]
        assert all(bearing(code.removeprefix("~"), day(row["valid_to"]) + timedelta(days=1)) for code in codes)
        assert len(codes) >= 1, row
        assert parts == (codes if len(codes) > 1 or row["kind"] == "district" else []), row


def test_every_commune_of_today_was_made_of_something():
    named = {code.removeprefix("~") for row in ROWS for code in row["successors"].split()}

    assert {row["code"] for row in ROWS if row["kind"] == "commune" and not row["valid_to"]} <= named


def test_a_unit_of_today_began_with_the_reform_and_has_no_successor():
    assert {(row["valid_from"], row["successors"]) for row in ROWS if not row["valid_to"] and row["code"] != "BCA"} == {
        ("2025-07-01", "")
    }


def test_a_code_and_its_first_day_name_one_unit_and_parents_come_first():
    known = set()
    for row in ROWS:
        key = (row["code"], row["valid_from"])
        assert key not in known
        assert not row["parent_code"] or row["parent_code"] == "BCA" or (row["parent_code"], row["valid_from"]) in known
        known.add(key)


def test_names_are_composed_and_begin_with_the_kind_of_place():
    kinds = "Tỉnh Huyện Quận Xã Phường Cụm".split()
    prefixes = tuple(f"{kind} " for kind in [*kinds, "Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Bộ"])

    assert unicodedata.is_normalized("NFC", TEXT)
    assert not [row["name"] for row in ROWS if not row["name"].startswith(prefixes)]


def test_codes_have_the_length_of_their_kind():
    lengths = {(row["kind"], len(row["code"])) for row in ROWS}

    assert lengths == {("province", 2), ("district", 3), ("commune", 5), ("cluster", 6), ("ministry", 3)}


@pytest.mark.parametrize(("code", "expected"), KRONG_NO.items(), ids=KRONG_NO.keys())
def test_the_twelve_old_units_of_krong_no_went_where_the_conversion_table_says(code, expected):
    name, successor, successor_name = expected
    old = bearing(code, LAST_DAY)

    assert (old["name"], old["parent_code"], old["successors"]) == (name, "664", successor)
    assert bearing(successor, FIRST_DAY)["name"] == successor_name


def test_the_old_district_of_krong_no_has_its_twelve_units():
    assert children("664", LAST_DAY) == set(KRONG_NO)


def test_the_same_code_names_another_commune_after_the_reform():
    assert bearing("24678", LAST_DAY)["name"] == "Xã Long Sơn"
    assert bearing("24678", FIRST_DAY)["name"] == "Xã Đắk Sắk"
    assert bearing("68", LAST_DAY) != bearing("68", FIRST_DAY)


def test_two_communes_of_today_are_called_krong_no():
    same = {row["code"]: row["parent_code"] for row in ROWS if row["name"] == "Xã Krông Nô" and not row["valid_to"]}

    assert same == {"24604": "66", "24688": "68-C01"}
    assert bearing("24604", LAST_DAY)["parent_code"] == bearing("656", LAST_DAY)["code"]


def test_dak_nong_had_eight_districts_and_seventy_one_communes():
    districts = children("67", LAST_DAY)

    assert len(districts) == 8
    assert sum(len(children(code, LAST_DAY)) for code in districts) == 71
