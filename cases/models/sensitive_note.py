from typing import TYPE_CHECKING, Self

from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from cases.access import roles
from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow

if TYPE_CHECKING:
    from cases.models.user import User


class SensitiveNoteQuerySet(CaseRowQuerySet["SensitiveNote"]):
    def visible_to(self, user: "User", opened: int | None = None) -> Self:
        """Those of the people the user leads; of the whole commune for its chief; nothing for anybody else."""
        rows = super().visible_to(user, opened).exclude(returnee__in=user.outside)
        if user.is_chief:
            return rows
        return rows.filter(returnee__facts__lead=user.pk) if roles.leads_cases(user.role) else rows.none()


class SensitiveNote(CaseRow):
    """What only the officer who leads the case and the chief may read; the log says that it was written, not what."""

    PERSONAL = ("returnee", "text")
    PLAIN = ()
    NEVER_LOGGED = ("text", "reason")  # `reason`: for which it was taken back, where somebody may say what it said

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="sensitive_notes")
    text = models.TextField(_("note"), max_length=2000)

    objects = SensitiveNoteQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        day = timezone.localtime(self.created_at) if self.created_at else timezone.localtime()
        return now("Closed note of %(day)s") % {"day": f"{day:%d/%m/%Y}"}
