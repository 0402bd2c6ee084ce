"""Putting a duty off: until when, and why."""

import uuid
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.activity import SNOOZE_DAYS
from cases.forms.base import DayField, RelativeForm
from cases.lib.dates import add_months
from cases.lib.tet import next_tet


def days_from(day: date) -> dict[str, date]:
    """Until when something is put off from `day` on, by the word for how long."""
    return {"week": day + timedelta(days=7), "month": add_months(day, 1)}


class SnoozeForm(RelativeForm):
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    how_long = forms.ChoiceField(label=_("Put off until"), widget=forms.RadioSelect, initial="week")
    until = DayField(
        of="snooze.until", label=_("Day"), required=False, help_text=_("Only for another day: dd/mm/yyyy.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("For example: working in Bình Dương until Tết.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days_from(self.base_day)
        tet = next_tet(self.base_day)
        if tet and tet > self.base_day + timedelta(days=1):
            self.days["tet"] = tet - timedelta(days=1)
        words = {"week": _("One week"), "month": _("One month"), "tet": _("Until Tết")}
        self.fields["how_long"].choices = [
            *((key, f"{words[key]} ({day:%d/%m/%Y})") for key, day in self.days.items()),
            ("other", _("Another day")),
        ]

    def clean(self):
        if self.cleaned_data.get("how_long") == "other" and "until" not in self.errors:
            self.check_until(self.cleaned_data.get("until"))
        return self.cleaned_data

    def check_until(self, day):
        if day is None:
            self.add_error("until", _("Choose the day."))
        elif not self.base_day < day <= self.base_day + timedelta(days=SNOOZE_DAYS):
            self.add_error("until", _("Choose a day from tomorrow to a year ahead."))

    def last_day(self) -> date:
        return self.days.get(self.cleaned_data["how_long"]) or self.cleaned_data["until"]
