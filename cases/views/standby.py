"""Pages read from the standby: figures always, and whatever only reads while the primary does not answer."""

from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature

from cases.models import standby

WRITTEN = "written"  # how far the database had come when this browser wrote last
AWAY = "is_away"
OLDEST_ALONE = timedelta(hours=1)  # rights and seals are those of that moment too


class StandbyMiddleware:
    """After a write its browser knows how far the standby must be; without a primary the standby answers alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_read = request.method in ("GET", "HEAD")
        if is_read and getattr(response, AWAY, False):
            return self.answer_alone(request) or response
        if not is_read and response.status_code < 500 and (place := standby.position()):
            secure = settings.SESSION_COOKIE_SECURE
            response.set_signed_cookie(WRITTEN, place, httponly=True, samesite="Lax", secure=secure)
        return response

    def answer_alone(self, request):
        """The page once more from the standby; None where it wants to write, or where there is no standby."""
        found = standby.find("", "", oldest=OLDEST_ALONE)
        if found is None:
            return None
        request.standby, request.is_primary_away = found, True
        vars(request).pop("_cached_user", None)
        with standby.reading():
            response = self.get_response(request)
        return None if getattr(response, AWAY, False) else response


@contextmanager
def figures(request):
    """Read what follows from the standby, if it holds what this browser wrote."""
    if getattr(request, "is_primary_away", False):
        yield
        return
    with standby.figures(_written(request)) as found:
        request.standby = found
        yield


def _written(request):
    try:
        return request.get_signed_cookie(WRITTEN, default="")
    except BadSignature:
        return ""
