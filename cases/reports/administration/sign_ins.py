"""Where an account was signed in to lately, as the log has it."""

from datetime import datetime, timedelta

from django.conf import settings

from cases.models import AuditEvent, User

ENDED = ("user.sign_ins_ended", "user.password_changed")


def recent_sign_ins(user: User, now: datetime) -> list[AuditEvent]:
    """Sign-ins that may still be open, the latest first: no session lasts longer than SESSION_COOKIE_AGE.

    Of those before the user ended all others the last one is told, from which they were ended.
    """
    since = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    verbs = ["user.signed_in", *ENDED]
    rows = AuditEvent.objects.filter(actor_id=user.pk, at__gte=since, verb__in=verbs).order_by("-at", "-pk")
    found: list[AuditEvent] = []
    has_ended = False
    for row in rows[:200]:
        if row.verb in ENDED:
            has_ended = True
        else:
            found.append(row)
            if has_ended:
                break
    return found
