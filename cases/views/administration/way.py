"""The way to the pages about users, which several pages show above themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _


def to_users(*users):
    """From the list of users to one of them."""
    return [
        {"label": _("Users"), "url": reverse("user-list")},
        *({"label": user.full_name, "url": reverse("user-detail", args=[user.pk])} for user in users),
    ]
