"""Which sealed file is open in a session: one person's, for a quarter of an hour, with the reason given."""

from datetime import datetime, timedelta

from django.utils import timezone

from cases.access.permissions import Permission

KEY = "unsealed"
OPEN_FOR = timedelta(minutes=15)


def open_for_now(request, person, reason):
    until = timezone.now() + OPEN_FOR
    request.session[KEY] = {"person": person.pk, "reason": reason, "until": until.isoformat()}


def get_opening(request, person_pk):
    """Return the opening of this person's sealed file, or None if it is not open."""
    seal = request.session.get(KEY)
    if not seal or seal["person"] != person_pk or not request.user.may(Permission.SEAL_OPEN):
        return None
    return seal if timezone.now() < datetime.fromisoformat(seal["until"]) else None


def until(request):
    """When the sealed file shown closes again."""
    return datetime.fromisoformat(request.session[KEY]["until"])
