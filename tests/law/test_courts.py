"""Which court an application goes to since the district courts ended."""

import csv
from datetime import date
from importlib.resources import files

import pytest

from cases.law.courts import (
    CENTRAL_CITIES,
    PROVINCES,
    CourtOfToday,
    CourtQuestion,
    CourtSuccession,
    court_of_today,
    is_below_the_province,
)
from cases.law.versions import Certainty

TODAY = date(2026, 11, 29)
OLD, NEW = "Tòa án nhân dân huyện Krông Nô", "Tòa án nhân dân khu vực 9 - Lâm Đồng"


def row(valid_from=date(2025, 7, 1), certainty=Certainty.READ, successor=NEW):
    return CourtSuccession(OLD, successor, valid_from, "Nghị quyết thử", certainty)


@pytest.mark.parametrize(
    ("court", "below"),
    [
        (OLD, True),
        (NEW, True),
        ("TAND Quận 1, Thành phố Hồ Chí Minh", True),
        ("Tòa án nhân dân thành phố Gia Nghĩa", True),
        ("Tòa án nhân dân thị xã Buôn Hồ", True),
        ("TAND TP Buôn Ma Thuột", True),
        ("TAND TP.Gia Nghĩa", True),
        ("TAND TX. Buôn Hồ", True),
        ("TAND H. Krông Nô", True),
        ("TAND Q.1, TP.HCM", True),
        ("TAND Q3 TP HCM", True),
        ("TAND TPHCM", False),
        ("TAND TP. Cần Thơ", False),
        ("TÒA ÁN NHÂN DÂN THÀNH PHỐ HÀ NỘI", False),
        ("Tòa án nhân dân thành phố Hà Nội", False),
        ("Tòa án nhân dân Thành phố Hồ Chí Minh", False),
        ("Tòa án nhân dân tỉnh Đắk Nông", False),
        ("Tòa án quân sự Quân khu 5", False),
        ("", False),
    ],
)
def test_a_court_below_the_province_is_known_by_its_name(court, below):
    assert is_below_the_province(court) is below


def test_resolution_81_a_district_court_without_a_row_is_asked_for():
    assert court_of_today(OLD, False, TODAY).question is CourtQuestion.SUCCESSOR
    assert court_of_today(OLD, False, TODAY).name == ""
    assert court_of_today(OLD, False, date(2025, 6, 30)).name == OLD
    assert court_of_today(NEW, False, TODAY).name == NEW


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([row()], NEW),
        ([row(certainty=Certainty.UNVERIFIED)], ""),
        ([row(valid_from=date(2027, 1, 1))], ""),
        ([row(), row(date(2026, 1, 1), successor="Tòa án nhân dân khu vực 10")], "Tòa án nhân dân khu vực 10"),
    ],
)
def test_the_newest_verified_row_names_the_regional_court(rows, name):
    assert court_of_today(OLD, False, TODAY, rows).name == name


@pytest.mark.parametrize("court", [OLD, NEW])
def test_article_268_no_district_or_regional_court_tries_chapter_xiii(court):
    assert court_of_today(court, True, TODAY, [row()]).question is CourtQuestion.JURISDICTION
    assert court_of_today("Tòa án nhân dân tỉnh Lâm Đồng", True, TODAY).name == "Tòa án nhân dân tỉnh Lâm Đồng"


@pytest.mark.parametrize("security", [True, False])
@pytest.mark.parametrize("court", ["Tòa án nhân dân tỉnh Đắk Nông", "TAND T. Thừa Thiên Huế", "TAND thành phố Huế"])
def test_resolution_202_the_court_of_a_merged_province_is_asked_for(court, security):
    assert court_of_today(court, security, TODAY) == CourtOfToday("", CourtQuestion.PROVINCE)
    assert court_of_today(court, security, date(2025, 6, 30)).name == court


@pytest.mark.parametrize(
    "court", [*(f"TAND tỉnh {name}" for name in PROVINCES), *(f"TAND TP. {name}" for name in CENTRAL_CITIES)]
)
def test_resolution_202_a_court_of_a_province_of_today_is_written_on_the_application(court):
    assert court_of_today(court, False, TODAY).name == ("" if court.endswith("Huế") else court)


def test_resolution_202_the_provinces_are_those_of_the_official_list():
    rows = csv.DictReader(files("cases.official").joinpath("units.csv").read_text(encoding="utf-8").splitlines())
    today = {row["name"] for row in rows if row["kind"] == "province" and not row["valid_to"]}
    kinds = {f"Tỉnh {name}" for name in PROVINCES} | {f"Thành phố {name}" for name in CENTRAL_CITIES}

    assert kinds - today == {"Thành phố Đồng Nai"}  # a city since 30/04/2026, after that list
    assert today <= kinds
