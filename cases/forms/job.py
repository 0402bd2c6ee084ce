"""The filter above the background work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.event_filter import EventFilter
from cases.models import QueuedJob


class JobFilter(EventFilter):
    """Jobs of one state and one kind, asked for between two days, both included."""

    moment = "made_at"
    field_order = ["kind", "state", "since", "until"]

    kind = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Everything")), *QueuedJob.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Every state")), *QueuedJob.State.choices]
    )

    def narrow(self, events):
        events = super().narrow(events)
        asked = {name: value for name in ("kind", "state") if (value := self.cleaned_data.get(name))}
        return events.filter(**asked)
