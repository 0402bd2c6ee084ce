"""The official reports the chief of Nam Đà sent up: two quarters of the state, numbered, one figure by hand."""

from datetime import date, timedelta

from cases import actions
from cases.demo.accounts import REFORM
from cases.demo.stage import NAM_DA, Stage
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import ReportCell
from cases.reports.periodic import letter_draft
from cases.reports.periodic.report_scope import Lens, where_of

TO_WRITE = timedelta(days=2)
BY_HAND, MORE = "legal_aid", 2
REASON = "Cộng 02 lượt ghi ở sổ tiếp dân, chưa nhập vào nhật ký công tác"
DIRECTIONS = (
    "- Vận động cơ sở sản xuất trên địa bàn nhận người có tay nghề vào làm việc.\n"
    "- Phối hợp với Hội Phụ nữ, Đoàn Thanh niên duy trì gặp gỡ định kỳ mỗi quý một lần."
)


def plan(stage: Stage) -> None:
    """Note the letters; each is written when its quarter is over and its figures are all there."""
    last = period_of(Profile.STATE, PeriodKind.QUARTER, stage.on).previous()
    for quarter in (last.previous(), last):
        if quarter.start >= REFORM:
            stage.at(quarter.end + TO_WRITE, _write, stage, quarter, own_words=quarter == last)


def _write(stage: Stage, quarter: Period, *, own_words: bool) -> None:
    day = quarter.end + TO_WRITE
    unit, chief = stage.unit(NAM_DA, day), stage.chief(NAM_DA, day)
    document = letter_draft.load_document(unit, quarter, Lens.AS_WAS, day)
    document.directions = DIRECTIONS if own_words else ""
    document = actions.report_document.save(document=document, by=chief, vouched=True)
    actions.report_document.give_number(document=document, by=chief)


def add_by_hand(stage: Stage, quarter: Period, day: date) -> None:
    """A figure of the quarter's letter written by hand, more than what was logged."""
    unit, chief = stage.unit(NAM_DA, day), stage.chief(NAM_DA, day)
    document = letter_draft.load_document(unit, quarter, Lens.AS_WAS, day)
    where = where_of(unit, Lens.AS_WAS, quarter, day)
    counted = letter_draft.comparison(document, where, quarter, quarter).by_key[BY_HAND].counted
    cell = ReportCell(document=document, indicator=BY_HAND, value=counted + MORE, reason=REASON)
    actions.report_document.type_cell(cell=cell, by=chief, vouched=True)
