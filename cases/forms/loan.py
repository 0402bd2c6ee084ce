from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.forms.meeting import AttendeesField
from cases.forms.people_picker import PickerMixin
from cases.models import Loan, Returnee
from cases.reports.casefile import loan_standing


class LoanForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = Loan
        fields = [
            "lender",
            "purpose",
            "amount",
            "course_months",
            "borrower",
            "requested_on",
            "list_confirmed_on",
            "note",
        ]
        help_texts = {
            "course_months": _("Only for a loan for training."),
            "list_confirmed_on": _("The day on which the People's Committee confirmed the list with this name."),
        }

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Write how much is to be borrowed."))
        return amount


class LoanListForm(PickerMixin, HouseForm):
    """Whose names go on the list that the People's Committee confirms."""

    people = AttendeesField(label=_("Who goes on the list"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = Returnee.objects.visible_to(self.user).kept().select_related("unit")
        self.fields["people"].queryset = loan_standing.may_be_listed(people, self.on)


class LoanAnswerForm(HouseForm):
    """The bank's answer: paid out, or refused with the reason."""

    answer = forms.ChoiceField(
        label=_("Answer of the lender"),
        choices=[("paid_out", _("Paid out")), ("refused", _("Refused"))],
        widget=forms.RadioSelect,
        initial="paid_out",
    )
    on = DayField(of=("loan.paid_out_on", "loan.refused_on"), label=_("Day of the answer"))
    reason = forms.CharField(
        label=_("Reason for refusal"), max_length=300, required=False, help_text=_("Only where the loan was refused.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.on

    def clean(self):
        refused = self.cleaned_data.get("answer") == "refused"
        if refused and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why the loan was refused."))
        return self.cleaned_data
