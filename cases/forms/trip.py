"""What was written on a device without a network and has no form of its own on a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DayField, HouseForm
from cases.forms.duty import days_from
from cases.forms.meeting import AttendeesField
from cases.forms.phone_field import PhoneField, read_phone
from cases.forms.quick_log import ScopedPeopleField
from cases.models import KINDS, Activity, Appointment, GroupMeeting, JobReferral, PaperworkRequest, Returnee
from cases.models.employment import CHECK_DAYS
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

    def of_one_person(self, name, said):
        """What was given, refused with `said` where the row under `name` is of somebody else."""
        super().clean()
        given = self.cleaned_data
        if {"people", name} <= set(given) and given[name].returnee_id != self.person.pk:
            self.add_error(name, said)
        return given


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
        return self.of_one_person("appointment", _("This meeting was agreed with somebody else."))


class PaperForm(PersonForm):
    """The step a paper of one person has taken."""

    paper = forms.ModelChoiceField(queryset=PaperworkRequest.objects.none())
    step = forms.ChoiceField(choices=[(step, step) for step in PaperworkRequest.STEPS[1:]])
    on = DayField(of=[f"paperworkrequest.{step}_on" for step in PaperworkRequest.STEPS], label=_("Day of the step"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].not_after = self.on
        self.fields["paper"].queryset = PaperworkRequest.objects.visible_to(self.user).kept()
        self.fields["paper"].error_messages["invalid_choice"] = _("This paper is not on file any more.")

    def clean(self):
        return self.of_one_person("paper", _("This paper is of somebody else."))


class JobForm(PersonForm):
    """Whether somebody is still at work so many days after the job began."""

    job = forms.ModelChoiceField(queryset=JobReferral.objects.none())
    day = forms.TypedChoiceField(choices=[(day, day) for day in CHECK_DAYS], coerce=int)
    still_working = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")
    on = DayField(of="jobcheck.on", label=_("Day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].not_after = self.on
        begun = JobReferral.objects.visible_to(self.user).kept().exclude(started_on=None)
        self.fields["job"].queryset = begun
        self.fields["job"].error_messages["invalid_choice"] = _("This job is not on file any more.")

    def clean(self):
        given = self.of_one_person("job", _("This job is of somebody else."))
        if {"job", "on"} <= set(given) and given["on"] < given["job"].started_on:
            started = f"{given['job'].started_on:%d/%m/%Y}"
            self.add_error("on", forms.ValidationError(_("The job began on %(day)s."), params={"day": started}))
        return given


class CameForm(HouseForm):
    """Who came to a meeting, as ticked on a device: `gone` stood as present on its list and were taken off there."""

    uid = forms.UUIDField()
    meeting = forms.ModelChoiceField(queryset=GroupMeeting.objects.none())
    came = AttendeesField(required=False)
    gone = AttendeesField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = GroupMeeting.objects.visible_to(self.user).kept().filter(on__lte=self.on)
        self.fields["meeting"].queryset = held
        self.fields["meeting"].error_messages["invalid_choice"] = _(
            "This meeting is not on file any more, or its day has not come."
        )
        seen = Returnee.objects.visible_to(self.user).kept()
        self.fields["came"].queryset = self.fields["gone"].queryset = seen

    def clean(self):
        given = super().clean() or self.cleaned_data
        if "came" in given and "gone" in given and not given["came"] and not given["gone"]:
            self.add_error("came", _("Choose at least one person."))
        return given
