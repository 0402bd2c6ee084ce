"""The crumbs above a page of somebody's file: list → person → tab → here."""

from django.urls import reverse
from django.utils.translation import gettext as _


def of_person(returnee, *, tab, tab_label, here):
    """`tab` is the route of the tab that the page belongs to."""
    return [
        {"label": _("Files"), "url": reverse("returnee-list")},
        {"label": returnee.full_name, "url": reverse("returnee-detail", args=[returnee.pk])},
        {"label": tab_label, "url": reverse(tab, args=[returnee.pk])},
        {"label": here},
    ]
