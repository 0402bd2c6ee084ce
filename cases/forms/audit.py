"""The filters above the log."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.forms.event_filter import EventFilter
from cases.models import User
from cases.reports.administration import audit_words

FEW = 30  # accounts whose events are read by the index of who acted alone


class AuditFilter(EventFilter):
    """Events between two days, both included, of those whose name is asked for, of one kind."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=80)
    group = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [(key, words) for key, words, _rows in audit_words.groups_for(self.user)]
        self.fields["group"].choices = [("", _("Everything")), *groups]

    @cached_property
    def actors(self):
        """Ids of those whose name was asked for; None where none was."""
        self.is_valid()
        asked = self.cleaned_data.get("actor")
        return list(User.objects.search(asked).order_by("pk").values_list("pk", flat=True)) if asked else None

    @property
    def asks_for_few(self):
        """Whether what was asked for names a few accounts."""
        return self.actors is not None and len(self.actors) <= FEW

    def narrow(self, events):
        events = super().narrow(events)
        if self.actors is not None:
            events = events.filter(actor_id__in=self.actors)
        if group := self.cleaned_data.get("group"):
            events = audit_words.in_group(events, group)
        return events
