from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.forms.conflict import ConflictMixin
from cases.models import Need, Organisation


class NeedForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = Need
        fields = ["pathway", "text", "state", "state_on", "responsible"]
        widgets = {"state": forms.RadioSelect}


class NeedStateForm(ConflictMixin, HouseForm):
    """How far a need is met; safe for two officers at once."""

    state = forms.ChoiceField(label=_("State"), choices=Need.State.choices, widget=forms.RadioSelect)
    state_on = DayField(of="need.state_on", label=_("Since"))
    responsible = forms.ModelChoiceField(Organisation.objects.all(), label=_("Who is responsible"), required=False)

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)

    def stored_values(self):
        return {
            "state": self.instance.state,
            "state_on": self.instance.state_on,
            "responsible": self.instance.responsible,
        }
