from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, HouseForm
from cases.models import GroupMeeting, Returnee

ERRORS = {
    "required": _("Choose at least one person."),
    "invalid_choice": _("Somebody chosen here is not on the list of this commune: choose again."),
    "invalid_pk_value": _("Somebody chosen here is not on the list of this commune: choose again."),
}


class PeopleField(forms.ModelMultipleChoiceField):
    """People to tick; the page draws them as big things to tap, with what tells two of one name apart."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=Returnee.objects.none(), error_messages=ERRORS, **kwargs)


class MeetingForm(CaseForm):
    """A meeting that is planned, or one whose day has passed; once attendance was taken it cannot lie ahead."""

    class Meta(CaseForm.Meta):
        model = GroupMeeting
        fields = ["on", "place", "topic", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.attendance_taken_at:
            self.fields["on"].not_after = self.on


class PlanForm(MeetingForm):
    people = PeopleField(label=_("Who is invited"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        managed = Returnee.objects.visible_to(self.user).kept().managed(self.on)
        self.fields["people"].queryset = managed
        self.fields["people"].initial = list(managed.values_list("pk", flat=True))


class AttendanceForm(HouseForm):
    """Who came: those invited, and others of the commune who walked in."""

    present = PeopleField(label=_("Who came"), required=False)
    walk_ins = PeopleField(label=_("Others who came"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        seen = Returnee.objects.visible_to(self.user).kept()
        invited = meeting.attendances.values("returnee")
        came = meeting.attendances.filter(present=True)
        self.fields["present"].queryset = seen.filter(pk__in=invited)
        self.fields["present"].initial = list(came.values_list("returnee", flat=True))
        # Wider than the list shown: a form sent twice names as walk-in who is on the list by then.
        self.fields["walk_ins"].queryset = seen.filter(Q(pk__in=invited) | Q(pk__in=seen.open(meeting.on)))
        self.others = seen.open(meeting.on).exclude(pk__in=invited)
        self.fields["note"].initial = meeting.note

    def clean(self):
        if self.meeting.on > self.on:
            raise forms.ValidationError(
                _("The meeting is on %(day)s: attendance can be taken from that day on."),
                params={"day": f"{self.meeting.on:%d/%m/%Y}"},
            )
        return self.cleaned_data
