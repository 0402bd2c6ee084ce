from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm


class ExportForm(HouseForm):
    """What a file is needed for."""

    reason = forms.CharField(
        label=_("What the file is needed for"),
        max_length=300,
        min_length=5,
        help_text=_("For example: reconciling the list with the People's Committee. It is kept in the log."),
    )
