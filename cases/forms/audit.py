"""The filters above the log."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.event_filter import EventFilter
from cases.models import User
from cases.reports.administration import audit_words


class AuditFilter(EventFilter):
    """Events between two days, both included, of those whose name is asked for, of one kind."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=80)
    group = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [(key, words) for key, words, _rows in audit_words.groups_for(self.user)]
        self.fields["group"].choices = [("", _("Everything")), *groups]

    def narrow(self, events):
        events = super().narrow(events)
        if actor := self.cleaned_data.get("actor"):
            events = events.filter(actor_id__in=list(User.objects.search(actor).values_list("pk", flat=True)))
        if group := self.cleaned_data.get("group"):
            events = audit_words.in_group(events, group)
        return events
