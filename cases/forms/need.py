from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.models import Need, Organisation


class NeedForm(CaseForm):
    past_days = ("state_on",)

    class Meta(CaseForm.Meta):
        model = Need
        fields = ["pathway", "text", "state", "state_on", "responsible"]
        widgets = {"state": forms.RadioSelect}


class NeedStateForm(HouseForm):
    past_days = ("state_on",)

    state = forms.ChoiceField(label=_("State"), choices=Need.State.choices, widget=forms.RadioSelect)
    state_on = DayField(label=_("Since"))
    responsible = forms.ModelChoiceField(Organisation.objects.all(), label=_("Who is responsible"), required=False)
