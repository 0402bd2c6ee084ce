from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import row
from cases.models import PaperworkRequest, User


@transaction.atomic
def ask(*, request: PaperworkRequest, by: User, vouched: bool = False) -> PaperworkRequest:
    """A paper is needed: open its request."""
    return row.add(row=request, by=by, verb="paperwork.needed", vouched=vouched)


@transaction.atomic
def advance(
    *,
    request: PaperworkRequest,
    step: str,
    on: date,
    by: User,
    office: str | None = None,
    uid: UUID | None = None,
    vouched: bool = False,
) -> PaperworkRequest:
    """Take the request to its next step on `on`; raises ValidationError for any other step or an earlier day.

    The same step of the same day sent twice is recorded once; with a `uid` (of what was written without a network)
    also where the paper has gone further since. `office`, where given, is the one the paper lies at now.
    """
    request.refresh_from_db(from_queryset=PaperworkRequest.objects.select_for_update(no_key=True))
    if uid and row.was_sent(uid, "paper_step", request.pk, step, on):
        return request
    if step == request.state and request.last_step_on == on:
        row.refuse_more(request, **({} if office is None else {"office": office}))
        return request
    if step != request.next_step:
        raise ValidationError({"step": _("This paper is already further, or not so far yet. Open the page again.")})
    check_order(request, on)
    setattr(request, f"{step}_on", on)
    if office is not None:
        request.office = office
    return row.correct(row=request, by=by, verb=f"paperwork.{step}", vouched=vouched)


@transaction.atomic
def refuse(*, request: PaperworkRequest, on: date, reason: str, by: User) -> PaperworkRequest:
    """The office refused the paper, and why; raises ValidationError for a request that has ended."""
    request.refresh_from_db(from_queryset=PaperworkRequest.objects.select_for_update(no_key=True))
    if request.state == "refused" and request.refused_on == on:
        row.refuse_more(request, refusal_reason=reason.strip())
        return request
    if request.next_step is None:
        raise ValidationError({"reason": _("This request has ended already. Open the page again.")})
    check_order(request, on)
    request.refused_on, request.refusal_reason = on, reason.strip()
    return row.correct(row=request, by=by, verb="paperwork.refused", reason=reason)


def check_order(request: PaperworkRequest, on: date) -> None:
    if on < request.last_step_on:
        raise ValidationError(
            {
                "on": _("%(day)s is before the last step of this paper, on %(last)s.")
                % {"day": f"{on:%d/%m/%Y}", "last": f"{request.last_step_on:%d/%m/%Y}"}
            }
        )
