"""The way to a page of somebody's file: list → person → tab → here."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TABS = {
    "timeline": ("returnee-detail", gettext_lazy("Timeline")),
    "sentence": ("returnee-sentence", gettext_lazy("Sentence")),
    "clock": ("returnee-clock", gettext_lazy("Clean record")),
    "needs": ("returnee-needs", gettext_lazy("Needs")),
    "paperwork": ("returnee-paperwork", gettext_lazy("Paperwork")),
    "work": ("returnee-work", gettext_lazy("Employment")),
    "group": ("returnee-group", gettext_lazy("5+1 group")),
    "dossier": ("returnee-dossier", gettext_lazy("Dossier")),
    "violations": ("returnee-violations", gettext_lazy("Violations")),
    "notes": ("returnee-notes", gettext_lazy("Closed notes")),
    "history": ("returnee-history", gettext_lazy("History")),
}

# What stands in the tab of the browser, where anybody may look over a shoulder: of a sentence not a word
SILENT_IN_TITLES = {"timeline", "sentence", "clock", "violations"}


def tab_title(tab):
    """The name of a tab for the browser; "" where it would tell of a sentence."""
    return "" if tab in SILENT_IN_TITLES else TABS[tab][1]


def tab_url(returnee, tab):
    return reverse(TABS[tab][0], args=[returnee.pk])


def of_person(returnee, here):
    """The crumbs of a page below the person."""
    return [
        {"label": _("Files"), "url": reverse("returnee-list")},
        {"label": returnee.full_name, "url": tab_url(returnee, "timeline")},
        {"label": here, "url": ""},
    ]


def of_tab(returnee, tab, here):
    """The crumbs of a page below a tab of the file."""
    *above, last = of_person(returnee, here)
    return [*above, {"label": TABS[tab][1], "url": tab_url(returnee, tab)}, last]
