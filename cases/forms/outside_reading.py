"""Asking for a look into a file beyond one's scope, and signing one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.lib import identity
from cases.reports.people import transfers

LEAST = 10  # letters of a reason: more than a word


class OutsideReadingForm(HouseForm):
    """Which file, by the number of its person alone, and why now."""

    found = None  # the file; nothing of it is told here but the name of its unit

    number = forms.CharField(
        label=_("Identity number"),
        max_length=20,
        help_text=_("The file is found by the number of the person, nothing else."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why the file is needed now"),
        min_length=LEAST,
        max_length=300,
        help_text=_(
            "The unit that holds the file reads this at once, and it stands in the log with each page you open."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_number(self):
        number = identity.tidy(self.cleaned_data["number"])
        if identity.check_number(number).errors:
            raise ValidationError(_("An identity number has 9 or 12 digits: check it."), code="length")
        self.found, _unit = transfers.find_by_number(number, self.user)
        if self.found is None:
            raise ValidationError(
                _("No unit beyond your scope holds an open file with this number. Look in your own files first."),
                code="unknown",
            )
        return number


class OutsideSignForm(HouseForm):
    """That somebody of the unit has seen who read its file."""

    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=300,
        help_text=_("For example: asked by telephone before, or nobody here knows why. Whoever reads the log sees it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
