"""Forms about people who are announced before they come home."""

import uuid

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm, phone_number
from cases.forms.returnee import ReturneeForm
from cases.forms.unit_field import UnitField
from cases.models import ArrivalAnswer, Notice, Returnee

Kind = ArrivalAnswer.Kind
NOTICE = ("kind", "number", "dated_on", "sender", "received_on")
PERSON = ("full_name", "aliases", "sex", "born_on", "identity_number", "ethnicity")
PLACE = ("unit", "hamlet", "address", "phone", "household_contact", "household_relation", "household_phone")
HOME = ("subject_type", "completed_on")
SPREAD = _("Give it to the officer with the fewest people")


def check_days(form):
    written, received = form.cleaned_data.get("dated_on"), form.cleaned_data.get("received_on")
    if written and received and received < written:
        form.add_error("received_on", _("The notice was received before it was written: check both days."))


class NoticeForm(CaseForm):
    """A notice of somebody who is on file already."""

    assign = forms.BooleanField(label=SPREAD, required=False, initial=True)

    class Meta(CaseForm.Meta):
        model = Notice
        fields = [*NOTICE, "address"]
        widgets = {"kind": forms.RadioSelect}

    def clean(self):
        super().clean()
        check_days(self)
        return self.cleaned_data


class AnnounceForm(ReturneeForm):
    """A notice of somebody nobody knows yet: the notice, the person, where and when they come home."""

    past_days = ()

    kind = forms.ChoiceField(label=_("Kind"), choices=Notice.Kind.choices, widget=forms.RadioSelect, initial="prison")
    number = forms.CharField(label=_("Number of the notice"), max_length=40)
    dated_on = DayField(of="notice.dated_on", label=_("Day of the notice"))
    sender = forms.CharField(
        label=_("Sender"), max_length=100, help_text=_("The prison, or the body that sent the list")
    )
    received_on = DayField(of="notice.received_on", label=_("Received on"))
    assign = forms.BooleanField(label=SPREAD, required=False, initial=True)

    class Meta(ReturneeForm.Meta):
        model = Returnee
        fields = [*PERSON, *PLACE, *HOME]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["completed_on"].label = _("Release day")
        self.fields["received_on"].initial = self.on
        self.helper.layout.fields.insert(0, Fieldset(_("The notice"), *NOTICE, "assign"))

    def clean(self):
        super().clean()
        check_days(self)
        return self.cleaned_data

    def notice(self):
        """The unsaved notice; it carries the id of the form, as the person does."""
        given = {name: self.cleaned_data[name] for name in NOTICE}
        return Notice(uid=self.instance.uid, address=self.instance.address, **given)


class ArrivalAnswerForm(HouseForm):
    """What the commune found out: the day, and what each answer needs beside it."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    named_unit = UnitField(among="communes", label=_("Which commune"))
    on = DayField(of="arrivalanswer.on", label=_("Day"))
    note = forms.CharField(label=_("What was said"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    phone = forms.CharField(
        label=_("Phone to ask"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind not in ArrivalAnswer.MOVES:
            del self.fields["named_unit"]
        if kind == Kind.ARRIVED:
            del self.fields["note"], self.fields["phone"]
            self.fields["on"].label = _("Presented on")
        elif kind != Kind.NOT_HERE:
            self.fields["note"].required = False
            self.fields["note"].widget.attrs["data-optional"] = ""
        else:
            self.fields["note"].help_text = _("Who was asked, and what they know of where the person is")

    def clean_phone(self):
        return phone_number(self.cleaned_data["phone"])

    def given(self):
        """What the action takes; what the answer has no field for is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
