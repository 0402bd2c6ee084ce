"""When an administrative sanction no longer counts against somebody (Điều 7 Luật Xử lý vi phạm hành chính)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law.days import day_after_months
from cases.law.versions import Certainty


class Sanction(StrEnum):
    WARNING = "warning"  # cảnh cáo
    OTHER = "other"  # phạt tiền và hình thức khác
    MEASURE = "measure"  # biện pháp xử lý hành chính


@dataclass(frozen=True, slots=True)
class CleanSlate:
    sanction: Sanction
    months: int
    legal_basis: str
    certainty: Certainty


CLEAN_SLATES = (
    CleanSlate(Sanction.WARNING, 6, "Điều 7 khoản 1 Luật Xử lý vi phạm hành chính", Certainty.READ),
    CleanSlate(Sanction.OTHER, 12, "Điều 7 khoản 1 Luật Xử lý vi phạm hành chính", Certainty.READ),
    CleanSlate(Sanction.MEASURE, 24, "Điều 7 khoản 2 Luật Xử lý vi phạm hành chính", Certainty.READ),
)


def clean_slate_on(sanction: Sanction, done_on: date, table: tuple[CleanSlate, ...] = CLEAN_SLATES) -> date:
    """Return the first day on which a sanction carried out on `done_on` counts as never given, without a new one."""
    months = next(row.months for row in table if row.sanction is sanction)
    return day_after_months(done_on, months)
