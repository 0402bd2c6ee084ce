"""The filter above the errors."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.event_filter import EventFilter
from cases.models.user import ROLE_NAMES


class ErrorFilter(EventFilter):
    """One error by its number, or those last seen between two days, both included, by users of one role."""

    moment = "last_at"
    field_order = ["number", "since", "until", "role"]

    number = forms.CharField(label=_("Error number"), required=False, max_length=6)
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Every role")), *ROLE_NAMES.items()]

    def narrow(self, events):
        events = super().narrow(events)
        asked = {name: value for name in ("number", "role") if (value := self.cleaned_data.get(name))}
        return events.filter(**asked)
