"""The draft of the letter to the authority for personal data; what nobody has entered is dotted."""

from datetime import date, datetime

from django.utils import timezone, translation

from cases.law.breach import CERTAINTY, SOURCE
from cases.law.form_names import FormName
from cases.lib import numbers
from cases.lib.text import in_a_sentence
from cases.models import Breach
from cases.reports.dossier.form_paper import FormPaper, Issuers, PaperDraft
from cases.templatetags.words import day_in_full

TITLE = "Thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân"
ADDRESSEE = "Cơ quan chuyên trách bảo vệ dữ liệu cá nhân, Bộ Công an"


def letter(breach: Breach, on: date) -> FormPaper:
    """The letter as it would leave on `on`; one query for the names of the bodies."""
    with translation.override("vi"):
        draft, issuers = PaperDraft(), Issuers.of_unit(breach.unit, on)
        draft.paragraph(
            f"Thực hiện Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, {issuers.body.name} thông báo vi phạm sau đây, "
            f"phát hiện lúc {_hour(breach.found_at)} {day_in_full(breach.found_on)} tại "
            f"{in_a_sentence(breach.unit.name)}:"
        )
        draft.values(
            ("Loại vi phạm", breach.get_kind_display()),
            ("Ngày xảy ra", breach.happened_on),
            ("Diễn biến", breach.what),
            ("Loại dữ liệu cá nhân", breach.data),
            ("Số người liên quan", "" if breach.people is None else numbers.group(breach.people)),
            ("Đơn vị liên quan", breach.units),
            ("Nguyên nhân", breach.cause),
            ("Biện pháp đã và đang thực hiện", breach.measures),
            ("Những người, cơ quan được thông báo", breach.inform),
        )
        clock = breach.clock(breach.found_at)
        draft.paragraph(
            f"Thời hạn thông báo: trước {_hour(clock.due_at)} {_day(clock.due_at)} (72 giờ từ khi phát hiện)."
        )
        return issuers.of_police("TB").paper(
            FormName("", TITLE, SOURCE, CERTAINTY, date(2026, 1, 1)),
            draft,
            issuers.police_signs(),
            addressee=ADDRESSEE,
            recipients=("- Như trên;", f"- {issuers.body.superior} (để b/c);", issuers.kept),
        )


def _hour(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.hour} giờ {local.minute:02d}"


def _day(moment: datetime) -> str:
    return day_in_full(timezone.localdate(moment))
