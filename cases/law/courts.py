"""Which court an application goes to today: district courts ended on 30/06/2025, regional courts stand in their place.

Which of the 355 regional courts follows which district court was not read (Nghị quyết 81/2025/UBTVQH15): a court
without a row in the table is asked for, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law.versions import Certainty

REGIONAL_SINCE = date(2025, 7, 1)
COURT = "Tòa án nhân dân"
# Cities that are provinces: their people's court is a provincial one. Huế since 01/01/2025, Đồng Nai since 30/04/2026.
CENTRAL_CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Đồng Nai")
# Nghị quyết 202/2025/QH15: the provinces since 01/07/2025 beside these cities; the others' courts ended with them.
PROVINCES = tuple(
    (
        "Cao Bằng, Tuyên Quang, Điện Biên, Lai Châu, Sơn La, Lào Cai, Thái Nguyên, Lạng Sơn, Quảng Ninh, Bắc Ninh, "
        "Phú Thọ, Hưng Yên, Ninh Bình, Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Trị, Quảng Ngãi, Gia Lai, Khánh Hòa, "
        "Đắk Lắk, Lâm Đồng, Đồng Nai, Tây Ninh, Đồng Tháp, Vĩnh Long, An Giang, Cà Mau"
    ).split(", ")
)
TWO_COURTS = "huế"  # its city was a district until the end of 2024 and is the province since: the name tells neither
_WRITTEN_OUT = (
    (re.compile(r"\btp\.?\s*hcm\b"), "thành phố hồ chí minh"),
    (re.compile(r"\btp(\.|\b)\s*"), "thành phố "),
    (re.compile(r"\btx(\.|\b)\s*"), "thị xã "),
    (re.compile(r"\bq(\.|(?=\d)|\b)\s*"), "quận "),
    (re.compile(r"\bh(\.|\b)\s*"), "huyện "),
    (re.compile(r"\bt\.\s*"), "tỉnh "),
)
_DISTRICT = re.compile(r"\b(huyện|quận|thị xã|thành phố)\b\s*(.*)")
_PROVINCE = re.compile(r"\btỉnh\b\s*([^,;(–-]*)")


class CourtQuestion(StrEnum):
    """What has to be asked before an application is sent."""

    SUCCESSOR = "successor"  # which regional court follows the district court
    PROVINCE = "province"  # which court follows that of a province or city of other borders
    JURISDICTION = "jurisdiction"  # Điều 268 BLTTHS: no district or regional court tries Chapters XIII and XXVI


@dataclass(frozen=True, slots=True)
class CourtSuccession:
    """A regional court in the place of a district court, from a day on."""

    court: str
    successor: str
    valid_from: date
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class CourtOfToday:
    """`name` is written on the application, "" where it has to be asked for."""

    name: str
    question: CourtQuestion | None = None


SUCCESSIONS: tuple[CourtSuccession, ...] = ()


def is_below_the_province(court: str) -> bool:
    """Say whether a court is one of a district or a region; a name that says neither is none."""
    name = _written_out(court)
    found = _DISTRICT.search(name)
    if found is None or "khu vực" in name:
        return "khu vực" in name
    return not (found[1] == "thành phố" and found[2].startswith(_lower(CENTRAL_CITIES)))


def may_have_ended(court: str) -> bool:
    """Say whether the court of a province or of its city may not exist today: a merged province, or Huế."""
    name = _written_out(court)
    city, province = _DISTRICT.search(name), _PROVINCE.search(name)
    if city:
        return city[2].startswith(TWO_COURTS)
    return province is not None and province[1].strip() not in _lower(PROVINCES)


def _written_out(court: str) -> str:
    """Return the name in small letters, with the words that are usually shortened."""
    name = unicodedata.normalize("NFC", court).lower()
    for short, word in _WRITTEN_OUT:
        name = short.sub(word, name)
    return " ".join(name.split())


def _lower(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


def court_of_today(
    court: str, security: bool, on: date, table: Iterable[CourtSuccession] = SUCCESSIONS
) -> CourtOfToday:
    """Return where an application goes on a day about a judgment of `court`; `security`: of Chapters XIII or XXVI."""
    below = is_below_the_province(court)
    if below and security:
        return CourtOfToday("", CourtQuestion.JURISDICTION)
    ended = "khu vực" not in court.lower() if below else may_have_ended(court)
    if on < REGIONAL_SINCE or not ended:
        return CourtOfToday(court)
    rows = [row for row in table if row.court == court and row.valid_from <= on]
    newest = max(rows, key=lambda row: row.valid_from, default=None)
    if newest is None or newest.certainty is Certainty.UNVERIFIED:
        return CourtOfToday("", CourtQuestion.SUCCESSOR if below else CourtQuestion.PROVINCE)
    return CourtOfToday(newest.successor)
