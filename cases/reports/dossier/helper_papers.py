"""Who helps: the proposal (HCD-06), the decision (HCD-07), and what came of it in a quarter (HCD-08)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cases.lib.period import Period
from cases.lib.text import in_a_sentence
from cases.models import Activity, ActivityEntry, GroupMember, Returnee, User
from cases.reports.dossier.form_paper import (
    NO_DAY,
    SHORT_DOTS,
    SIGN,
    FormNames,
    FormPaper,
    Issuers,
    PaperDraft,
    SignaturePlace,
    join_known,
    text_or_dots,
)
from cases.reports.dossier.records import DossierRecords
from cases.templatetags.words import ROMAN

MEMBERS = ("Họ và tên", "Tổ chức", "Chức vụ", "Điện thoại")
MEMBER_WIDTHS = (1, 5, 5, 4, 3)
WORK = ("Ngày", "Nội dung", "Kết quả", "Thái độ")
WORK_WIDTHS = (1, 3, 6, 5, 3)


def proposal(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-06: the police propose to the committee who shall help the person (Điều 10 khoản 2)."""
    draft, issuers = PaperDraft(), records.issuers
    draft.paragraph(
        f"{issuers.body.name} đề xuất Chủ tịch {issuers.committee} phân công tổ chức, cá nhân giúp đỡ người có tên "
        "dưới đây tái hòa nhập cộng đồng:"
    )
    _about(records, draft)
    draft.values(("Cán bộ Công an phụ trách", records.group and records.group.lead.full_name))
    draft.table(MEMBERS, _members(records), MEMBER_WIDTHS)
    draft.paragraph("Kính đề nghị Chủ tịch xem xét, quyết định.")
    return issuers.of_police("ĐX").paper(
        names.of("HCD-06"),
        draft,
        issuers.police_signs(),
        addressee=f"Chủ tịch {issuers.committee}",
        recipients=("- Như trên;", issuers.kept),
    )


def decision(records: DossierRecords, names: FormNames) -> FormPaper:
    """HCD-07: the chairman decides who helps."""
    draft, issuers = PaperDraft(), records.issuers
    draft.paragraph(f"CHỦ TỊCH {issuers.committee.upper()}")
    draft.paragraph("Căn cứ Luật Thi hành án hình sự số 127/2025/QH15;")
    draft.paragraph("Căn cứ Thông tư số 10/2024/TT-BCA ngày 15 tháng 3 năm 2024 của Bộ trưởng Bộ Công an;")
    draft.paragraph(f"Theo đề xuất của {issuers.body.name} tại văn bản số {SHORT_DOTS}, ngày {NO_DAY}.")
    draft.heading("Quyết định")
    draft.paragraph("Điều 1. Phân công tổ chức, cá nhân có tên dưới đây giúp đỡ:")
    _about(records, draft)
    draft.table(MEMBERS, _members(records), MEMBER_WIDTHS)
    draft.paragraph(
        "Điều 2. Tổ chức, cá nhân được phân công gặp gỡ, động viên, giúp đỡ người có tên trên và báo cáo kết quả trong "
        "05 ngày đầu của mỗi quý (mẫu HCD-08)."
    )
    draft.paragraph(
        f"Điều 3. {issuers.body.name}, tổ chức, cá nhân và người có tên trên chịu trách nhiệm thi hành quyết định này."
    )
    recipients = ("- Như Điều 3;", "- Lưu: VT.")
    return issuers.of_committee("QĐ-UBND").paper(
        names.of("HCD-07"), draft, issuers.committee_signs(), recipients=recipients
    )


def _about(records: DossierRecords, draft: PaperDraft) -> None:
    """Whom it is about: not a word of the sentence, for the paper goes to the members."""
    person = records.returnee
    draft.values(
        ("Họ và tên", person.full_name),
        ("Ngày sinh", person.born),
        ("Nơi cư trú", records.residence),
        ("Ngày trình diện", person.presented_on or NO_DAY),
    )


def _members(records: DossierRecords) -> Iterator[tuple[str, ...]]:
    for row in records.members:
        yield row.name, row.organisation.name, row.position, row.phone


@dataclass(frozen=True)
class HelperWork:
    """What was done with one person in a quarter: for a helper what they did themselves, for an officer all of it."""

    returnee: Returnee
    quarter: Period
    members: tuple[GroupMember, ...]
    writer: GroupMember | None
    entries: QuerySet[ActivityEntry]
    issuers: Issuers


def helper_work(returnee: Returnee, quarter: Period, user: User, on: date) -> HelperWork:
    """The work of a quarter as `user` may read it; `writer` is the member of the group who asks."""
    rows = ActivityEntry.objects.kept().filter(returnee=returnee, kept_on__range=(quarter.start, quarter.end))
    if user.is_helper:
        rows = rows.filter(activity__in=Activity.objects.visible_to(user))
    members = tuple(
        GroupMember.objects.current(on).filter(group__returnee=returnee).select_related("organisation").order_by("pk")
    )
    writer = next((row for row in members if row.user_id == user.pk), None)
    issuers = Issuers.of_unit(returnee.unit, on)
    return HelperWork(returnee, quarter, members, writer, rows.order_by("kept_on", "pk"), issuers)


def helper_report(work: HelperWork, names: FormNames) -> FormPaper:
    """HCD-08: what the helper did with the person in the quarter. Nothing that helpers may not know stands in it."""
    person, draft, issuers = work.returnee, PaperDraft(), work.issuers
    writer = work.writer or (work.members[0] if len(work.members) == 1 else None)
    draft.values(
        ("Tổ chức, cá nhân được phân công", writer and f"{writer.name} ({writer.organisation.name})"),
        ("Họ và tên người được giúp đỡ", person.full_name),
        ("Nơi cư trú", join_known(person.hamlet, in_a_sentence(person.unit.name))),
    )
    draft.heading("I. Việc đã làm trong quý")
    draft.table(WORK, _work(work), WORK_WIDTHS)
    draft.heading("II. Nhận xét, đề nghị")
    draft.values(
        ("Việc chấp hành pháp luật, quy định của địa phương", ""),
        ("Việc làm, đời sống", ""),
        ("Khó khăn, đề nghị", ""),
    )
    quarter = (work.quarter.start.month - 1) // 3 + 1
    return issuers.of_committee().paper(
        names.of("HCD-08"),
        draft,
        SignaturePlace(("NGƯỜI BÁO CÁO",), SIGN, writer.name if writer else ""),
        subject=f"Quý {ROMAN[quarter]} năm {work.quarter.start.year}",
        addressee=f"{issuers.committee}; {issuers.body.name}",
    )


def _work(work: HelperWork) -> Iterator[tuple[object, ...]]:
    for entry in work.entries:
        kind = Activity.Kind(entry.kept_kind).label
        yield text_or_dots(entry.kept_on), kind, entry.get_outcome_display(), entry.get_attitude_display()
