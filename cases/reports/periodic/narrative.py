"""The four parts of the official report, drafted from its figures. An official letter is in Vietnamese alone.

A sentence stands only where its figure says something; of causes only what the records show stuck is drafted, the
rest is left to the officer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from cases.lib.numbers import group
from cases.reports.periodic.comparison import ComparedFigure, ReportComparison, figure
from cases.reports.periodic.contacts import INDICATORS as CONTACTS
from cases.reports.work.stuck import LONG_AT_OFFICE, LONG_UNSEEN, NAMED, NOTHING, Stuck

PARTS = {
    "situation": "Đặc điểm tình hình",
    "results": "Kết quả",
    "shortcomings": "Tồn tại, nguyên nhân",
    "directions": "Phương hướng",
}
SEVERITIES = {
    "reoffended_1": "ít nghiêm trọng",
    "reoffended_2": "nghiêm trọng",
    "reoffended_3": "rất nghiêm trọng",
    "reoffended_4": "đặc biệt nghiêm trọng",
}
BY_HAND = " (*)"
Told = Iterator[str]


@dataclass(frozen=True)
class LetterFigures:
    """The figures by key, as they are reported, and as words."""

    lines: dict[str, ComparedFigure]
    place: str
    days: str
    last_day: str
    stuck: Stuck = NOTHING

    def __getitem__(self, key: str) -> int | Decimal:
        return self.lines[key].now or 0

    def say(self, key: str) -> str:
        """The figure with its unit: "104 lượt"; one written by hand is marked as in the table."""
        line = self.lines[key]
        mark = BY_HAND if line.typed else ""
        return f"{figure(line.column.counts, line.now)} {line.column.unit}{mark}"

    def against(self, key: str) -> str:
        """ " (tăng 12 lượt so với kỳ trước)", or nothing where there is nothing to compare with."""
        line = self.lines[key]
        if line.change is None:
            return ""
        if line.change == 0:
            return " (bằng kỳ trước)"
        if line.before == 0:
            return " (kỳ trước không có)"
        way, by = ("tăng", line.change) if line.change > 0 else ("giảm", -line.change)
        return f" ({way} {figure(line.column.counts, by)} {line.column.unit} so với kỳ trước)"

    def listed(self, words: dict[str, str]) -> str:
        """ "kiểm điểm, giáo dục 58 lượt; tư vấn 379 lượt": what is not zero, each with its words."""
        return "; ".join(f"{text} {self.say(key)}{self.against(key)}" for key, text in words.items() if self[key])


def draft(
    comparison: ReportComparison, *, place: str, days: str, last_day: str, stuck: Stuck = NOTHING
) -> dict[str, str]:
    """The text of each part, one paragraph a line. `place` as in a sentence ("xã Nam Đà"), days in words."""
    figures = LetterFigures(comparison.by_key, place, days, last_day, stuck)
    told: dict[str, Callable[[LetterFigures], Told]] = {
        "situation": _situation,
        "results": _results,
        "shortcomings": _shortcomings,
        "directions": _directions,
    }
    return {part: "\n".join(tell(figures)) for part, tell in told.items()}


def _situation(f: LetterFigures) -> Told:
    yield (
        f"{f.days[:1].upper()}{f.days[1:]}, trên địa bàn {f.place} có {f.say('completed')} chấp hành xong án phạt tù"
        f"{f.against('completed')}; {f.say('presented')} đã trình diện."
    )
    moves = f.listed(
        {
            "received": "tiếp nhận",
            "transferred_in": "chuyển đến",
            "transferred_out": "chuyển đi",
            "closed": "kết thúc quản lý",
        }
    )
    yield (
        f"Đầu kỳ quản lý {f.say('managed_start')}; "
        + (f"trong kỳ {moves}; " if moves else "trong kỳ không biến động; ")
        + f"đến {f.last_day} đang quản lý {f.say('managed_end')}{f.against('managed_end')}."
    )
    parts = sum(f[key] for _letter, key in _group_keys()) + f["unclassified"]
    if f["managed_end"] == parts:  # not beside a whole written by hand
        groups = [f"nhóm {letter} {f.say(key)}" for letter, key in _group_keys() if f[key]]
        rest = [f"chưa phân loại {f.say('unclassified')}"] if f["unclassified"] else []
        if told := ", ".join([*groups, *rest]):
            yield f"Phân loại người đang quản lý: {told}."


def _group_keys() -> list[tuple[str, str]]:
    return [(letter, f"group_{letter.lower()}") for letter in "ABCD"]


def _results(f: LetterFigures) -> Told:
    yield f"1. Gặp gỡ, giáo dục, tư vấn: {_contacts(f)}."
    if f["paperwork"]:
        yield f"2. Thủ tục hành chính: hướng dẫn {f.say('paperwork')}{f.against('paperwork')}{_papers(f)}."
    else:
        yield "2. Thủ tục hành chính: trong kỳ không phát sinh."
    yield f"3. Học nghề, việc làm, vay vốn: {_work(f)}."
    yield f"4. Xóa án tích: {f.say('expunged')} được xóa án tích{f.against('expunged')}{_waiting(f)}."
    yield f"5. Phòng ngừa tái phạm tội: {_reoffending(f)}."


def _contacts(f: LetterFigures) -> str:
    meetings = ""
    if f["group_meetings"]:
        meetings = f"tổ chức {f.say('group_meetings')} gặp gỡ định kỳ với {f.say('group_attendance')} dự; "
    others = f.listed({each.key: each.told for each in CONTACTS if each.told})
    return (meetings + others).strip("; ") or "trong kỳ không ghi nhận lượt nào"


def _papers(f: LetterFigures) -> str:
    kinds = {"paperwork_identity": "căn cước", "paperwork_insurance": "bảo hiểm y tế"}
    if sum(f[key] for key in kinds) > f["paperwork"]:
        return ""  # the whole was written by hand
    parts = [f"{words} {f.say(key)}" for key, words in kinds.items() if f[key]]
    return f", trong đó {', '.join(parts)}" if parts else ""


def _work(f: LetterFigures) -> str:
    told = []
    if f["training"]:
        told.append(f"giới thiệu học nghề cho {f.say('training')}{f.against('training')}")
    if f["jobs_placed"]:
        told.append(f"{f.say('jobs_placed')} có việc làm qua giới thiệu{f.against('jobs_placed')}{_income(f)}")
    if f["loans"]:
        told.append(f"{f.say('loans')} được vay vốn, tổng số {f.say('loan_amount')}")
    return "; ".join(told) or "trong kỳ không có trường hợp nào"


def _income(f: LetterFigures) -> str:
    known = f["mean_income_n"]
    return f", thu nhập bình quân {f.say('mean_income')} (tính trên {known} việc làm đã biết thu nhập)" if known else ""


def _waiting(f: LetterFigures) -> str:
    return f"; {f.say('eligible')} đủ điều kiện, đang chờ xác nhận" if f["eligible"] else ""


def _reoffending(f: LetterFigures) -> str:
    violations = f"; vi phạm hành chính {f.say('administrative')}" if f["administrative"] else ""
    if not f["reoffended"]:
        return f"không có người tái phạm tội{violations}"
    kinds = ", ".join(f"{words} {f.say(key)}" for key, words in SEVERITIES.items() if f[key])
    told = f" ({kinds})" if sum(f[key] for key in SEVERITIES) == f["reoffended"] else ""  # not beside one by hand
    rate = f.lines["reoffence_rate"].shown
    share = "" if rate is None else f", chiếm {figure('percent', rate)}%"
    return (
        f"{f.say('reoffended')} tái phạm tội{told}{f.against('reoffended')}{share} "
        f"trong {f.say('managed_during')} được quản lý trong kỳ{violations}"
    )


def _shortcomings(f: LetterFigures) -> Told:
    found, causes = list(_found_wanting(f)), list(_causes(f))
    yield from (f"- {text}." for text in found)
    if not (found or causes):
        yield "Số liệu trong kỳ không cho thấy tồn tại phải nêu."
    if causes:
        yield f"Nguyên nhân, vướng mắc (tính đến {f.last_day}):"
    yield from (f"- {text}." for text in causes)


def _causes(f: LetterFigures) -> Told:
    if f.stuck.papers:
        told = f"hồ sơ giấy tờ đã nộp quá {LONG_AT_OFFICE} ngày chưa có kết quả"
        yield f"Còn {_sum(f.stuck.papers)} {told}: {_places(f.stuck.papers, 'hồ sơ', 'cơ quan khác')}"
    if f.stuck.unseen:
        told = f"người không ai gặp được bản thân hoặc gia đình trong {LONG_UNSEEN} ngày"
        yield f"Có {_sum(f.stuck.unseen)} {told}: {_places(f.stuck.unseen, 'người', 'nơi khác')}"


def _sum(rows: tuple[tuple[str, int], ...]) -> str:
    return group(sum(count for _place, count in rows))


def _places(rows: tuple[tuple[str, int], ...], unit: str, others: str) -> str:
    """ "Thôn 2 03 người, Thôn 5 01 người": the most first, the rest together."""
    told = [f"{place or 'chưa rõ địa bàn'} {group(count)} {unit}" for place, count in rows[:NAMED]]
    rest = f"{len(rows) - NAMED} {others} {_sum(rows[NAMED:])} {unit}"
    return ", ".join([*told, *([rest] if rows[NAMED:] else [])])


def _found_wanting(f: LetterFigures) -> Told:
    if f["not_presented"]:
        yield f"Còn {f.say('not_presented')} đã chấp hành xong án phạt tù nhưng chưa trình diện"
    if f["unclassified"]:
        yield f"{f.say('unclassified')} đang quản lý chưa được phân loại"
    if f["eligible"]:
        yield f"{f.say('eligible')} đủ điều kiện xóa án tích nhưng chưa có xác nhận"
    for key, words in {
        "encouragement": "Gặp gỡ, động viên",
        "jobs_placed": "Số người có việc làm qua giới thiệu",
    }.items():
        change = f.lines[key].change
        if change is not None and change < 0:
            yield f"{words} giảm {figure('', -change)} {f.lines[key].column.unit} so với kỳ trước"
    if f["reoffended"]:
        yield f"Vẫn còn {f.say('reoffended')} tái phạm tội"


def _directions(f: LetterFigures) -> Told:
    if f["managed_end"]:
        yield f"- Gặp gỡ, giúp đỡ thường xuyên {f.say('managed_end')} đang quản lý."
    if f["not_presented"]:
        yield f"- Phối hợp với gia đình, trại giam làm rõ nơi ở của {f.say('not_presented')} chưa trình diện."
    if f["unclassified"]:
        yield f"- Hoàn thành phân loại {f.say('unclassified')} chưa phân loại."
    if f["eligible"]:
        yield f"- Hướng dẫn {f.say('eligible')} đủ điều kiện làm thủ tục xác nhận xóa án tích."
    risky = f["group_c"] + f["group_d"]
    if risky:
        yield f"- Tập trung giáo dục, quản lý {risky} người thuộc nhóm C, D."
    if not (f["managed_end"] or f["not_presented"]):
        yield "- Chủ động tiếp nhận, giúp đỡ người chấp hành xong án phạt tù khi trở về địa phương."
