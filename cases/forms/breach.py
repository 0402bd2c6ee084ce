from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.forms.conflict import ConflictMixin
from cases.models import Breach

HOURS = ["%H:%M", "%Hh%M", "%Hg%M", "%H:%M:%S"]
BAD_HOUR = {"invalid": _("This is no hour: write it as 14:30.")}


def hour_field(label):
    widget = forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "8"})
    return forms.TimeField(
        label=label, input_formats=HOURS, widget=widget, error_messages=BAD_HOUR, help_text=_("hh:mm")
    )


class BreachForm(CaseForm):
    """A breach: when it was found, what it is, how many, which units, why, what is done."""

    found_time = hour_field(_("Hour it was found"))

    class Meta(CaseForm.Meta):
        model = Breach
        fields = [
            *("kind", "found_on", "found_time", "happened_on", "what", "data", "people", "units", "cause", "measures"),
            "inform",
        ]
        widgets = {"what": forms.Textarea(attrs={"rows": 4}), "measures": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "found_on": _("The 72 hours count from this moment."),
            "what": _("Name nobody: this is read by the units above and goes into the letter."),
            "data": _("For example: names, addresses, telephone numbers."),
            "people": _("An estimate where it is not known yet; empty where nobody can say."),
            "inform": _("For example: the people concerned, the unit above, the bank."),
        }


class BreachCorrectionForm(ConflictMixin, BreachForm):
    """The same of a breach that stands, safe for two at once."""


class BreachToldForm(HouseForm):
    """When the authority was told, and by which letter."""

    told_on = DayField(of="breach.told_on", label=_("Day the authority was told"))
    told_time = hour_field(_("Hour the authority was told"))
    told_reference = forms.CharField(label=_("Number of the letter"), max_length=80, required=False)
