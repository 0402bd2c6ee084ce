"""What was written on a device without a network and has no form of its own on a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DayField, HouseForm
from cases.forms.duty import days_from
from cases.forms.phone_field import PhoneField, read_phone
from cases.forms.quick_log import ScopedPeopleField
from cases.models import KINDS, Activity, Appointment, Returnee
from cases.reports.work import duties

PHONES = [("phone", _("Of the person")), ("household_phone", _("Of the household"))]


def visit_choices():
    """What can be said of a visit on a device; help with a paper asks which, and is logged on its page."""
    kinds = [(kind.value, kind.label) for kind in KINDS if kind != Activity.Kind.PAPERWORK]
    return {"kinds": kinds, "places": Activity.Place.choices}


def put_off_choices():
    """Why a duty is put off or a meeting did not take place, one tap each."""
    return [_("Works away"), _("Ill"), _("Away from home for some days"), _("Road cut off")]


class PersonForm(HouseForm):
    """What was written on a device of one person."""

    uid = forms.UUIDField()
    people = ScopedPeopleField(queryset=Returnee.objects.none(), label=_("Whose"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = duties.people_of(self.user, self.on).filter(completed_on__lte=self.on)

    def clean_people(self):
        people = self.cleaned_data["people"]
        if len(people) > 1:
            raise forms.ValidationError(_("This is of one person: choose one."), code="several")
        return people

    @property
    def person(self):
        return self.cleaned_data["people"].get()


class PhoneForm(PersonForm):
    """A new telephone number of one person; `before` is what stood there when the device was filled."""

    field = forms.ChoiceField(label=_("Whose number"), choices=PHONES)
    number = PhoneField(label=_("Phone"))
    before = forms.CharField(required=False, max_length=20)

    def clean_number(self):
        return read_phone(self.cleaned_data["number"])


class PutOffForm(PersonForm):
    """A duty put off for a week or a month from the day on which that was written, whenever it is sent."""

    duty = forms.CharField(max_length=60)
    on = DayField(of="snooze.since", label=_("Day"))
    how_long = forms.ChoiceField(label=_("Put off until"), choices=[("week", _("One week")), ("month", _("One month"))])
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].not_after = self.on

    def last_day(self):
        return days_from(self.cleaned_data["on"])[self.cleaned_data["how_long"]]


class UnkeptForm(PersonForm):
    """A meeting agreed with one person that did not take place, and why."""

    appointment = forms.ModelChoiceField(queryset=Appointment.objects.none())
    on = DayField(of="appointment.missed_on", label=_("Day"))
    reason = forms.CharField(label=_("Why it did not take place"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].not_after = self.on
        agreed = Appointment.objects.visible_to(self.user).kept()
        self.fields["appointment"].queryset = agreed.filter(on__lte=self.on)
        self.fields["appointment"].error_messages["invalid_choice"] = _("This meeting is not agreed any more.")

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if {"people", "appointment"} <= set(given) and given["appointment"].returnee_id != self.person.pk:
            self.add_error("appointment", _("This meeting was agreed with somebody else."))
        return given
