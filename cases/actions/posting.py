from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access.roles import manages_users, needs_second, roles_that
from cases.actions import audit
from cases.models import Posting, User


def ask_second(user: User, by: User | None) -> None:
    """What the user's postings open waits for a second account, now that `by` knows how to get in.

    At the machine itself, where nobody is signed in, nothing is asked; what waited before does so no more.
    """
    for posting in user.postings.exclude(until__lt=timezone.localdate()):
        posting.asked_by = by if is_second_needed(posting.role, by) else None
        posting.save(update_fields=["asked_by"])


def is_second_needed(role: str, by: User | None) -> bool:
    """Whether what `by` does for an account in this role is confirmed by another.

    The first administrator acts alone as long as nobody else was ever one: closing the second account again, or ending
    its posting, must not bring that time back.
    """
    if by is None or not needs_second(role):
        return False
    return Posting.objects.filter(role__in=roles_that(manages_users)).exclude(user=by).exists()


@transaction.atomic
def confirm(*, posting: Posting, by: User) -> Posting:
    """The second account confirms a posting, or a new slip for its holder; confirmed already, nothing is written.

    Raises ValidationError where `by` is none of those who may.
    """
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    if locked.asked_by is None:
        return locked
    if not Posting.objects.visible_to(by).filter(pk=locked.pk).exists():
        raise ValidationError(_("Another account confirms this posting."), code="second")
    asked_by, locked.asked_by = locked.asked_by, None
    locked.save(update_fields=["asked_by"])
    audit.record(by=by, verb="user.posting_confirmed", target=locked, before={"asked_by": asked_by.full_name}, after={})
    return locked
