"""The home of those above: what stands under their unit in figures that open their lists, commune by commune."""

from collections import Counter
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Returnee, Unit
from cases.reports.administration.second_account import first_to_confirm, postings_to_confirm
from cases.reports.casefile import clearance
from cases.reports.counting import count_up_to, number_of, whole_count
from cases.reports.dashboard import silence
from cases.reports.dashboard.measure_people import NOBODY_RULE
from cases.reports.dashboard.week import LENS, WeekRecords
from cases.reports.lists.clean_records import LIST_WORDS
from cases.reports.people import arrivals, transfers
from cases.reports.periodic import frozen
from cases.reports.periodic.registry import BY_KEY
from cases.views import pages
from cases.views.periodic.report_query import day_url, list_url, silent_url

SHOWN = 10  # so many communes and silent people stand in sight, the others behind a fold or a link
RULES = {
    "managed": BY_KEY["managed_end"].rule,
    "nobody": NOBODY_RULE,
    "not_presented": BY_KEY["not_presented"].rule,
    "reports": gettext_lazy("Reports that communes have sent and that are neither accepted nor given back."),
    "records": gettext_lazy(
        "People with an open file whose waiting period is over by the verdict last computed, with nothing in the way: "
        "no evidence is brought yet, or the application to the court that alone decides is not sent yet."
    ),
    "transfers": gettext_lazy("Handovers from or to a commune below that were proposed and not answered."),
}


def show(request):
    if request.user.sees_everything:
        return show_country(request)
    user, on = request.user, pages.today()
    people, evidence = silence.contact_gaps(user, on), clearance.to_confirm(user)
    silent = [each for each in people if each.days >= silence.LONG]
    named = silence.names_of(Returnee.objects.visible_to(user).filter(pk__in=[each.pk for each in silent[:SHOWN]]))
    first, units = evidence[:SHOWN], Unit.objects.visible_to(user).on(on).communes()
    by_unit, week = silence.not_presented(user, on), WeekRecords(user.unit, on)
    waiting = first_to_confirm(user, on)
    week.read(by_unit, first, units, named, waiting)
    absent = Counter(dict(by_unit))
    rows, rest = silence.communes(people, units, absent), silence.unallocated_row(people, units, absent)
    busy = [row for row in rows if not row.is_empty]
    by_share, all_shown = request.GET.get("order") == "share", "all" in request.GET
    order = surest_share if by_share else most_overdue
    names = {row.pk: row.name for row in rows}
    context = {
        "on": on,
        "figures": figures(user, on),
        "changes": [change(each, user.unit, week) for each in week.changes()],
        "week": week.period,
        "by_share": by_share,
        "all_shown": all_shown,
        "communes": [commune(row, on) for row in sorted(busy, key=order)[: None if all_shown else SHOWN]],
        "busy": len(busy),
        "rest": None if rest.is_empty else unallocated_row(rest),
        "shown": SHOWN,
        "empty": len(rows) - len(busy),
        "silent": [
            {"person": each, "unit_name": names.get(each.unit_id, "")}
            for each in silence.with_names(silent[:SHOWN], named)
        ],
        "silent_count": len(silent),
        "silent_url": silent_url(user.unit.pk, silence.LONG),
        "evidence": first,
        "waiting": postings_to_confirm(user, on, waiting),
        "evidence_count": count_up_to(evidence) if len(first) == SHOWN else len(first),
    }
    return render(request, "home/supervisor.html", context)


def show_country(request):
    """The home at the ministry: the same figures, and a row for each province; nobody is named."""
    user, on = request.user, pages.today()
    rows, rest = silence.provinces(user, on)
    busy = [row for row in rows if not row.is_empty]
    context = {
        "on": on,
        "figures": figures(user, on),
        "provinces": [province(row, on) for row in busy],
        "rest": None if rest.is_empty else without_overdue(unallocated_row(rest)),
        "empty": len(rows) - len(busy),
        "waiting": postings_to_confirm(user, on),
    }
    return render(request, "home/country.html", context)


def province(row, on):
    """The figures of one province, each with its list; its own page is the overview."""
    return without_overdue(commune(row, on))


def without_overdue(found):
    """Of a country: the duties overdue are counted for no province."""
    return {**found, "cells": [each for each in found["cells"] if each["key"] != "overdue"]}


def most_overdue(row):
    return -row.overdue, -row.waiting.days_60, row.name


def surest_share(row):
    return -row.share, -row.overdue, row.name


def change(found, unit, week):
    """A figure of the week with its list, and that of the week before with its own."""
    return {
        "title": found.indicator.title,
        "unit": found.indicator.unit,
        "count": found.count,
        "url": list_url(unit.pk, week.period, LENS, found.indicator.key),
        "before": found.before,
        "before_url": list_url(unit.pk, week.before, LENS, found.indicator.key),
    }


def figures(user, on):
    """The numbers on top: what each counts, how, and where its list is."""
    files = Returnee.objects.visible_to(user).kept()
    lists = (
        files.managed(on),
        files.not_presented(on),
        arrivals.nobody(user, on),
        frozen.submissions_to_act_on(user),
        transfers.waiting_beneath(user),
    )
    counted = [whole_count(rows) for rows in lists]
    records = clearance.counts(user, on, beside=counted)
    managed, absent, nobody, reports, handovers = map(number_of, counted)
    counts = {
        "managed": (_("Managed"), managed, reverse("returnee-list", query={"status": "managed"})),
        "nobody": (_("Held by nobody"), nobody, reverse("arrival-nobody")),
        "not_presented": (_("Not presented"), absent, reverse("returnee-list", query={"status": "not_presented"})),
        "reports": (_("Reports to look through"), reports, reverse("campaign-list")),
        "records": (LIST_WORDS["due"], records.due, record_url("due")),
        "transfers": (_("Handovers waiting"), handovers, reverse("transfer-list")),
    }
    units = {"reports": _("reports"), "transfers": _("file")}
    found = [
        {"key": key, "label": label, "value": value, "url": url, "unit": units.get(key, _("person")), "how": RULES[key]}
        for key, (label, value, url) in counts.items()
    ]
    more = [(LIST_WORDS[key], getattr(records, key), record_url(key)) for key in ("soon", "later")]
    return [{**each, "more": more if each["key"] == "records" else []} for each in found]


def record_url(shown):
    return reverse("expungement-list", query={"show": shown})


def commune(row, on):
    """The figures of one commune, each with its list."""
    urls = {
        "overdue": silent_url(row.pk, "overdue"),
        "silent": silent_url(row.pk, silence.LONG),
        "not_presented": day_url(row.pk, on, "not_presented"),
        "managed": day_url(row.pk, on, "managed_end"),
    }
    return cells(row, f"{reverse('dashboard-show')}?{urlencode({'unit': row.pk})}", urls)


def unallocated_row(row):
    """Those at no commune, without whom the rows would not add up; they are placed one after the other elsewhere."""
    return cells(row, reverse("unit-unallocated"), {})


def cells(row, url, urls):
    """The figures of a row; `urls` are the lists behind them, by key."""
    counts = {
        "overdue": (_("Overdue (people)"), row.overdue),
        "silent": (_("Not met individually for 60 days (people)"), row.waiting.days_60),
        "not_presented": (_("Not presented (people)"), row.not_presented),
        "managed": (_("Managed (people)"), row.managed),
    }
    return {
        "name": row.name,
        "url": url,
        "cells": [
            {"key": key, "label": label, "count": count, "url": urls.get(key)} for key, (label, count) in counts.items()
        ],
    }
