from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.models import Activity, PaperworkRequest


class PaperworkForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = PaperworkRequest
        fields = ["kind", "needed_on", "office", "note"]


class StepForm(HouseForm):
    """The next step of a paper; the button of a list sends it with today's date."""

    step = forms.ChoiceField(
        choices=[(step, step) for step in PaperworkRequest.STEPS],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This step is not known. Open the page again.")},
    )
    on = DayField(of=[f"paperworkrequest.{step}_on" for step in PaperworkRequest.STEPS], label=_("Day of the step"))
    office = forms.CharField(label=_("Office it lies at"), max_length=120, required=False)


class PaperRefusalForm(HouseForm):
    """An office or a bank said no: when and why."""

    on = DayField(of=("paperworkrequest.refused_on",), label=_("Refused on"))
    reason = forms.CharField(label=_("Reason for refusal"), max_length=300)


class PaperworkFilter(HouseForm):
    """What the list of papers shows; anything unknown in the address is as if it were not there."""

    OPEN = "open"

    words = forms.CharField(label=_("Name"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Paper"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Not finished yet")), *PaperworkRequest.STATES.items()]
        self.fields["kind"].choices = [("", _("All papers")), *Activity.Detail.choices]

    def apply(self, papers):
        self.is_valid()
        chosen = self.cleaned_data
        papers = papers.in_state(chosen["state"]) if chosen.get("state") else papers.pending()
        if chosen.get("kind"):
            papers = papers.filter(kind=chosen["kind"])
        return papers.longest_first()
