"""Asking for the report of a period, giving one back, correcting one."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, HouseForm
from cases.forms.report import offered_periods
from cases.lib.period import Kind, Period, Profile, period_of
from cases.models import Campaign, ReportVersion
from cases.reports.registry import INDICATORS
from cases.templatetags.words import period_label

DAYS_TO_SEND = 5
CELL = forms.TextInput(attrs={"class": "form-control"})


def key(period):
    return f"{period.start:%Y-%m-%d}_{period.end:%Y-%m-%d}"


class CampaignForm(CaseForm):
    """The periods on offer are those of the report page; the latest finished one of the state is chosen."""

    period = forms.ChoiceField(label=_("Period"))

    class Meta(CaseForm.Meta):
        model = Campaign
        fields = ["due_on", "note"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, on=on, **kwargs)
        offered = [(heading, list(choices)) for heading, choices in offered_periods(on)]
        self.offered = {key(period): period for _heading, choices in offered for period in choices}
        self.fields["period"].choices = [
            (heading, [(key(period), period_label(period)) for period in choices]) for heading, choices in offered
        ]
        self.order_fields(["period", "due_on", "note"])
        self.initial["due_on"] = on + timedelta(days=DAYS_TO_SEND)
        self.initial["period"] = key(period_of(Profile.STATE, Kind.MONTH, on).previous())

    def clean_period(self):
        period: Period = self.offered[self.cleaned_data["period"]]
        self.instance.period_start, self.instance.period_end = period.start, period.end
        return self.cleaned_data["period"]


class GiveBackForm(HouseForm):
    """What is to be corrected, and beside any figure what is wrong with it."""

    comment = forms.CharField(
        label=_("What is to be corrected"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.ModelChoiceField(ReportVersion.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = submission.versions.all()
        for indicator in INDICATORS:
            self.fields[f"cell-{indicator.key}"] = forms.CharField(
                label=indicator.title, max_length=300, required=False, widget=CELL
            )

    @property
    def cells(self):
        """The comments by indicator."""
        return {
            name.removeprefix("cell-"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("cell-") and text
        }


class SendForm(HouseForm):
    """Sending for the first time asks nothing; correcting what was accepted asks why."""

    reason = forms.CharField(
        label=_("Why the figures are corrected"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, is_correction, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["reason"]
