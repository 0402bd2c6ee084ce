"""The last seal of the log, as every report carries it: paper that left the house proves what the log was that day."""

from django.utils.translation import gettext as _

from cases.models import AuditSeal


def seal_words() -> str:
    """The seal of the last day that is sealed, and that what came later is not; "" before the first. One query."""
    seal = AuditSeal.objects.of_days().order_by("-day").only("day", "code").first()
    if seal is None:
        return ""
    said = _("Seal of the log: %(code)s of %(day)s; what came later is not sealed yet.")
    return said % {"code": seal.short, "day": f"{seal.day:%d/%m/%Y}"}


def under(foot: str) -> str:
    """The foot of a workbook with the seal behind it."""
    return f"{foot} {seal_words()}".strip()
