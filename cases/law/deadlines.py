"""The officer's deadlines and intervals, as dated data with source and certainty; a change is a new dated row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.law.days import ONE_DAY
from cases.law.versions import Certainty, in_force
from cases.lib.dates import add_months

SATURDAY = 5
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """What differs from a week of Monday to Friday: days `off`, and days `worked` to make up for a bridging day."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)


PLAIN_WEEKS = WorkCalendar()


class DeadlineUnit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    DAY_OF_QUARTER = "day_of_quarter"  # so many days from the first of a quarter, that day counted
    DAY_OF_MONTH = "day_of_month"


class DeadlineKind(StrEnum):
    RESIDENCE_CHECK = "residence_check"  # xác minh nơi cư trú sau thông báo của trại giam
    PRESENTING = "presenting"  # trình diện tại xã, khi chưa rõ thời hạn ghi trên giấy chứng nhận
    HELPER_PROPOSAL = "helper_proposal"  # đề xuất phân công tổ chức, cá nhân giúp đỡ
    DOSSIER = "dossier"  # lập hồ sơ
    TAKEOVER = "takeover"  # xã mới tiếp nhận hồ sơ
    HELPER_REPORT = "helper_report"  # báo cáo của tổ chức, cá nhân giúp đỡ, từ ngày đầu quý
    DATABASE = "database"  # cập nhật cơ sở dữ liệu về thi hành án
    LOAN_LIST = "loan_list"  # danh sách vay vốn, từ ngày đầu tháng
    CONTACT = "contact"  # gặp gỡ, động viên
    ASSESSMENT = "assessment"  # phân loại A, B, C, D
    JOB_CHECK_FIRST = "job_check_first"  # kiểm tra việc làm sau khi bắt đầu
    JOB_CHECK_SECOND = "job_check_second"
    JOB_CHECK_THIRD = "job_check_third"
    JOB_CHECK_FOURTH = "job_check_fourth"
    PAPERWORK_STUCK = "paperwork_stuck"  # thủ tục không có bước mới


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many units from the day something happened; `duty` names what must be done, `code` the version."""

    duty: DeadlineKind
    amount: int
    count: DeadlineUnit
    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty

    @property
    def code(self) -> str:
        return f"{self.duty}-{self.valid_from.isoformat()}"


_C10 = date(2024, 5, 1)  # Thông tư 10/2024/TT-BCA in force
_C10_ARTICLE_8 = "Thông tư 10/2024/TT-BCA, Điều 8"
_NO_TEXT = "Chưa tìm được văn bản; đơn vị tự đặt"
_OWN = "Thông tư 10/2024/TT-BCA không quy định khoảng cách; đơn vị tự đặt"
_CERTIFICATE = "Thời hạn ghi trên giấy chứng nhận (Thông tư 10/2024/TT-BCA, Điều 9 khoản 2); chưa rõ thì tính 15 ngày"
_LOANS = "Quyết định 22/2023/QĐ-TTg, Điều 14 khoản 2 điểm c (Mẫu 01)"
_ND160 = date(2026, 5, 15)  # Nghị định 160/2026/NĐ-CP; the day it came into force was not read
_DATABASE = "Nghị định 160/2026/NĐ-CP, Điều 8 (đọc bản sao; chưa đối chiếu ngày có hiệu lực)"
_QD22 = date(2023, 10, 10)  # Quyết định 22/2023/QĐ-TTg in force


def _of_circular_10(duty: "DeadlineKind", amount: int, count: DeadlineUnit, article: str) -> "Deadline":
    return Deadline(duty, amount, count, _C10, None, f"Thông tư 10/2024/TT-BCA, {article}", Certainty.READ)


DEADLINES = (
    Deadline(DeadlineKind.RESIDENCE_CHECK, 3, DeadlineUnit.WORKING_DAYS, _C10, None, _C10_ARTICLE_8, Certainty.READ),
    Deadline(DeadlineKind.PRESENTING, 15, DeadlineUnit.DAYS, _C10, None, _CERTIFICATE, Certainty.UNVERIFIED),
    _of_circular_10(DeadlineKind.HELPER_PROPOSAL, 3, DeadlineUnit.WORKING_DAYS, "Điều 10 khoản 2"),
    _of_circular_10(DeadlineKind.DOSSIER, 5, DeadlineUnit.WORKING_DAYS, "Điều 11"),
    _of_circular_10(DeadlineKind.TAKEOVER, 5, DeadlineUnit.WORKING_DAYS, "Điều 15"),
    _of_circular_10(DeadlineKind.HELPER_REPORT, 5, DeadlineUnit.DAY_OF_QUARTER, "Điều 10 khoản 4"),
    Deadline(DeadlineKind.DATABASE, 24, DeadlineUnit.HOURS, _ND160, None, _DATABASE, Certainty.UNVERIFIED),
    Deadline(DeadlineKind.LOAN_LIST, 5, DeadlineUnit.DAY_OF_MONTH, _QD22, None, _LOANS, Certainty.READ),
    Deadline(DeadlineKind.CONTACT, 30, DeadlineUnit.DAYS, _C10, None, _OWN, Certainty.UNVERIFIED),
    _of_circular_10(DeadlineKind.ASSESSMENT, 3, DeadlineUnit.MONTHS, "Điều 12 khoản 3 (hằng quý)"),
    Deadline(DeadlineKind.JOB_CHECK_FIRST, 7, DeadlineUnit.DAYS, _C10, None, _NO_TEXT, Certainty.UNVERIFIED),
    Deadline(DeadlineKind.JOB_CHECK_SECOND, 30, DeadlineUnit.DAYS, _C10, None, _NO_TEXT, Certainty.UNVERIFIED),
    Deadline(DeadlineKind.JOB_CHECK_THIRD, 90, DeadlineUnit.DAYS, _C10, None, _NO_TEXT, Certainty.UNVERIFIED),
    Deadline(DeadlineKind.JOB_CHECK_FOURTH, 180, DeadlineUnit.DAYS, _C10, None, _NO_TEXT, Certainty.UNVERIFIED),
    Deadline(DeadlineKind.PAPERWORK_STUCK, 30, DeadlineUnit.DAYS, _C10, None, _NO_TEXT, Certainty.UNVERIFIED),
)
JOB_CHECKS = (
    DeadlineKind.JOB_CHECK_FIRST,
    DeadlineKind.JOB_CHECK_SECOND,
    DeadlineKind.JOB_CHECK_THIRD,
    DeadlineKind.JOB_CHECK_FOURTH,
)


def deadline(duty: DeadlineKind, on: date, table: Iterable[Deadline] = DEADLINES) -> Deadline:
    """Return the version of a deadline in force on a day."""
    return in_force([row for row in table if row.duty is duty], on)


def last_day(rule: Deadline, since: date, calendar: WorkCalendar = PLAIN_WEEKS) -> date:
    """Return the last day on which the duty is done in time; the day `since` itself is not counted.

    Hours end on the day on which the last of them is over. What is due on a day of the month or the quarter is due on
    that of `since`.
    """
    if rule.count is DeadlineUnit.WORKING_DAYS:
        return add_working_days(since, rule.amount, calendar)
    if rule.count is DeadlineUnit.HOURS:
        return since + timedelta(days=-(-rule.amount // HOURS_A_DAY))
    if rule.count is DeadlineUnit.MONTHS:
        return add_months(since, rule.amount)
    if rule.count is DeadlineUnit.DAY_OF_QUARTER:
        return date(since.year, (since.month - 1) // 3 * 3 + 1, 1) + timedelta(days=rule.amount - 1)
    if rule.count is DeadlineUnit.DAY_OF_MONTH:
        return since.replace(day=1) + timedelta(days=rule.amount - 1)
    return since + timedelta(days=rule.amount)


def add_working_days(since: date, days: int, calendar: WorkCalendar = PLAIN_WEEKS) -> date:
    """Return the working day that is `days` working days after `since`.

    Raises ValueError for fewer than one day.
    """
    if days < 1:
        raise ValueError(f"At least one working day is needed, not {days}.")
    day = since
    while days:
        day += ONE_DAY
        days -= calendar.is_working(day)
    return day
