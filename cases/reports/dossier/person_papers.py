"""The papers of a dossier that the police write about the person: cover, information sheet, minutes, ending."""

from collections.abc import Iterator

from django.db.models import QuerySet

from cases.law.forms import DOSSIER
from cases.models import Judgment
from cases.reports.dossier.form_paper import (
    NO_DAY,
    SHORT_DOTS,
    SIGN,
    FormNames,
    FormPaper,
    PaperDraft,
    SignaturePlace,
    join_known,
    plain_text,
    text_or_dots,
)
from cases.reports.dossier.records import DossierRecords


def cover(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-01: the outside names the person alone; inside it the list of the papers, those that lie there with number
    and day."""
    person, draft = records.returnee, PaperDraft()
    draft.values(
        ("Hồ sơ số", person.file_number),
        ("Họ và tên", person.full_name),
        ("Tên gọi khác", person.aliases),
        ("Ngày sinh", person.born),
        ("Nơi cư trú", records.residence),
        ("Ngày lập hồ sơ", NO_DAY),
        ("Ngày kết thúc", person.closed_on or NO_DAY),
    )
    draft.new_page()
    draft.heading("Danh mục giấy tờ trong hồ sơ")
    draft.table(("Mã", "Tên giấy tờ", "Số", "Ngày", "Số tờ"), _listed(records, names), (1, 2, 8, 2, 3, 2))
    return records.issuers.of_police().paper(names.of("HCD-01"), draft, records.issuers.police_signs())


def _listed(records: DossierRecords, names: FormNames) -> Iterator[tuple[object, ...]]:
    """One line a paper of Điều 11; of the helper's report one for each quarter that lies there."""
    for form in DOSSIER:
        title = names.of(form.code).title
        there = [paper for paper in records.dossier_papers if paper.code == form.code]
        for paper in there:
            yield form.code, title, paper.number, paper.on, ""
        if not there:
            yield form.code, title, "", "", ""


def information(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-02: who the person is, what was served, how they live, who helps."""
    person, draft = records.returnee, PaperDraft()
    draft.heading("I. Nhân thân")
    draft.values(
        ("Họ và tên", person.full_name),
        ("Tên gọi khác", person.aliases),
        ("Giới tính", person.get_sex_display()),
        ("Ngày sinh", person.born),
        ("Dân tộc", person.ethnicity),
        ("Số định danh cá nhân", person.identity_number),
        ("Nơi cư trú", records.residence),
        ("Điện thoại", person.phone),
        (
            "Người thân để liên hệ",
            join_known(person.household_contact, person.household_relation, person.household_phone),
        ),
    )
    draft.heading("II. Việc chấp hành án")
    served_lines(records, draft)
    draft.heading("III. Hoàn cảnh, nguyện vọng")
    draft.values(("Việc làm", _work(records)), ("Nhu cầu, nguyện vọng", wishes(records)))
    draft.heading("IV. Người được phân công giúp đỡ")
    draft.values(("Cán bộ phụ trách", records.group and records.group.lead.full_name), ("Thành viên", helpers(records)))
    own = SignaturePlace(("NGƯỜI KHAI",), SIGN, person.full_name)
    return records.issuers.of_police().paper(names.of("HCD-02"), draft, own, officer_place(records))


def served_lines(records: DossierRecords, draft: PaperDraft) -> None:
    """The judgments, the certificate, the days: what a paper tells of the sentence."""
    person = records.returnee
    judgments = [_judgment_line(each) for each in records.judgments]
    draft.values(
        *((f"Bản án ({number})", line) for number, line in enumerate(judgments, start=1)),
        *([] if judgments else [("Bản án", "")]),
        ("Hình phạt bổ sung", _parts(records.judgments, "additional_penalties")),
        ("Nghĩa vụ khác", _parts(records.judgments, "obligations")),
        ("Diện", person.get_subject_type_display()),
        ("Nơi chấp hành án", person.prison),
        ("Giấy chứng nhận số", person.certificate_number),
        ("Ngày chấp hành xong", person.completed_on),
        ("Thời hạn trình diện ghi trên giấy chứng nhận", person.presents_by),
        ("Ngày trình diện", person.presented_on),
    )


def _judgment_line(judgment: Judgment) -> str:
    months = f"{judgment.months} tháng" if judgment.months else ""
    offences = [join_known(row.name, row.article and f"Điều {row.article}") for row in judgment.offences.all()]
    return join_known(
        f"số {judgment.number or SHORT_DOTS}",
        f"ngày {judgment.judged_on:%d/%m/%Y}" if judgment.judged_on else "",
        judgment.court,
        "; ".join(offences),
        join_known(judgment.get_main_penalty_display(), months, by=" "),
    )


def _parts(judgments: QuerySet[Judgment], name: str) -> str:
    """Penalties or obligations of all judgments in one line, each with its end or its state."""
    said = []
    for judgment in judgments:
        for part in getattr(judgment, name).all():
            state = part.get_state_display().lower() if name == "obligations" else ""
            until = f"đến {part.done_on:%d/%m/%Y}" if part.done_on and not state else ""
            said.append(join_known(part.get_kind_display(), state, until, by=" "))
    return "; ".join(said)


def _work(records: DossierRecords) -> str:
    """The jobs held, also since nobody knows when; one at which a check found nobody is held no longer."""
    found = (row for row in records.referrals if row.state == "started")
    held = [row for row in found if all(check.still_working for check in row.checks.all())]
    return "; ".join(join_known(row.job, row.employer.name) for row in held)


def wishes(records: DossierRecords) -> str:
    """The needs that are not met yet, in the words they were recorded in."""
    return "; ".join(f"{row.get_pathway_display()}: {row.text}" for row in records.needs if row.is_pending)


def helpers(records: DossierRecords) -> str:
    """Who helps today, each with the body they come from."""
    return "; ".join(f"{row.name} ({row.organisation.short})" for row in records.members)


def officer_place(records: DossierRecords) -> SignaturePlace:
    """Where the officer signs who works with the person."""
    lead = records.group.lead if records.group else None
    return SignaturePlace(
        ("CÁN BỘ ĐƯỢC PHÂN CÔNG",), SIGN, join_known(lead.rank, lead.full_name, by=" ") if lead else ""
    )


def minutes(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-05: what was said when the person presented (Điều 9), and what the person commits to."""
    person, draft = records.returnee, PaperDraft()
    place = records.issuers.committee
    day = text_or_dots(person.presented_on, NO_DAY)
    draft.paragraph(f"Hôm nay, ngày {day}, tại trụ sở {place}, chúng tôi gồm:")
    draft.values(
        ("Cán bộ được phân công", records.group and records.group.lead.full_name),
        ("Chức vụ, đơn vị", records.issuers.body.name),
    )
    draft.paragraph("Làm việc với:")
    draft.values(
        ("Họ và tên", person.full_name),
        ("Ngày sinh", person.born),
        ("Số định danh cá nhân", person.identity_number),
        ("Nơi cư trú", records.residence),
        ("Giấy chứng nhận số", person.certificate_number),
    )
    draft.heading("I. Nội dung làm việc")
    draft.values(
        ("Chính sách, pháp luật đã thông báo", ""),
        ("Tâm tư, nguyện vọng", wishes(records)),
        ("Hướng dẫn đăng ký cư trú, làm căn cước", ""),
        ("Tư vấn việc làm, học nghề, vay vốn", ""),
        ("Yêu cầu đối với người đến trình diện", ""),
    )
    draft.heading("II. Cam kết")
    draft.paragraph(
        f"Tôi là {person.full_name}, cam kết chấp hành pháp luật, quy định của địa phương; đăng ký cư trú theo quy "
        f"định; có mặt khi được {records.issuers.body.name} mời; báo khi thay đổi nơi cư trú, việc làm, điện thoại."
    )
    draft.values(("Cam kết khác", ""))
    draft.paragraph("Biên bản lập thành 02 bản, đọc lại cho những người có tên trên cùng nghe và ký xác nhận.")
    own = SignaturePlace(("NGƯỜI CAM KẾT",), SIGN, person.full_name)
    head = records.issuers.of_minutes("", person.presented_on)
    return head.paper(names.of("HCD-05"), draft, own, officer_place(records))


def end_of_management(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-11: why and from when the person is no longer managed, and what proves it (Điều 14 khoản 1)."""
    person, draft = records.returnee, PaperDraft()
    proof = next(iter(records.expungements), None)
    draft.paragraph(f"{records.issuers.body.name} kết thúc việc quản lý, giúp đỡ đối với:")
    draft.values(
        ("Họ và tên", person.full_name),
        ("Ngày sinh", person.born),
        ("Số định danh cá nhân", person.identity_number),
        ("Nơi cư trú", records.residence),
        ("Ngày trình diện", person.presented_on),
        ("Lý do kết thúc", person.get_close_reason_display()),
        ("Kể từ ngày", person.closed_on or NO_DAY),
        ("Căn cứ", proof and join_known(proof.get_evidence_display(), proof.reference, plain_text(proof.evidence_on))),
        ("Ghi chú", person.close_note),
    )
    draft.paragraph(f"Hồ sơ được lưu tại {records.issuers.body.name} theo quy định (Thông tư 10/2024/TT-BCA).")
    return records.issuers.of_police("HS").paper(names.of("HCD-11"), draft, records.issuers.police_signs())
