"""Asking for the report of a period, giving one back, correcting one."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.forms.report import TWO_DAYS, offered_periods
from cases.lib import text
from cases.lib.dates import add_months
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import Campaign, ReportVersion
from cases.models.campaign import DAYS_TO_SEND
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.templatetags.words import period_label

LONGEST_MONTHS = 120
ONLY_OWN = _("Only for two days of one's own; dd/mm/yyyy.")
DUE_SOON = _("Left empty: %(days)d days after the last day of the period, or after today where that has passed.")
CELL = forms.TextInput(attrs={"class": "form-control"})


def key(period):
    return f"{period.start:%Y-%m-%d}_{period.end:%Y-%m-%d}"


class CampaignForm(CaseForm):
    """The periods on offer are those of the report page, or two days of one's own; the latest finished month of the
    state is chosen.
    """

    period = forms.ChoiceField(label=_("Period"))
    first_day = DayField(of="campaign.period_start", label=_("First day"), required=False, help_text=ONLY_OWN)
    last_day = DayField(of="campaign.period_end", label=_("Last day"), required=False, help_text=ONLY_OWN)

    class Meta(CaseForm.Meta):
        model = Campaign
        fields = ["due_on", "note"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, on=on, **kwargs)
        offered = [(heading, list(choices)) for heading, choices in offered_periods(on)]
        self.offered = {key(period): period for _heading, choices in offered for period in choices}
        self.fields["period"].choices = [
            *[(heading, [(key(period), period_label(period)) for period in choices]) for heading, choices in offered],
            (TWO_DAYS, _("Two days of one's own")),
        ]
        self.order_fields(["period", "first_day", "last_day", "due_on", "note"])
        self.fields["due_on"].required = False
        self.fields["due_on"].help_text = DUE_SOON % {"days": DAYS_TO_SEND}
        self.initial["period"] = key(period_of(Profile.STATE, PeriodKind.MONTH, on).previous())

    def clean(self):
        cleaned = super().clean()
        if "period" in cleaned:
            period = self._own_period(cleaned) if cleaned["period"] == TWO_DAYS else self._named_period(cleaned)
            if period:
                self.instance.period_start, self.instance.period_end = period.start, period.end
                if "due_on" in cleaned and cleaned["due_on"] is None:
                    cleaned["due_on"] = self.instance.usual_due(self.on)
        return cleaned

    def _named_period(self, cleaned):
        if cleaned.get("first_day") or cleaned.get("last_day"):
            self.add_error("period", _("Two days are given: choose “Two days of one's own”, or empty the days."))
            return None
        return self.offered[cleaned["period"]]

    def _own_period(self, cleaned):
        for name in ("first_day", "last_day"):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, _("Give the day, or choose a period of the list."))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if not (first and last):
            return None
        if first > self.on:
            self.add_error("first_day", _("The period has not begun: choose an earlier day."))
        elif last < first:
            self.add_error("last_day", _("The period ends before it begins."))
        elif last > add_months(first, LONGEST_MONTHS):
            self.add_error("last_day", _("The period is longer than ten years: check the two days."))
        else:
            return Period(first, last)
        return None


class GiveBackForm(HouseForm):
    """What is to be corrected: of the whole, beside figures, or both."""

    comment = forms.CharField(
        label=_("What is to be corrected"),
        max_length=500,
        required=False,
        help_text=_("May stay empty where something is said beside a figure."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.ModelChoiceField(ReportVersion.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = submission.versions.all()
        for indicator in INDICATORS:
            self.fields[f"cell-{indicator.key}"] = forms.CharField(
                label=indicator.title, max_length=300, required=False, widget=CELL
            )

    def clean(self):
        """Where something is said beside figures alone, the commune is told which ones they are."""
        given = super().clean()
        if not given.get("comment") and "comment" not in self.errors:
            titles = ", ".join(str(BY_KEY[key].title) for key in self.cells)
            if titles:
                given["comment"] = text.excerpt(gettext("See the figures: %(titles)s") % {"titles": titles}, 500)
            else:
                self.add_error("comment", _("Say what is to be corrected."))
        return given

    @property
    def cells(self):
        """The comments by indicator."""
        return {
            name.removeprefix("cell-"): said
            for name, said in self.cleaned_data.items()
            if name.startswith("cell-") and said
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
