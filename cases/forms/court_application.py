from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.models import CourtApplication


class CourtApplicationForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = CourtApplication
        fields = ["filed_on", "court", "note"]
        help_texts = {"court": _("The court that tried the case in first instance, or the one in its place today.")}


class CourtRefusalForm(HouseForm):
    """The court's refusal; what it grants is recorded as evidence."""

    refused_on = DayField(of="courtapplication.refused_on", label=_("Refused on"))
    reference = forms.CharField(label=_("Number of the decision"), max_length=80, required=False)
    note = forms.CharField(label=_("Why the court refused"), max_length=300, required=False)
