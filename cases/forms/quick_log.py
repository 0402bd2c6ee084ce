"""The quick log: one scroll, every answer but the people already given."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django import forms
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cases.actions.activity import NextAppointment, PersonOutcome
from cases.forms.base import DayField, RelativeForm, RowsField
from cases.forms.people_picker import OFFERED, PickerMixin
from cases.law.duty_rules import WEEK_DAYS, Duty, DutyKind
from cases.models import KINDS, Activity, ActivityEntry, Organisation, Returnee
from cases.reports.work import duties, pressing
from cases.reports.work.pressing import Pressing

NEXT_DAYS = 30
NEXT_AT_MOST = 365
IN_SIGHT = 6  # so many people stand open when nobody was chosen before
RECENT_DAYS = 14
MEETINGS = frozenset({DutyKind.CONTACT, DutyKind.APPOINTMENT, DutyKind.OUTCOME})

WHEN = [("today", _("Today")), ("yesterday", _("Yesterday")), ("other", _("Choose a day"))]
DAYS_BACK = {"today": 0, "yesterday": 1}
NEXT = [("none", _("None agreed")), ("same", _("In 30 days, the same")), ("other", _("Another day"))]
AS_ABOVE = [("", _("As above"))]
APART = {"outcome": ActivityEntry.Outcome, "attitude": ActivityEntry.Attitude}
ANYBODY = "anybody"  # stands for the person in the name of a field that is drawn once for all of them


class ScopedPeopleField(RowsField):
    """People out of a scope; a wrong or foreign id is answered without repeating it."""

    default_error_messages = {
        "required": _("Choose at least one person."),
        "list": _("Choose the people from the list."),
        "invalid_choice": _("Somebody chosen is not on the list: choose again."),
        "invalid_pk_value": _("Somebody chosen is not on the list: choose again."),
    }


@dataclass(frozen=True)
class Option:
    """One button of a one-tap choice."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    icon: str = ""


@dataclass(frozen=True)
class Pick:
    """One person to choose, with the reason to choose them now, if there is one."""

    person: Returnee
    tell: str
    duty: Duty | None
    checked: bool
    outcome: forms.BoundField | SafeString
    attitude: forms.BoundField | SafeString


