from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm, RowsField
from cases.models import Returnee


class AnonymiseForm(HouseForm):
    """Whom to anonymise, each ticked, and that it is known to be for good."""

    people = RowsField(queryset=Returnee.objects.none(), label=_("Whose time is over"))
    sure = forms.BooleanField(
        label=_("I have looked at each of them, and know that this cannot be undone"),
        error_messages={"required": _("Tick that you know it cannot be undone.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people

    def chosen(self, files):
        """The ids of `files` that are ticked; nobody as the form is opened."""
        ticked = set(self.data.getlist("people")) if self.is_bound else set()
        return {each.person.pk for each in files if f"{each.person.pk}" in ticked}
