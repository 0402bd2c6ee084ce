"""How many look-ups by number, and how many files, one account may ask for in an hour; beyond it a page says so.

Counted from the log, which holds across processes; asked only where a number was typed or a file is taken away. What
was typed is kept until the same page is opened again.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import actions
from cases.actions.reading import LOOKED_UP, RATE_REACHED
from cases.reports.administration import reading_review
from cases.reports.words import Words
from cases.views import pages, reading

WITHIN = timedelta(hours=1)
TOLD_SECONDS = 60 * 60


@dataclass(frozen=True)
class Rate:
    """At most `most` rows of these verbs of one account within an hour."""

    most: int
    verbs: tuple[str, ...]
    words: Words


FORMS = ("returnee.form_downloaded", "unit.form_downloaded", "reportdocument.downloaded", "submission.downloaded")
LOOK_UPS = Rate(
    100,
    (LOOKED_UP,),
    _("Your account has looked up %(most)d numbers within an hour; that is the most. Go on in an hour."),
)
EXPORTS = Rate(
    120,
    ("list.exported",),
    _("Your account has taken %(most)d lists away within an hour; that is the most. Go on in an hour."),
)
PAPERS = Rate(
    300,
    FORMS,
    _("Your account has taken %(most)d papers away within an hour; that is the most. Go on in an hour."),
)
LOOKING_UP = {"returnee-find", "returnee-list", "returnee-unseal", "transfer-request", "outside-reading-ask"}


def rate_of(request, as_file):
    """What the request is counted as; None for all but look-ups and files."""
    page, is_sent = request.resolver_match.url_name, request.method == "POST"
    if page == "list-export":
        return EXPORTS if is_sent else None
    if as_file:
        return PAPERS if is_sent else None
    asked = reading.what_was_asked(request) if page in LOOKING_UP else {}
    return LOOK_UPS if any(name.endswith("_digest") for name in asked) else None


def refuse(request, as_file):
    """The page that says that too much was asked for, or None."""
    rate = rate_of(request, as_file)
    if rate is None:
        return None
    user = request.user
    if reading_review.count_of(user, rate.verbs, timezone.now() - WITHIN) < rate.most:
        return None
    page = request.resolver_match.url_name
    if cache.add(f"told-rate:{user.pk}:{rate.verbs[0]}", True, TOLD_SECONDS):
        actions.reading.record_refusal(verb=RATE_REACHED, page=page, given={"most": rate.most}, by=user)
    if request.method == "POST":
        pages.keep_typed(request, user.pk)
    return render(request, "rate_reached.html", {"text": str(rate.words) % {"most": rate.most}}, status=429)
