"""The filters above the log."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.event_filter import EventFilter
from cases.models import AuditEvent
from cases.reports.administration import audit_words


class AuditFilter(EventFilter):
    """Events between two days, both included, of one actor, of one kind."""

    actor = forms.ChoiceField(label=_("Who"), required=False)
    group = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = audit_words.actors(AuditEvent.objects.visible_to(self.user))
        self.fields["actor"].choices = [("", _("Everybody")), *known]
        groups = [(key, words) for key, words, _rows in audit_words.groups_for(self.user)]
        self.fields["group"].choices = [("", _("Everything")), *groups]

    def narrow(self, events):
        events = super().narrow(events)
        if actor := self.cleaned_data.get("actor"):
            events = events.filter(actor_id=actor)
        if group := self.cleaned_data.get("group"):
            events = audit_words.in_group(events, group)
        return events
