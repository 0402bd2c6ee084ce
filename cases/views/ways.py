"""Ways back: only within this site, and only to pages that can be shown."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

# Pages that lead here but are no place to return to
PASSED_THROUGH = {"activity-add", "activity-undo", "account_login"}


def safe(request, url):
    """`url` as a path of this site, or "" where it leads elsewhere or to no page one may return to."""
    if not url or not url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    try:
        return "" if resolve(parts.path).url_name in PASSED_THROUGH else path
    except Resolver404:
        return ""


def came_from(request):
    """Where to go after saving: the page named in ?next=, else the page one came from, else ""."""
    return safe(request, request.GET.get("next")) or safe(request, request.headers.get("Referer"))


def back(request):
    return safe(request, request.GET.get("next")) or reverse("home")
