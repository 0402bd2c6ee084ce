from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.importing.register import Tell
from cases.lib.optional import require
from cases.models import QueuedJob, Submission
from cases.views.periodic.frame import is_answered_by
from cases.views.periodic.sending import send_report


def send(job: QueuedJob, tell: Tell) -> str:
    """Count the report of a large unit and send it, as the page does for a small one."""
    asked, user = job.arguments, require(job.made_by)
    submission = Submission.objects.visible_to(user).filter(pk=asked["submission"]).first()
    may_send = user.may(Permission.REPORT_SEND)
    if submission is None or not may_send or not is_answered_by(user, submission.unit):
        raise ValidationError(_("The right to send this report has ended."))
    version = send_report(submission, reason=asked["reason"], on=date.fromisoformat(asked["on"]), by=user)
    said = _("The report of %(unit)s was sent as version %(number)d.")
    return said % {"unit": submission.unit.name, "number": version.number}
