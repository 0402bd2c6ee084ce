"""The filters above the log."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DayField, HouseForm
from cases.models import AuditEvent
from cases.reports.administration import audit_words


class AuditFilter(HouseForm):
    """Events between two days, both included, of one actor, of one kind."""

    since = DayField(of="asked.day", label=_("From"), required=False)
    until = DayField(of="asked.day", label=_("To"), required=False)
    actor = forms.ChoiceField(label=_("Who"), required=False)
    group = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = audit_words.actors(AuditEvent.objects.visible_to(self.user))
        self.fields["actor"].choices = [("", _("Everybody")), *known]
        groups = [(key, words) for key, words, _rows in audit_words.groups_for(self.user)]
        self.fields["group"].choices = [("", _("Everything")), *groups]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first one."))
        return cleaned

    def narrow(self, events):
        """The events asked for; a choice that is none leaves the list as it is."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("since"):
            events = events.filter(at__gte=moment(chosen["since"], time.min))
        if chosen.get("until"):
            events = events.filter(at__lte=moment(chosen["until"], time.max))
        if chosen.get("actor"):
            events = events.filter(actor_id=chosen["actor"])
        if chosen.get("group"):
            events = audit_words.in_group(events, chosen["group"])
        return events


def moment(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
