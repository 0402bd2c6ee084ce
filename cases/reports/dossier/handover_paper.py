"""HCD-10: one commune hands the dossier of somebody who moved to another (Điều 14, Điều 15)."""

from cases.lib.text import in_a_sentence
from cases.reports.dossier.form_paper import (
    NO_DAY,
    SIGN,
    FormNames,
    FormPaper,
    Issuers,
    PaperDraft,
    SignaturePlace,
)
from cases.reports.dossier.records import DossierRecords


def handover(records: DossierRecords, names: FormNames) -> FormPaper:
    """The minutes of the last handover that was accepted; without one, both sides are dotted but the one that holds
    the file."""
    person, draft = records.returnee, PaperDraft()
    last = list(records.transfers)[-1:]
    given = last[0] if last else None
    issuers, taker = records.issuers, ""
    if given:
        taker = Issuers.of_unit(given.to_unit, records.on).body.name
        issuers = Issuers.of_unit(given.from_unit, records.on)
    draft.paragraph(
        f"Hôm nay, ngày {given.accepted_on:%d/%m/%Y}, chúng tôi gồm:" if given else f"Hôm nay, ngày {NO_DAY}:"
    )
    draft.heading("I. Bên giao")
    draft.values(("Đơn vị", issuers.body.name), ("Đại diện", given and given.sender_name))
    draft.heading("II. Bên nhận")
    draft.values(("Đơn vị", taker), ("Đại diện", ""))
    draft.heading("III. Nội dung")
    draft.paragraph("Bàn giao hồ sơ tái hòa nhập cộng đồng của:")
    draft.values(
        ("Họ và tên", person.full_name),
        ("Ngày sinh", person.born),
        ("Hồ sơ số", person.file_number),
        ("Nơi cư trú mới", given and f"{given.hamlet}, {in_a_sentence(given.to_unit.name)}".removeprefix(", ")),
        ("Lý do", given and given.reason),
    )
    rows = [(names.of(paper.code).title, paper.number, paper.on, "") for paper in records.dossier_papers]
    draft.table(("Tên giấy tờ", "Số", "Ngày", "Số tờ"), rows, (1, 9, 2, 3, 2))
    draft.paragraph("Biên bản lập thành 02 bản, mỗi bên giữ 01 bản.")
    signs = (SignaturePlace(("ĐẠI DIỆN BÊN GIAO",), SIGN), SignaturePlace(("ĐẠI DIỆN BÊN NHẬN",), SIGN))
    head = issuers.of_minutes("BB", given.accepted_on if given else None)
    return head.paper(names.of("HCD-10"), draft, *signs)