class QuickLogForm(PickerMixin, RelativeForm):
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    people = ScopedPeopleField(queryset=Returnee.objects.none(), label=_("With whom"))
    kind = forms.ChoiceField(label=_("What"), choices=Activity.Kind.choices, initial=Activity.Kind.ENCOURAGEMENT)
    detail = forms.ChoiceField(label=_("Which paper"), choices=Activity.Detail.choices, required=False)
    when = forms.ChoiceField(label=_("When"), choices=WHEN, initial="today")
    on = DayField(of="activity.on", label=_("Day"), required=False)
    outcome = forms.ChoiceField(
        label=_("How it went"), choices=ActivityEntry.Outcome.choices, initial=ActivityEntry.Outcome.MET
    )
    attitude = forms.ChoiceField(label=_("Attitude"), choices=ActivityEntry.Attitude.choices, required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    result = forms.CharField(label=_("Result"), required=False, max_length=300)
    organisations = RowsField(label=_("Who took part"), queryset=Organisation.objects.all(), required=False)
    place = forms.ChoiceField(label=_("Place"), choices=Activity.Place.choices, initial=Activity.Place.HOME)
    next_time = forms.ChoiceField(label=_("Next time"), choices=NEXT, initial="none")
    next_on = DayField(of="appointment.on", label=_("Day of the next time"), required=False)
    next_kind = forms.ChoiceField(
        label=_("What for"), required=False, choices=[("", _("The same")), *Activity.Kind.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.write_out_the_day()
        self.fields["when"].choices = self.relative_days()
        self.fields["people"].queryset = duties.people_of(self.user, self.on).filter(completed_on__lte=self.on)
        if self.user.is_helper:
            self.fields["kind"].choices = [(kind, kind.label) for kind, row in KINDS.items() if row.by_helpers]
            self.fields["next_kind"].choices = [("", _("The same"))]
        own = self.user.posting.organisation_id
        self.fields["organisations"].initial = [own] if own else Organisation.objects.filter(code="police")
        for name in ("on", "next_on", "note", "result"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["next_kind"].widget.attrs["class"] = "form-select"
        self.ask_apart(self.chosen("people"))

    def ask_apart(self, people):
        """How it went with each of these people, by id, where it went otherwise than with the rest."""
        for pk in people:
            for name in APART:
                self.fields[f"{name}_{pk}"] = self.field_apart(name)

    def field_apart(self, name):
        return forms.ChoiceField(
            choices=AS_ABOVE + APART[name].choices,
            required=False,
            label=self.fields[name].label,
            widget=forms.Select(attrs={"class": "form-select"}),
        )

    def write_out_the_day(self):
        """Sent days after it was opened, "today" becomes the day it showed: one that anybody may choose here."""
        back = DAYS_BACK.get(self.data.get("when")) if self.shown_before else None
        if back is not None:
            self.data["when"], self.data["on"] = "other", f"{self.shown_before - timedelta(days=back):%d/%m/%Y}"

    def relative_days(self):
        """The choices with the day each means."""
        days = {name: self.base_day - timedelta(days=back) for name, back in DAYS_BACK.items()}
        return [(name, f"{label} {days[name]:%d/%m}" if name in days else label) for name, label in WHEN]

    def clean_detail(self):
        return self.cleaned_data["detail"] if self.cleaned_data.get("kind") == Activity.Kind.PAPERWORK else ""

    def clean(self):
        given = self.cleaned_data
        if given.get("kind") == Activity.Kind.PAPERWORK and not given.get("detail") and "detail" not in self.errors:
            self.add_error("detail", _("Choose which paper the help was about."))
        if given.get("when") == "other" and not given.get("on") and "on" not in self.errors:
            self.add_error("on", _("Choose the day."))
        if given.get("next_time") == "other" and "next_on" not in self.errors:
            self.check_next_on(given.get("next_on"))
        return given

    def check_next_on(self, day):
        if day is None:
            self.add_error("next_on", _("Choose the day of the next time."))
        elif not self.base_day < day <= self.base_day + timedelta(days=NEXT_AT_MOST):
            self.add_error("next_on", _("Choose a day from tomorrow to a year ahead."))

    def day(self) -> date:
        when = self.cleaned_data["when"]
        return self.cleaned_data["on"] if when == "other" else self.base_day - timedelta(days=DAYS_BACK[when])

    def activity(self) -> Activity:
        names = ("uid", "kind", "detail", "place", "result", "note")
        return Activity(on=self.day(), **{name: self.cleaned_data[name] for name in names})

    def made(self):
        return self.activity(), self.cleaned_data["people"]

    def entries(self) -> list[PersonOutcome]:
        return [self.entry(person) for person in self.cleaned_data["people"]]

    def entry(self, person: Returnee) -> PersonOutcome:
        outcome = self.cleaned_data[f"outcome_{person.pk}"] or self.cleaned_data["outcome"]
        attitude = self.cleaned_data[f"attitude_{person.pk}"] or self.cleaned_data["attitude"]
        return PersonOutcome(person, outcome, "" if outcome == ActivityEntry.Outcome.ABSENT else attitude)

    def agreed(self) -> NextAppointment | None:
        """The next appointment; "in 30 days" counts from the visit, or from today for one entered late."""
        given = self.cleaned_data
        if given["next_time"] == "same":
            day = self.day() + timedelta(days=NEXT_DAYS)
            return NextAppointment(
                given["kind"], day if day > self.base_day else self.base_day + timedelta(days=NEXT_DAYS)
            )
        if given["next_time"] == "other":
            return NextAppointment(given["next_kind"] or given["kind"], given["next_on"])
        return None

    # What the page draws

    def options(self, name: str) -> list[Option]:
        chosen = str(self[name].value() or "")
        return [
            Option(f"id_{name}_{value}", name, value, label, value == chosen)
            for value, label in self.fields[name].choices
        ]

    def kinds(self):
        found = {option.value: option for option in self.options("kind")}
        return [replace(found[kind], icon=row.icon) for kind, row in KINDS.items() if kind in found]

    def papers(self):
        return self.options("detail")

    def whens(self):
        return self.options("when")

    def outcomes(self):
        return self.options("outcome")

    def attitudes(self):
        return self.options("attitude")

    def bodies(self) -> list[Option]:
        chosen = {str(getattr(value, "pk", value)) for value in self["organisations"].value() or ()}
        return [
            Option(f"id_organisations_{body.pk}", "organisations", str(body.pk), body.short, str(body.pk) in chosen)
            for body in self.fields["organisations"].queryset
        ]

    def places(self):
        return self.options("place")

    def next_times(self):
        return self.options("next_time")

    @cached_property
    def picks(self) -> list[Pick]:
        """Whom the page offers: the chosen and the found first, then who is due, who was seen lately, the rest."""
        chosen, everybody = self.chosen("people"), self.fields["people"].queryset
        first = self.first_of(everybody, chosen)
        few = pressing.few_of(everybody)
        due = self.meetings_due(few or ())
        if few is None:
            known = sorted(
                pressing.read_pressing(everybody, self.user, self.on), key=lambda one: (one.sort_key, one.pk)
            )
        else:
            days = {pk: duty.latest for pk, duty in due.items()}
            known = [pressing.Pressing.of(person, days.get(person.pk)) for person in few]
        known.sort(key=lambda one: self.rank(one, chosen, first))
        self.first = len(first)
        self.is_cut = len(known) > max(OFFERED, self.first)
        ids = [one.pk for one in known[: max(OFFERED, self.first)]]
        people = {person.pk: person for person in (everybody.filter(pk__in=ids) if few is None else few)}
        offered = [people[pk] for pk in ids if pk in people]
        if few is None:
            due = self.meetings_due(offered)
        if self.is_bound:  # what was chosen for somebody who is chosen no more is shown again
            self.ask_apart(person.pk for person in offered if person.pk not in chosen)
        return [
            Pick(
                person=person,
                tell=person.tell_apart(self.user),
                duty=due.get(person.pk),
                checked=person.pk in chosen,
                outcome=self.drawn_apart("outcome", person.pk),
                attitude=self.drawn_apart("attitude", person.pk),
            )
            for person in offered
        ]

    def drawn_apart(self, name: str, pk: int) -> forms.BoundField | SafeString:
        """The field of one person; of those in which nothing was chosen one is drawn, and copied for everybody."""
        if f"{name}_{pk}" in self.fields:
            return self[f"{name}_{pk}"]
        return SafeString(self.blank_apart[name].replace(ANYBODY, f"{pk}"))  # nosec B703 # drawn by Django, with a number put in

    @cached_property
    def blank_apart(self) -> dict[str, str]:
        return {name: str(forms.BoundField(self, self.field_apart(name), f"{name}_{ANYBODY}")) for name in APART}

    def meetings_due(self, people: Sequence[Returnee]) -> dict[int, Duty]:
        """The most pressing meeting of each of these people, by id."""
        due: dict[int, Duty] = {}
        for duty in duties.duties_among(people, self.user, self.on) if people else ():
            if duty.kind in MEETINGS:
                due.setdefault(duty.person.pk, duty)
        return due

    def rank(self, one: Pressing, chosen: set[int], first: set[int]) -> tuple:
        if one.pk in chosen:
            return (0, date.min)
        if one.pk in first:
            return (1, date.min)
        if one.meet_by and one.meet_by < self.on + timedelta(days=WEEK_DAYS):
            return (2, one.meet_by)
        last = one.met_on
        if last and (self.on - last).days <= RECENT_DAYS:
            return (3, date.max - (last - date.min))  # the latest first
        return (4, date.max)

    @property
    def picks_in_sight(self) -> list[Pick]:
        """Whoever was chosen already, or looked for, stands alone; else the first few."""
        return self.picks[: self.first or IN_SIGHT]

    @property
    def picks_folded(self) -> list[Pick]:
        return self.picks[len(self.picks_in_sight) :]
