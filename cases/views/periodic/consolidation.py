"""What the communes reported for one period, put together, beside what the records say now."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.reports.lists.consolidation import apart_words, standing_words
from cases.reports.periodic.comparison import figure, signed_number
from cases.reports.periodic.consolidation import changes_of
from cases.reports.periodic.indicators import THEME_WORDS, Theme
from cases.views import pages
from cases.views.gate import gate
from cases.views.periodic import frame


@gate(Permission.CAMPAIGN_OPEN, figures=True)
def show(request, pk):
    campaign = frame.find_campaign(request, pk)
    whole = frame.consolidate(request, pk)
    context = {
        "campaign": campaign,
        "whole": whole,
        "sections": [section(theme, whole) for theme in Theme],
        "page_obj": pages.paginate(request, [part_row(part) for part in whole.parts]),
        "crumbs": frame.crumbs(_("Consolidated report"), frame.campaign_crumb_of(campaign)),
        "now": timezone.now(),
    }
    return render(request, "consolidation/show.html", context)


def section(theme, whole):
    """The figures of one part of the report."""
    rows = [row(line) for line in whole.figures if line.column.theme == theme]
    return {"key": theme, "title": THEME_WORDS[theme], "rows": rows}


def row(line):
    counts = line.column.counts
    return {
        "column": line.column,
        "total": figure(counts, line.total),
        "counted": figure(counts, line.counted),
        "change": signed_number(counts, line.change),
        "is_changed": bool(line.change),
        "by_hand": line.by_hand,
        "apart": apart_words(line),
    }


def part_row(part):
    """A commune: where its figures come from, and what its records tell otherwise since."""
    changes = [
        {"title": column.title, "then": figure(column.counts, then), "now": figure(column.counts, now)}
        for column, then, now in (changes_of(part) if part.version else ())
    ]
    return {
        "part": part,
        "standing": standing_words(part),
        "url": reverse("submission-detail", args=[part.submission.pk]) if part.submission else "",
        "changes": changes,
        "by_hand": len(part.typed),
    }
