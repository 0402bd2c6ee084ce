"""What the People's Committee writes: the address changed (HCD-03), somebody did not present (HCD-04)."""

from dataclasses import dataclass
from datetime import date

from cases.lib.text import in_a_sentence
from cases.models import ArrivalAnswer, Notice, Returnee
from cases.reports.dossier.form_paper import NO_DAY, FormNames, FormPaper, Issuers, PaperDraft
from cases.reports.dossier.records import DossierRecords
from cases.templatetags.words import day_in_full

Kind = ArrivalAnswer.Kind
FOUND = {
    Kind.ARRIVED: "người này cư trú tại địa chỉ nêu trên và đã đến trình diện.",
    Kind.CONFIRMED: "địa chỉ đúng; gia đình nhận người này về cư trú tại đó.",
    Kind.NOT_HERE: "người này không cư trú tại địa chỉ nêu trên; chưa rõ hiện cư trú ở đâu.",
    Kind.ABROAD: "người này đã ra nước ngoài.",
    Kind.DIED: "người này đã chết.",
}


@dataclass(frozen=True)
class ResidenceReply:
    """A notice, and what the commune of `issuers` found out; None where nobody has answered yet."""

    returnee: Returnee
    notice: Notice
    answer: ArrivalAnswer | None
    issuers: Issuers


def residence_reply(reply: ResidenceReply, names: FormNames) -> FormPaper:
    """HCD-03: the answer to whoever sent the notice (Điều 8); what was not found out yet is dotted."""
    person, notice, answer, draft = reply.returnee, reply.notice, reply.answer, PaperDraft()
    draft.paragraph(
        f"Trả lời thông báo số {notice.number}, {day_in_full(notice.dated_on)} (nhận "
        f"{day_in_full(notice.received_on)}), {reply.issuers.committee} thông báo kết quả xác minh nơi cư trú:"
    )
    draft.values(
        ("Họ và tên", person.full_name),
        ("Ngày sinh", person.born),
        ("Số định danh cá nhân", person.identity_number),
        ("Ngày chấp hành xong", person.completed_on),
        ("Địa chỉ trong thông báo", notice.address),
        ("Kết quả xác minh", _finding(answer)),
        ("Ngày xác minh", answer.on if answer else NO_DAY),
        ("Ý kiến của gia đình, người xung quanh", answer and answer.note),
    )
    return reply.issuers.of_committee("UBND").paper(
        names.of("HCD-03"),
        draft,
        reply.issuers.committee_signs(),
        addressee=notice.sender,
        recipients=_recipients(reply.issuers),
    )


def _recipients(issuers: Issuers) -> tuple[str, ...]:
    return ("- Như trên;", f"- {issuers.body.name};", "- Lưu: VT.")


def _finding(answer: ArrivalAnswer | None) -> str:
    if answer is None:
        return ""
    if answer.named_unit:
        return f"người này không cư trú tại địa chỉ nêu trên, hiện ở {in_a_sentence(answer.named_unit.full_label)}."
    return FOUND[Kind(answer.kind)]


def is_absent(records: DossierRecords) -> bool:
    """Whether the person did not present by the day, or presented later: what HCD-04 reports."""
    person = records.returnee
    if person.closed_on and not person.presented_on:
        return False
    return (person.presented_on or records.on) > last_day_to_present(records)


def last_day_to_present(records: DossierRecords) -> date:
    """The day on the certificate, or the one counted where it is not known."""
    person = records.returnee
    return records.intervals.last_day_to_present(person.completed_on, person.presents_by)


def absence_report(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-04: the time on the certificate is over and the person has not come (Điều 9 khoản 2)."""
    person, draft = records.returnee, PaperDraft()
    answers, issuers = list(records.answers), records.issuers
    last, by = (answers[-1] if answers else None), last_day_to_present(records)
    counted = "" if person.presents_by else " (chưa rõ thời hạn ghi trên giấy chứng nhận)"
    draft.paragraph(f"{issuers.committee} báo cáo: hết thời hạn trình diện, người có tên dưới đây chưa đến trình diện:")
    draft.values(
        ("Họ và tên", person.full_name),
        ("Ngày sinh", person.born),
        ("Số định danh cá nhân", person.identity_number),
        ("Nơi về cư trú", records.residence),
        ("Giấy chứng nhận số", person.certificate_number),
        ("Nơi cấp", person.prison),
        ("Ngày chấp hành xong", person.completed_on),
        ("Thời hạn trình diện", f"{by:%d/%m/%Y}{counted}"),
        ("Ngày xác minh với gia đình", last.on if last else NO_DAY),
        ("Kết quả xác minh", _finding(last)),
        ("Ý kiến của gia đình", last and last.note),
    )
    if person.presented_on:
        draft.paragraph(f"Người này đến trình diện ngày {person.presented_on:%d/%m/%Y}.")
    draft.values(("Đề nghị", ""))
    return issuers.of_committee("BC-UBND").paper(
        names.of("HCD-04"),
        draft,
        issuers.committee_signs(),
        addressee=issuers.body.superior,
        recipients=_recipients(issuers),
    )
