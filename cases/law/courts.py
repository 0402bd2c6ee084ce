"""Which court an application goes to today: district courts ended on 30/06/2025, regional courts stand in their place.

Which of the 355 regional courts follows which district court was not read (Nghị quyết 81/2025/UBTVQH15): a court
without a row in the table is asked for, never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law.versions import Certainty

REGIONAL_SINCE = date(2025, 7, 1)
COURT = "Tòa án nhân dân"
# Cities that are provinces: their people's court is a provincial one. Huế since 01/01/2025, Đồng Nai since 30/04/2026.
CENTRAL_CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Đồng Nai")
_DISTRICT = re.compile(r"\b(huyện|quận|thị xã|thành phố)\b\s*(.*)", re.IGNORECASE)


class CourtQuestion(StrEnum):
    """What has to be asked before an application is sent."""

    SUCCESSOR = "successor"  # which regional court follows the district court
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
    if "khu vực" in court.lower():
        return True
    found = _DISTRICT.search(court)
    if found is None:
        return False
    return not (found[1].lower() == "thành phố" and found[2].strip().startswith(CENTRAL_CITIES))


def court_of_today(
    court: str, security: bool, on: date, table: Iterable[CourtSuccession] = SUCCESSIONS
) -> CourtOfToday:
    """Return where an application goes on a day about a judgment of `court`; `security`: of Chapters XIII or XXVI."""
    if not is_below_the_province(court):
        return CourtOfToday(court)
    if security:
        return CourtOfToday("", CourtQuestion.JURISDICTION)
    if on < REGIONAL_SINCE or "khu vực" in court.lower():
        return CourtOfToday(court)
    rows = [row for row in table if row.court == court and row.valid_from <= on]
    newest = max(rows, key=lambda row: row.valid_from, default=None)
    if newest is None or newest.certainty is Certainty.UNVERIFIED:
        return CourtOfToday("", CourtQuestion.SUCCESSOR)
    return CourtOfToday(newest.successor)
