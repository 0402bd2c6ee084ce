"""Which file beyond the user's scope a page may show: the one asked for in this sign-in, while its hour lasts."""

from contextlib import contextmanager

from django.utils import timezone

from cases.access.permissions import Permission
from cases.models import OutsideReading
from cases.views.row_scope import as_of

KEY = "outside"
PAGES_OF = (
    Permission.CASE_VIEW,
    Permission.RETURNEE_CONTACT,
)  # of reading; not the closed notes, not who read the file


def keep(request, reading):
    request.session[KEY] = {**request.session.get(KEY, {}), str(reading.returnee_id): reading.pk}


def get_reading(request, person_pk):
    """Return what opens this person's file to the user now, or None; it is asked of the database each time."""
    known = request.session.get(KEY, {}).get(str(person_pk))
    if known is None or request.method not in ("GET", "HEAD"):
        return None
    own = OutsideReading.objects.known_to(request.user).running(timezone.now())
    return own.filter(pk=known, returnee=person_pk).select_related("unit").first()


@contextmanager
def reach(request, reading):
    """Within it everything asked for the user finds the person of `reading` too; nothing changes where it is None."""
    request.outside_reading = reading
    if reading is None:
        yield
        return
    user = request.user
    user.outside, user.outside_units = (reading.returnee_id,), (reading.unit_id,)
    try:
        with as_of(user):
            yield
    finally:
        user.outside, user.outside_units = (), ()
