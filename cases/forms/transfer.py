"""Offering a file to another commune, asking for one, answering; and sharing a caseload."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm, RowsField
from cases.forms.phone_field import PhoneField, read_phone
from cases.forms.unit_field import UnitField
from cases.lib import identity
from cases.models import Transfer, User
from cases.reports.people import transfers
from cases.reports.work import caseload

NO_CASE = _("The other commune reads this before the file is theirs: nothing of the sentence.")


class SenderMixin:
    """Whom the other side can call: the officer who fills the form in, unless somebody else is named."""

    def offer_sender(self):
        self.initial.update(sender_name=self.user.full_name, sender_phone=self.user.phone)
        self.fields["reason"].help_text = NO_CASE

    def clean_sender_phone(self):
        return read_phone(self.cleaned_data["sender_phone"])


class OfferForm(SenderMixin, CaseForm):
    """The file goes to the commune where the person now lives, once that commune accepts."""

    to_unit = UnitField(label=_("Receiving commune"), among="communes")

    class Meta(CaseForm.Meta):
        model = Transfer
        fields = ["to_unit", "hamlet", "on", "reason", "sender_name", "sender_phone"]
        field_classes = {"sender_phone": PhoneField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_sender()
        self.initial["on"] = self.on
        self.fields["on"].help_text = _(
            "The file changes hands on the day the other commune accepts, not before this day."
        )


class RequestForm(SenderMixin, CaseForm):
    """The unit that holds the file is asked for it; of the file nothing is shown but that unit's name."""

    number = forms.CharField(
        label=_("Identity number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    class Meta(CaseForm.Meta):
        model = Transfer
        fields = ["number", "hamlet", "reason", "sender_name", "sender_phone"]
        field_classes = {"sender_phone": PhoneField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_sender()
        self.fields["reason"].help_text = _("How you know that the person lives with you now.")
        self.instance.to_unit, self.instance.on = self.user.unit, self.on

    def clean_number(self):
        number = identity.tidy(self.cleaned_data["number"])
        if identity.check_number(number).errors:
            raise ValidationError(_("An identity number has 9 or 12 digits: check it."), code="length")
        found, _unit = transfers.find_by_number(number, self.user)
        if found is None:
            raise ValidationError(
                _("No other commune holds an open file with this number. Look in your own files, or make a new one."),
                code="unknown",
            )
        self.instance.returnee, self.instance.from_unit = found, found.unit
        return number


class AcceptForm(HouseForm):
    """The day from which the receiving unit holds the person."""

    on = DayField(of="transfer.accepted_on", label=_("Handed over on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.on


class TransferReasonForm(HouseForm):
    """Why somebody says no, or takes a proposal back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class LeadersField(RowsField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user):
        return f"{user.full_name} ({user.rank})" if user.rank else user.full_name


class ShareForm(HouseForm):
    """Who takes over the cases of an officer who leaves: one colleague, or several who share them."""

    takers = LeadersField(
        User.objects.none(),
        label=_("Who takes over"),
        help_text=_("Choose one, or several: then each case goes to whoever leads fewest."),
    )

    def __init__(self, *args, giver, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["takers"].queryset = caseload.takers(self.user, giver)
