"""The lists of people announced or released whom nobody holds, and the reviewer's one number behind them."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.reports.counting import count_up_to
from cases.reports.dashboard.measure_people import NOBODY_RULE
from cases.reports.lists.arrivals import LIST_WORDS, answers_elsewhere, band_words
from cases.reports.people import arrivals, custody
from cases.views import pages
from cases.views.casefile import frame
from cases.views.gate import gate
from cases.views.lists.arrivals import rows_asked

UNPLACED_RULE = gettext_lazy(
    "Everybody with an open file who has not presented and of whom the last answer of a commune says “not at our "
    "place”."
)


@gate(Permission.CASE_VIEW)
def show_list(request):
    """The commune's list; with ?unit= and ?band= the people behind one figure of the reviewer's table."""
    on = pages.today()
    shown, unit, band, people = rows_asked(request, on)
    page = pages.paginate(request, people)
    return render(
        request,
        "arrival/list.html",
        {
            "on": on,
            "shown": shown,
            "lists": _lists(request, on),
            "page_obj": page,
            "rows": arrivals.rows(page.object_list, on),
            "unit": unit,
            "band": band and band_words(band),
            "words": custody.BREACH_WORDS,
            "may": frame.rights(request.user),
            "several_units": not request.user.unit.is_commune,
        },
    )


def _lists(request, on):
    """Name, words, how many and address of each list."""
    user, address = request.user, reverse("arrival-list")
    found = [
        (name, words, count_up_to(arrivals.list_people(name, user, on)), f"{address}?show={name}")
        for name, words in LIST_WORDS.items()
    ]
    return [*found, ("sent", _("Sent elsewhere"), count_up_to(answers_elsewhere(user)), reverse("arrival-sent"))]


@gate(Permission.CASE_VIEW)
def show_sent(request):
    """Whom one's own communes sent to another: the answer, and the reply that goes to the prison."""
    page = pages.paginate(request, answers_elsewhere(request.user))
    context = {"shown": "sent", "lists": _lists(request, pages.today()), "page_obj": page}
    return render(request, "arrival/sent.html", context)


@gate(Permission.ARRIVAL_ASSIGN)
def nobody(request):
    """The reviewer's number, by unit and by days since release."""
    on = pages.today()
    found = arrivals.ages(request.user, on)
    page = pages.paginate(request, found.rows)
    return render(
        request,
        "arrival/nobody.html",
        {
            "on": on,
            "total": {"count": found.total, "url": _list_url()},
            "bands": [
                {"words": band_words(band), "count": count, "url": _list_url(band=band[0])}
                for band, count in zip(arrivals.BANDS, found.counts, strict=True)
            ],
            "page_obj": page,
            "rows": [_row(row) for row in page],
            "unplaced": count_up_to(arrivals.people_without_commune(request.user, on)),
            "unplaced_url": f"{reverse('arrival-list')}?show=unplaced",
            "definition": NOBODY_RULE,
            "unplaced_rule": UNPLACED_RULE,
        },
    )


def _row(row):
    cells = [
        {"count": count, "words": band_words(band), "url": _list_url(unit=row.unit.pk, band=band[0])}
        for band, count in zip(arrivals.BANDS, row.counts, strict=True)
    ]
    return {
        "unit": row.unit,
        "cells": cells,
        "total": row.total,
        "longest": row.longest,
        "url": _list_url(unit=row.unit.pk),
    }


def _list_url(**query):
    url = reverse("arrival-list")
    return f"{url}?{urlencode(query)}" if query else url
