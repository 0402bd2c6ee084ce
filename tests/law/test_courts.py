"""Which court an application goes to since the district courts ended."""

from datetime import date

import pytest

from cases.law.courts import CourtQuestion, CourtSuccession, court_of_today, is_below_the_province
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
    assert court_of_today("Tòa án nhân dân tỉnh Đắk Nông", True, TODAY).name == "Tòa án nhân dân tỉnh Đắk Nông"
