from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.lib import identity
from cases.models import Returnee, User


@transaction.atomic
def unseal(*, number: str, reason: str, by: User) -> Returnee:
    """Let the chief look into a sealed file of the unit, named by its file number or identity number.

    The reason is kept in the log. Raises ValidationError where there is no such file, or no reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the sealed file is opened.")})
    known = Q(file_number=number.strip())
    if digits := identity.tidy(number):
        known |= Q(identity_number=digits)
    returnee = Returnee.objects.sealed_under(by).kept().filter(known).order_by("-closed_on", "-pk").first()
    if returnee is None:
        raise ValidationError(
            {"number": _("The unit has no sealed file with the number “%(number)s”.") % {"number": number.strip()[:40]}}
        )
    audit.record(by=by, verb="returnee.unsealed", target=returnee, reason=reason.strip())
    return returnee
