from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.employment import NEXT_STATES
from cases.forms.base import CaseForm, DayField, HouseForm, MoneyField
from cases.forms.conflict import ConflictMixin
from cases.models import Employer, JobCheck, JobReferral

OUTCOMES = {
    "accepted": _("Accepted"),
    "refused": _("Refused"),
    "started": _("Started work"),
    "ended": _("Left the job"),
}
DAY_OF = {
    "referred": _("Day of the answer"),
    "accepted": _("First working day"),
    "started": _("Last working day"),
}


class EmployerForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = Employer
        fields = ["name", "trade", "address", "contact_name", "phone", "note"]


class EmployerEditForm(ConflictMixin, EmployerForm):
    """A place of work in the directory; safe for two officers at once."""


class EmployerFilter(HouseForm):
    words = forms.CharField(label=_("Name, trade or place"), required=False, max_length=80)

    def apply(self, employers):
        self.is_valid()
        return employers.search(self.cleaned_data.get("words", ""))


class ReferralForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = JobReferral
        fields = ["employer", "job", "referred_on", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = Employer.objects.visible_to(self.user).kept()


class OutcomeForm(HouseForm):
    """What came of a referral: only the answers that may follow the state it is in, with what belongs to them."""

    state = forms.ChoiceField(label=_("Answer of the employer"), widget=forms.RadioSelect)
    on = DayField(
        of=("jobreferral.accepted_on", "jobreferral.refused_on", "jobreferral.started_on", "jobreferral.ended_on")
    )
    refusal_reason = forms.ChoiceField(label=_("Reason for refusal"), required=False)
    monthly_income = MoneyField(
        label=_("Monthly income"), required=False, help_text=_("in đồng; leave it empty where it is not known yet")
    )
    end_reason = forms.CharField(label=_("Why the job ended"), max_length=200)

    BELONGS = {"refusal_reason": "refused", "monthly_income": "started", "end_reason": "ended"}

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        possible = NEXT_STATES.get(referral.state, ())
        self.fields["state"].choices = [(state, OUTCOMES[state]) for state in possible]
        if len(possible) == 1:
            self.fields["state"].widget = forms.HiddenInput()
            self.fields["state"].initial = possible[0]
        self.fields["on"].label = DAY_OF.get(referral.state, "")
        self.fields["on"].initial = self.on
        reasons = [("", _("Choose the reason")), *JobReferral.RefusalReason.choices]
        self.fields["refusal_reason"].choices = reasons
        self.fields["refusal_reason"].help_text = _("Only where the person was refused.")
        for name, state in self.BELONGS.items():
            if state not in possible:
                del self.fields[name]

    def clean(self):
        refused = self.cleaned_data.get("state") == "refused"
        if refused and not self.cleaned_data.get("refusal_reason") and "refusal_reason" not in self.errors:
            self.add_error("refusal_reason", _("Choose why the person was refused."))
        return self.cleaned_data

    def details(self):
        """What belongs to the answer chosen, for the action."""
        chosen = self.cleaned_data["state"]
        return {name: self.cleaned_data[name] for name, state in self.BELONGS.items() if state == chosen}


class CheckForm(CaseForm):
    still_working = forms.TypedChoiceField(
        label=_("Still working there"),
        choices=[("yes", _("Yes")), ("no", _("No, left the job"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta(CaseForm.Meta):
        model = JobCheck
        fields = ["still_working", "on", "monthly_income", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["still_working"] = ""

    def clean_on(self):
        on, started = self.cleaned_data["on"], self.instance.referral.started_on
        if on < started:
            raise forms.ValidationError(_("The job began on %(day)s."), params={"day": f"{started:%d/%m/%Y}"})
        return on
