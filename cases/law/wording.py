"""The steps of a verdict in Vietnamese, each sentence with its article; the words of the law are not translated."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from cases.law.checking import place_of
from cases.law.clock import Clock
from cases.law.days import day_text
from cases.law.facts import ConvictionFacts, DoneHow, ObligationState, PenaltyFacts, PenaltyKind, Problem
from cases.law.record import NO_RECORD_BASIS, Record, chapter_stated
from cases.law.versions import Certainty
from cases.law.waiting import RuleSet, WaitColumn
from cases.law.words import ADDITIONAL, ARTICLES, FIELDS, NO_RECORD, OBLIGATIONS, PENALTIES, STARTS
from cases.lib.optional import require

TURNED = (
    "nếu án treo đã bị buộc chấp hành hình phạt tù (Điều 65 khoản 5 BLHS) thì không còn là án treo: ghi hình phạt "
    "chính là tù có thời hạn, cách hiểu này cần bộ phận pháp chế xác nhận"
)

GENERAL = (
    "hình phạt chính đã ghi là hình phạt chung của nhiều bản án (Điều 55, 56 BLHS): thời hạn tính theo hình phạt chung "
    "đó, cách hiểu này cần bộ phận pháp chế xác nhận"
)
FOREIGN = (
    "bản án của Tòa án nước ngoài: tính theo điều, chương của Bộ luật này đã ghi cho tội danh, cách hiểu này cần bộ "
    "phận pháp chế xác nhận"
)


def of_problem(problem: Problem) -> str:
    """Return what an officer must find out or put right, by the Vietnamese name of the field."""
    conviction = re.match(r"convictions\[(.*?)\]", problem.field)
    lead = f"Bản án {conviction[1]}: " if conviction else ""
    rest = problem.field[conviction.end() :] if conviction else problem.field
    names = [name for part in re.findall(r"[a-z_]+", rest) if (name := FIELDS.get(part))]
    field = " của ".join(reversed(names)) or "bản án"
    if problem.expected:
        sentence = f"{lead}{field} không đúng: {problem.expected}."
    else:
        sentence = f"{lead}thiếu {field}."
    return sentence[0].upper() + sentence[1:]


def of_no_record(conviction: ConvictionFacts, record: Record) -> str:
    """Why a judgment leaves no record, each reason with its article."""
    reasons = ", ".join(f"{NO_RECORD[reason]} ({NO_RECORD_BASIS[reason]})" for reason in record.reasons)
    return f"Bản án {conviction.id}: không có án tích, {reasons}."


def of_rules(rules: RuleSet) -> str:
    """Which version of the rules was applied, with its source."""
    return f"Quy tắc áp dụng: {rules.code}, {rules.title} ({rules.source})."


def of_clock(clock: Clock) -> list[str]:
    """Return the reasoning for one judgment: route, period, start, restarts, end, what holds it, first clean day."""
    sentences = [_route(clock), _period(clock)]
    sentences += _readings(clock.conviction)
    if clock.conviction.main_done_on:
        sentences.append(_start(clock))
    if clock.restarts:
        sentences += _restarts(clock)
    if clock.ends_on:
        sentences += _end(clock)
    if clock.conviction.obligations:
        sentences += _obligations(clock)
    sentences += _result(clock)
    lead = f"Bản án {clock.conviction.id}: "
    return [f"{lead}{sentence}." for sentence in sentences]


def _readings(conviction: ConvictionFacts) -> Iterator[str]:
    """What the count rests on that no text settles."""
    if _may_be_turned(conviction):
        yield TURNED
    if conviction.general:
        yield GENERAL
    if conviction.foreign:
        yield FOREIGN


def _may_be_turned(conviction: ConvictionFacts) -> bool:
    """Say whether a suspended sentence may have been served in prison: its end was not that of a probation."""
    suspended = require(conviction.main_penalty).kind is PenaltyKind.SUSPENDED_PRISON
    return suspended and conviction.main_done_how in (DoneHow.SERVED, DoneHow.AMNESTY)


def _route(clock: Clock) -> str:
    chapters = ", ".join(dict.fromkeys(filter(None, map(chapter_stated, require(clock.conviction.offences)))))
    basis = clock.record.legal_basis
    if clock.record.mixed:
        return f"có tội thuộc Chương XIII hoặc XXVI cùng tội khác, Tòa án quyết định việc xóa án tích ({basis})"
    if clock.record.column is WaitColumn.COURT:
        return f"tội thuộc Chương {chapters}, xóa án tích theo quyết định của Tòa án ({basis})"
    if clock.record.column is WaitColumn.JUVENILE:
        return f"từ đủ 16 đến dưới 18 tuổi khi phạm tội, đương nhiên được xóa án tích theo thời hạn riêng ({basis})"
    return f"tội thuộc Chương {chapters}, đương nhiên được xóa án tích ({basis})"


def _period(clock: Clock) -> str:
    penalty = _penalty(require(clock.conviction.main_penalty))
    basis = f"{clock.wait.legal_basis}; Điều 73 khoản 1 BLHS"
    return f"hình phạt chính đã tuyên là {penalty}, thời hạn {clock.wait.months} tháng ({basis})"


def _penalty(penalty: PenaltyFacts) -> str:
    words = PENALTIES[require(penalty.kind)]
    return f"{words} {penalty.months} tháng" if penalty.kind is PenaltyKind.PRISON else words


def _start(clock: Clock) -> str:
    pattern = STARTS[clock.conviction.main_done_how or DoneHow.SERVED]
    article = ARTICLES[require(clock.record.column)]
    day = day_text(require(clock.conviction.main_done_on))
    return pattern.format(day=day, article=article, basis=clock.condition.legal_basis)


def _restarts(clock: Clock) -> Iterator[str]:
    for each in sorted(clock.restarts, key=lambda each: (min(each.conviction.acts()), str(each.conviction.id))):
        act_on = day_text(min(require(offence.act_on) for offence in each.offences))
        lead = f"phạm tội mới ngày {act_on} (bản án {each.conviction.id}) khi chưa được xóa án tích, thời hạn tính lại"
        if each.restart_on is None:
            day = "có hiệu lực của bản án mới" if each.conviction.exempt else "chấp hành xong bản án mới"
            yield f"{lead} từ ngày {day}, hiện chưa có ngày (Điều 73 khoản 2 BLHS)"
        else:
            yield f"{lead} từ {day_text(each.restart_on)} (Điều 73 khoản 2 BLHS)"


def _end(clock: Clock) -> Iterator[str]:
    for each in clock.held_by:
        basis = require(clock.rules.extension(clock.wait)).legal_basis
        lead = f"{ADDITIONAL[require(each.kind)]} đến {day_text(each.done_on)}, dài hơn thời hạn"
        yield f"{lead}, thời hạn hết khi chấp hành xong hình phạt bổ sung ({basis})"
    yield f"thời hạn hết ngày {day_text(clock.ends_on)} (Điều 147, 148 Bộ luật Dân sự)"
    for each in clock.conviction.additional or ():
        if require(each.done_on) > require(clock.ends_on):
            lead = f"{ADDITIONAL[require(each.kind)]} đến {day_text(each.done_on)} không kéo dài thời hạn này"
            check = "cần kiểm tra việc chấp hành xong"
            if clock.condition.additional:
                check = "nhưng phải chấp hành xong mới được nộp đơn"
            yield f"{lead}, {check} ({ARTICLES[require(clock.record.column)]} khoản 2 BLHS)"


def _obligations(clock: Clock) -> Iterator[str]:
    if not clock.condition.obligations:
        yield _waits_for_nothing(clock)
        return
    basis = f"({clock.condition.legal_basis})"
    for each in clock.unsettled():
        words = "chưa thi hành xong" if each.state is ObligationState.OPEN else "thiếu dữ liệu đã thi hành hay chưa"
        yield f"{OBLIGATIONS[each.kind]} {words} {basis}"
    settled = clock.settled_on()
    if not clock.unsettled() and (settled is None or clock.ends_on is None or settled <= clock.ends_on):
        yield f"các nghĩa vụ khác của bản án đã thi hành xong hoặc được miễn {basis}"
    if settled and clock.due_on and settled > require(clock.ends_on):
        yield f"nghĩa vụ cuối cùng thi hành xong ngày {day_text(settled)}, sau khi hết thời hạn {basis}"


def _waits_for_nothing(clock: Clock) -> str:
    lead = f"không chờ thi hành án phí, bồi thường và nghĩa vụ khác ({clock.condition.legal_basis})"
    if clock.condition.certainty is Certainty.UNVERIFIED:
        return f"{lead}, cách hiểu này cần bộ phận pháp chế xác nhận"
    return lead


def _result(clock: Clock) -> Iterator[str]:
    decision = clock.conviction.court_decision_on
    if decision:
        yield f"Tòa án quyết định xóa án tích ngày {day_text(decision)} (Điều 71, Điều 72 BLHS)"
        return
    for day in sorted(clock.conviction.court_rejected_on):
        yield f"Tòa án bác đơn ngày {day_text(day)} (Điều 71 khoản 3 BLHS)"
    if clock.due_on and clock.record.column is WaitColumn.COURT:
        lead = f"được nộp đơn xin xóa án tích từ {day_text(clock.due_on)}"
        yield f"{lead}, chỉ hết án tích khi Tòa án quyết định (Điều 71 BLHS)"
    elif clock.due_on:
        lead = f"được xóa án tích từ {day_text(clock.due_on)} nếu không phạm tội mới"
        yield f"{lead} ({clock.condition.legal_basis})"
    if clock.special_on and clock.record.column is not WaitColumn.JUVENILE:
        lead = "nếu tiến bộ rõ rệt, lập công và được đề nghị, Tòa án có thể quyết định"
        yield f"{lead} từ {day_text(clock.special_on)} (Điều 72 BLHS)"


def of_general_penalty(clocks: Sequence[Clock]) -> Iterator[str]:
    """Say of judgments done on one day that they may have been served as one general penalty (Điều 55, 56).

    Where one of them is said to bear that penalty, its own steps tell how it is counted.
    """
    together: dict[date, list[str]] = {}
    for clock in clocks:
        if (done_on := clock.conviction.main_done_on) and not clock.conviction.general:
            together.setdefault(done_on, []).append(str(clock.conviction.id))
    for done_on, names in together.items():
        if len(names) > 1:
            lead = f"Các bản án {', '.join(names)} cùng chấp hành xong ngày {day_text(done_on)}"
            yield (
                f"{lead}: dù hình phạt đã được tổng hợp (Điều 55, 56 BLHS), thời hạn tính theo hình phạt của từng bản "
                "án, cách hiểu này cần bộ phận pháp chế xác nhận."
            )


def of_investigation(act_on: date) -> str:
    """That an act of this day is under investigation, so that the clock waits (Điều 73 khoản 2 BLHS)."""
    lead = f"Hành vi ngày {day_text(act_on)} đang bị điều tra"
    return f"{lead}, xảy ra khi chưa được xóa án tích: chờ kết quả (Điều 73 khoản 2 BLHS)."


def unsettled_fields(clock: Clock) -> Iterator[str]:
    """Yield the fields of obligations of which nobody knows whether they are done."""
    for number, each in enumerate(clock.conviction.obligations or ()):
        if clock.condition.obligations and each.state is ObligationState.UNKNOWN:
            yield f"{place_of(clock.conviction)}.obligations[{number}].state"
