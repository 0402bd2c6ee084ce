import re

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, HouseForm, RowsField
from cases.forms.conflict import ConflictMixin
from cases.forms.people_picker import OFFERED, PickerMixin
from cases.models import GroupMeeting, Returnee

NOTE = re.compile(r"note_(\d{1,18})", re.ASCII)
NOTED = 300  # people on one page with a box for a note: a form of Django's has 1,000 fields at most

ERRORS = {
    "required": _("Choose at least one person."),
    "invalid_choice": _("Somebody chosen here is not on the list of this commune: choose again."),
    "invalid_pk_value": _("Somebody chosen here is not on the list of this commune: choose again."),
}


class AttendeesField(RowsField):
    """People to tick; the page draws them as big things to tap, with what tells two of one name apart."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=Returnee.objects.none(), error_messages=ERRORS, **kwargs)


class NotesMixin:
    """A note for each person on the list, in a field `note_<id>` of its own."""

    def ask_notes(self, notes):
        """A field for each of these people (id → the note on file), and for whoever a note was sent of."""
        sent = {int(found.group(1)) for name in self.data if (found := NOTE.fullmatch(name))}
        for pk in [*notes, *sorted(sent - set(notes))[:NOTED]]:
            box = forms.TextInput(attrs={"maxlength": "200"})
            self.fields[f"note_{pk}"] = forms.CharField(
                label=_("Note"), max_length=200, required=False, initial=notes.get(pk, ""), widget=box
            )

    def notes(self, people):
        """What was typed of each of these people, by id."""
        typed = {person.pk: self.cleaned_data.get(f"note_{person.pk}") for person in people}
        return {pk: note for pk, note in typed.items() if note is not None}

    def with_notes(self, people):
        """The same rows with the note as typed or on file, `said`, and what is wrong with it, `wrong`."""
        for person in people:
            name = f"note_{person.pk}"
            box = self[name] if name in self.fields else None
            person.said, person.wrong = (box.value() or "", box.errors) if box else ("", [])
        return people


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


class MeetingEditForm(ConflictMixin, MeetingForm):
    """A meeting on file; safe for two officers at once."""


class PlanForm(PickerMixin, MeetingForm):
    """Where more are managed than a page offers, nobody is ticked beforehand."""

    people = AttendeesField(label=_("Who is invited"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        managed = Returnee.objects.visible_to(self.user).kept().managed(self.on)
        self.fields["people"].queryset = managed
        everybody = list(managed.values_list("pk", flat=True)[: OFFERED + 1])
        self.everybody_ticked = len(everybody) <= OFFERED
        self.fields["people"].initial = everybody if self.everybody_ticked else []


class HeldForm(NotesMixin, PickerMixin, MeetingForm):
    """A meeting that was held and not planned here: its day, and who came, invited or not, each with a note."""

    people = AttendeesField(label=_("Who came"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].not_after = self.on
        self.fields["people"].queryset = Returnee.objects.visible_to(self.user).kept().open(self.on)
        self.ask_notes({})


class AttendanceForm(NotesMixin, PickerMixin, ConflictMixin, HouseForm):
    """Who came: those invited, and others of the commune who walked in.

    Two officers may take it together: what one of them ticked or took off stays, whoever saves last.
    """

    present = AttendeesField(label=_("Who came"), required=False)
    walk_ins = AttendeesField(label=_("Others who came"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
    )

    def __init__(self, *args, meeting, **kwargs):
        self.meeting = self.instance = meeting
        attendances = meeting.attendances.filter(returnee__in=Returnee.objects.visible_to(kwargs["user"]).kept())
        self.on_file = dict(attendances.values_list("returnee", "note")[:NOTED])
        super().__init__(*args, **kwargs)
        seen = Returnee.objects.visible_to(self.user).kept()
        invited = meeting.attendances.values("returnee")
        came = meeting.attendances.filter(present=True)
        self.fields["present"].queryset = seen.filter(pk__in=invited)
        self.fields["present"].initial = list(came.values_list("returnee", flat=True))
        # Wider than the list shown: a form sent twice names as walk-in who is on the list by then.
        self.fields["walk_ins"].queryset = seen.filter(Q(pk__in=invited) | Q(pk__in=seen.open(meeting.on)))
        self.others = seen.open(meeting.on).exclude(pk__in=invited)
        self.fields["note"].initial = meeting.note
        self.ask_notes(self.on_file)

    def label_of(self, name):
        if found := NOTE.fullmatch(name):
            person = self.fields["present"].queryset.get(pk=found.group(1))
            return _("Note of %(name)s") % {"name": person.full_name}
        return super().label_of(name)

    @property
    def choices(self):
        """What two officers changed, to be chosen between."""
        return [self[name] for name in self.fields if name.startswith("choose_")]

    def stored_values(self):
        seen = Returnee.objects.visible_to(self.user).kept()
        came = self.meeting.attendances.filter(present=True).values("returnee")
        notes = {f"note_{pk}": note for pk, note in self.on_file.items()}
        return {"note": self.meeting.note, "present": list(seen.filter(pk__in=came)), **notes}

    def settle(self, name, opened, seen):
        """A tick is kept or taken off by itself: where only the other officer touched it, it is as they left it."""
        if name != "present":
            super().settle(name, opened, seen)
            return
        before = set(opened.split(","))
        mine = {person.pk for person in self.cleaned_data[name]}
        theirs = {person.pk for person in self.stored[name]}
        came = {pk for pk in mine | theirs if pk in (theirs if (str(pk) in before) == (pk in mine) else mine)}
        self.cleaned_data[name] = self.fields[name].queryset.filter(pk__in=came)

    def clean(self):
        super().clean()
        if self.meeting.on > self.on:
            raise forms.ValidationError(
                _("The meeting is on %(day)s: attendance can be taken from that day on."),
                params={"day": f"{self.meeting.on:%d/%m/%Y}"},
            )
        return self.cleaned_data
