"""What every filter above rows of a moment has: two days, both included."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from cases.forms.base import DayField, HouseForm
from cases.models.moment import moment_on


class EventFilter(HouseForm):
    """Rows whose `moment` lies between two days, both included."""

    moment = "at"

    since = DayField(of="asked.day", label=_("From"), required=False)
    until = DayField(of="asked.day", label=_("To"), required=False)

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first one."))
        return cleaned

    def narrow(self, events):
        """The rows asked for; a choice that is none leaves the list as it is."""
        self.is_valid()
        if since := self.cleaned_data.get("since"):
            events = events.filter(**{f"{self.moment}__gte": moment_on(since)})
        if until := self.cleaned_data.get("until"):
            events = events.filter(**{f"{self.moment}__lte": moment_on(until, time.max)})
        return events
