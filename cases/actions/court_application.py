from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import row, verdict
from cases.models import CourtApplication, User, Verdict


@transaction.atomic
def send(*, application: CourtApplication, by: User, vouched: bool = False) -> CourtApplication:
    """Record that the person applied to the court; an application of the past may carry its refusal."""
    saved = row.add(row=application, by=by, verb="courtapplication.requested", vouched=vouched)
    verdict.recompute(returnee=application.returnee, by=by, cause=Verdict.Cause.COURT, vouched=vouched)
    return saved


@transaction.atomic
def refuse(*, application: CourtApplication, on: date, reference: str, note: str, by: User) -> CourtApplication:
    """The court refused on `on`: the next application waits a year, after a further refusal two (Điều 71 khoản 3)."""
    application.refresh_from_db(from_queryset=CourtApplication.objects.select_for_update(no_key=True))
    if application.refused_on == on:
        row.refuse_more(application, reference=reference, **({"note": note} if note else {}))
        return application
    if application.refused_on:
        raise ValidationError(_("The court's refusal is recorded already. Open the page again."))
    if on < application.filed_on:
        told = _("The application was sent on %(day)s only.") % {"day": f"{application.filed_on:%d/%m/%Y}"}
        raise ValidationError({"refused_on": told})
    application.refused_on, application.reference = on, reference
    application.note = note or application.note
    row.correct(row=application, by=by, verb="courtapplication.refused")
    verdict.recompute(returnee=application.returnee, by=by, cause=Verdict.Cause.COURT)
    return application
