"""When the authority for personal data is to be told of a breach: 72 hours from the moment it was found."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.law.versions import Certainty

NOTICE = timedelta(hours=72)
SOURCE = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (trước đó: Điều 23 Nghị định 13/2023/NĐ-CP)"
CERTAINTY = Certainty.UNVERIFIED  # read in the decree; the law's own article is for the legal section to confirm
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NoticeClock:
    """Until when the notice is due, and how far that is on `now`: whole hours, begun ones not counted."""

    due_at: datetime
    now: datetime

    @property
    def is_over(self) -> bool:
        return self.now > self.due_at

    @property
    def hours(self) -> int:
        """Hours left, or over."""
        return abs(self.due_at - self.now) // HOUR


def notice_clock(found_at: datetime, now: datetime) -> NoticeClock:
    """The clock of a breach found at `found_at`."""
    return NoticeClock(found_at + NOTICE, now)
