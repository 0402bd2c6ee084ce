from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.models import SafetyFlag


class SafetyFlagForm(CaseForm):
    kind = forms.ChoiceField(label=_("What about"), choices=SafetyFlag.Kind.choices, widget=forms.RadioSelect)

    class Meta(CaseForm.Meta):
        model = SafetyFlag
        fields = ["kind", "reason", "since"]
        help_texts = {
            "reason": _("It stands above every page of the file, for officers and units above; helpers do not see it."),
        }


class SafetyEndForm(HouseForm):
    """The last day on which it holds."""

    until = DayField(of="safetyflag.until", label=_("Until"))
