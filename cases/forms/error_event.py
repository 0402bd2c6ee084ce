"""The filter above the errors."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.audit import moment
from cases.forms.base import DayField, HouseForm
from cases.models.user import ROLE_NAMES


class ErrorFilter(HouseForm):
    """One error by its number, or those last seen between two days, both included, by users of one role."""

    number = forms.CharField(label=_("Error number"), required=False, max_length=6)
    role = forms.ChoiceField(label=_("Role"), required=False)
    since = DayField(of="asked.day", label=_("From"), required=False)
    until = DayField(of="asked.day", label=_("To"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Every role")), *ROLE_NAMES.items()]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first one."))
        return cleaned

    def narrow(self, events):
        """The errors asked for; a choice that is none leaves the list as it is."""
        self.is_valid()
        chosen = self.cleaned_data
        conditions = {
            "number": chosen.get("number"),
            "role": chosen.get("role"),
            "last_at__gte": chosen.get("since") and moment(chosen["since"], time.min),
            "last_at__lte": chosen.get("until") and moment(chosen["until"], time.max),
        }
        return events.filter(**{key: value for key, value in conditions.items() if value})
