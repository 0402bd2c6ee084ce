"""The drafted texts: each sentence stands on a figure, a comparison is said in words, nothing is claimed of nothing."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.period import Period
from cases.reports.periodic.comparison import TypedFigure, compare, figure
from cases.reports.periodic.narrative import draft
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.reintegration import column_of
from cases.reports.table import FigureRow, ReportTable
from cases.reports.work.stuck import Stuck

YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))
COLUMNS = tuple(column_of(each) for each in INDICATORS)


def table(**values):
    known = dict.fromkeys((column.key for column in COLUMNS), 0)
    return ReportTable(
        "reintegration", YEAR, "as-was", COLUMNS, FigureRow(1, "1", "Xã Nam Đà", {**known, **values}), ()
    )


def told(before=None, **values):
    comparison = compare(table(**values), before)
    return draft(comparison, place="xã Nam Đà", days="từ ngày A đến ngày B", last_day="ngày B")


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (14, 12, "gặp gỡ, động viên 14 lượt (tăng 2 lượt so với kỳ trước)"),
        (10, 12, "gặp gỡ, động viên 10 lượt (giảm 2 lượt so với kỳ trước)"),
        (12, 12, "gặp gỡ, động viên 12 lượt (bằng kỳ trước)"),
        (12, 0, "gặp gỡ, động viên 12 lượt (kỳ trước không có)"),
    ],
)
def test_a_figure_is_compared_in_words(now, before, words):
    assert words in told(table(encouragement=before), encouragement=now)["results"]


def test_without_a_period_before_nothing_is_compared():
    assert "kỳ trước" not in " ".join(told(encouragement=12, managed_end=3).values())


def test_what_is_lacking_is_named_and_answered():
    parts = told(table(encouragement=9), encouragement=4, not_presented=2, unclassified=1, eligible=3, managed_end=5)

    assert "- Còn 2 người đã chấp hành xong án phạt tù nhưng chưa trình diện." in parts["shortcomings"]
    assert "- Gặp gỡ, động viên giảm 5 lượt so với kỳ trước." in parts["shortcomings"]
    for number in ("2 người chưa trình diện", "1 người chưa phân loại", "3 người đủ điều kiện"):
        assert number in parts["directions"]


def test_what_stuck_is_drafted_as_cause_the_most_first_and_the_rest_together():
    papers = (("Bộ phận một cửa", 4), ("Bảo hiểm xã hội", 1))
    unseen = tuple((f"Thôn {number}", 10 - number) for number in range(1, 8)) + (("", 1),)
    told = draft(compare(table(), None), place="xã", days="kỳ", last_day="ngày B", stuck=Stuck(papers, unseen))

    said = told["shortcomings"]
    assert "Nguyên nhân, vướng mắc (tính đến ngày B):" in said
    assert "Còn 5 hồ sơ giấy tờ đã nộp quá 30 ngày chưa có kết quả: Bộ phận một cửa 4 hồ sơ, Bảo hiểm xã hội 1" in said
    assert "trong 60 ngày: Thôn 1 9 người" in said
    assert said.endswith("3 nơi khác 8 người.")


def test_where_nothing_is_lacking_no_shortcoming_is_made_up():
    assert told(managed_end=5, group_a=5)["shortcomings"] == "Số liệu trong kỳ không cho thấy tồn tại phải nêu."


def test_reoffending_is_told_with_its_rate_and_its_base():
    parts = told(reoffended=2, reoffended_1=2, reoffence_rate=4, managed_during=50)

    assert "2 người tái phạm tội (ít nghiêm trọng 2 người), chiếm 4,00% trong 50 người" in parts["results"]


def test_of_few_people_the_rate_is_left_out_of_the_sentence_as_it_is_of_the_table():
    parts = told(reoffended=1, reoffended_1=1, reoffence_rate=Decimal("5.26"), managed_during=19)

    assert "1 người tái phạm tội (ít nghiêm trọng 1 người) trong 19 người được quản lý trong kỳ" in parts["results"]


FIGURES = st.fixed_dictionaries({column.key: st.integers(0, 60) for column in COLUMNS})


@given(FIGURES, st.none() | FIGURES)
def test_every_number_of_a_drafted_sentence_is_a_figure_of_the_table_or_its_change(now, before):
    comparison = compare(table(**now), before and table(**before))
    told = draft(comparison, place="xã", days="kỳ", last_day="cuối kỳ")
    shown = {figure(line.column.counts, value) for line in comparison.lines for value in (line.shown, line.before)}
    shown |= {figure(line.column.counts, abs(line.change)) for line in comparison.lines if line.change is not None}
    shown.add(str(now["group_c"] + now["group_d"]))

    numbers = re.sub(r"(?m)^\d\. ", "", "\n".join(told.values()))
    assert set(re.findall(r"\d[\d.,]*(?<![.,])", numbers)) <= shown
    assert all(line.percent is None or line.among >= 20 for line in comparison.lines)


WHOLES = {
    "reoffended": ["reoffended_1", "reoffended_2", "reoffended_3", "reoffended_4"],
    "paperwork": ["paperwork_identity", "paperwork_insurance"],
    "managed_end": ["group_a", "group_b", "group_c", "group_d", "unclassified"],
}


@pytest.mark.parametrize("whole", WHOLES)
@given(value=st.integers(0, 4), parts=st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_beside_a_whole_written_by_hand_no_sentence_is_empty_or_has_parts_that_exceed_it(whole, value, parts):
    counted = dict(zip(WHOLES[whole], parts, strict=False))
    by_hand = {whole: TypedFigure(Decimal(value), "Đếm lại", "an")}
    text = "\n".join(draft(compare(table(**counted), None, by_hand), place="xã", days="kỳ", last_day="ngày").values())

    assert not re.search(r"\(\)|: *\.|, *\.|; *\.", text)
    if whole == "reoffended" and "(" in text.replace(" (*)", ""):  # the mark of a figure by hand
        assert sum(counted.values()) == value
    if whole == "paperwork" and "trong đó" in text:
        assert sum(counted.values()) <= value
    if whole == "managed_end" and "Phân loại người" in text:
        assert sum(counted.values()) == value
