"""The kinds of work with a person: one row a kind, read by the quick log, the case file, the import and the report."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """Loại hoạt động, in the order in which the report names them; each has its row in KINDS."""

    ENCOURAGEMENT = "encouragement", _("Meeting and encouragement")
    REVIEW = "review", _("Review and education")
    PSYCHOLOGICAL = "counselling_psychological", _("Psychological counselling")
    VOCATIONAL = "counselling_vocational", _("Career counselling")
    LEGAL_AID = "legal_aid", _("Legal aid")
    PAPERWORK = "paperwork", _("Help with paperwork")

    @property
    def row(self) -> "KindRow":
        return KINDS[self]


@dataclass(frozen=True)
class KindRow:
    """`icon`: of Bootstrap Icons; `word`: in the sheet Hoạt động; `indicator`: the row of the report that counts it.

    `by_helpers`: members of the 5+1 who may not read the file log it too.
    """

    icon: str
    word: str
    indicator: str
    by_helpers: bool = False


# In the order in which the quick log offers them: the most frequent first.
KINDS: dict[ActivityKind, KindRow] = {
    ActivityKind.ENCOURAGEMENT: KindRow("chat-heart", "Gặp gỡ, động viên", "encouragement", by_helpers=True),
    ActivityKind.REVIEW: KindRow("clipboard-check", "Kiểm điểm, giáo dục", "review"),
    ActivityKind.PAPERWORK: KindRow("file-earmark-text", "Thủ tục hành chính", "paperwork", by_helpers=True),
    ActivityKind.PSYCHOLOGICAL: KindRow("emoji-smile", "Tư vấn tâm lý", "counselling", by_helpers=True),
    ActivityKind.VOCATIONAL: KindRow("compass", "Tư vấn hướng nghiệp", "counselling", by_helpers=True),
    ActivityKind.LEGAL_AID: KindRow("bank", "Trợ giúp pháp lý", "legal_aid"),
}
