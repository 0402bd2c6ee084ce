from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.signing import BadSignature
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from cases.actions import audit
from cases.lib import device
from cases.lib.text import clean
from cases.views import reading
from cases.views.pages import keep_typed

OWNER = "owner"
PACKED = {"text/html", "application/json"}
OPEN_WITH_FIRST_PASSWORD = {"account_change_password", "account_logout", "account_reauthenticate", "set_language"}


class CleanMiddleware:
    """Every text of an address and of a form arrives clean, whichever view reads it; passwords stay as typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = clean_values(request.GET)
        if request.method == "POST":
            try:
                request.POST = clean_values(request.POST)
            except BadRequest:
                request._mark_post_parse_error()  # the page of the refusal asks for the form again: it has none
                raise
        return self.get_response(request)


def clean_values(sent):
    """Remove from submitted values what cannot be stored or searched.

    Pasted cells are parted by tabs and may hold letters of old fonts: each is cleaned when it is read.
    """
    kept = sent.copy()
    for name, values in sent.lists():
        if "password" not in name and name != "cells":
            kept.setlist(name, [clean(value, lines=True) for value in values])
    kept._mutable = False
    return kept


class NoStoreMiddleware:
    """No page and no file made by a page is kept by the browser: Back after signing out shows nobody's case file."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response


class PackingMiddleware(GZipMiddleware):
    """Pages go packed over a slow line, each with some bytes of chance more: its length tells nothing of what is in it.

    Files made by a page are packed already, or few.
    """

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return super().process_response(request, response) if kind in PACKED else response


class LanguageMiddleware:
    """Vietnamese unless the user chose otherwise; a browser's own language does not decide."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class IdleMiddleware:
    """Signs out who has been idle; a form sent after the sign-in ended is kept until the same user is back.

    A signed cookie remembers whose browser this is, so that a form is kept for its user, and nothing for strangers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "is_primary_away", False):
            request.session.modified = False  # nobody could keep it
        if request.user.is_authenticated and owner(request) != request.user.pk:
            response.set_signed_cookie(
                OWNER, request.user.pk, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request, view, owner(request)) if request.method == "POST" else None
        now = timezone.now().timestamp()
        seen = request.session.get("seen", now)
        if now - seen > settings.IDLE_SECONDS:
            user_pk = request.user.pk
            audit.record(by=request.user, verb="user.timed_out", target=request.user)
            logout(request)
            return to_sign_in(request, view, user_pk, idle=1)
        if now - seen > settings.IDLE_SECONDS / 20 or "seen" not in request.session:
            request.session["seen"] = now
        return None


def owner(request):
    """The user who last worked in this browser, or None."""
    try:
        return int(request.get_signed_cookie(OWNER, default="0")) or None
    except (BadSignature, ValueError):
        return None


def to_sign_in(request, view, user_pk, **marks):
    """Off to the sign-in and back; forms of the work are kept on the way, those with passwords are not."""
    back = request.get_full_path()
    if request.method == "POST":
        if not hasattr(view, "permission") or "GET" not in view.methods:
            back = reverse(settings.LOGIN_REDIRECT_URL)
        elif user_pk:
            keep_typed(request, user_pk)
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back, **marks})}")


class FirstPasswordMiddleware:
    """Who signed in with a one-time password changes it before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        if request.resolver_match.url_name in OPEN_WITH_FIRST_PASSWORD:
            return None
        return redirect("account_change_password")


class OriginMiddleware:
    """Tells the audit table where a request comes from, past as many proxies as the settings trust; keeps refusals."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        came = audit.Origin(address(request), device.short(request.headers.get("User-Agent", "")))
        token = audit.origin.set(came)
        try:
            response = self.get_response(request)
            reading.record_refusal(request, response)
            return response
        finally:
            audit.origin.reset(token)


def address(request):
    """Where a request comes from; None where the server is not told (a Unix socket without a trusted proxy)."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
