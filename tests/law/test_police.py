"""What police bodies are called, and since when which units have one."""

from datetime import date

import pytest

from cases.law.police import LETTERS, RANKS, body_name, committee_name, has_body, letters, place_name, superior_name


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("district", date(2025, 2, 28), True),
        ("district", date(2025, 3, 1), False),
        ("commune", date(2026, 1, 1), True),
        ("province", date(2026, 1, 1), True),
        ("cluster", date(2026, 1, 1), False),
        ("ministry", date(2026, 1, 1), True),
    ],
)
def test_the_police_of_districts_ended_with_february_2025(kind, day, expected):
    assert has_body(kind, day) is expected


@pytest.mark.parametrize(
    ("name", "body", "place", "symbol"),
    [
        ("Xã Nam Đà", "Công an xã Nam Đà", "Nam Đà", "CAX"),
        ("Thị trấn Đắk Mâm", "Công an thị trấn Đắk Mâm", "Đắk Mâm", "CATT"),
        ("Phường Bắc Gia Nghĩa", "Công an phường Bắc Gia Nghĩa", "Bắc Gia Nghĩa", "CAP"),
        ("Huyện Krông Nô", "Công an huyện Krông Nô", "Krông Nô", "CAH"),
        ("Thành phố Gia Nghĩa", "Công an thành phố Gia Nghĩa", "Gia Nghĩa", "CATP"),
        ("Tỉnh Lâm Đồng", "Công an tỉnh Lâm Đồng", "Lâm Đồng", "CAT"),
        ("Bộ Công an", "Bộ Công an", "Hà Nội", "BCA"),
        ("Khu Tám", "Công an khu Tám", "Khu Tám", "CAX"),
    ],
)
def test_a_body_is_named_after_its_unit(name, body, place, symbol):
    assert (body_name(name), place_name(name), letters(name, date(2026, 1, 1)).symbol) == (body, place, symbol)


def test_above_the_topmost_unit_stands_the_ministry():
    assert superior_name(None) == "Bộ Công an"
    assert superior_name("Tỉnh Lâm Đồng") == "Công an tỉnh Lâm Đồng"


def test_every_line_is_marked_with_how_sure_it_is():
    assert all(rank.source for rank in RANKS)
    assert all(each.certainty for each in (*RANKS, *LETTERS))


def test_the_committee_of_a_unit_is_named_after_it():
    assert committee_name("Xã Nam Đà") == "Ủy ban nhân dân xã Nam Đà"
