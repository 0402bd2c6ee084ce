"""What was written on a device without a network and has no form of its own on a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.forms.phone_field import PhoneField, read_phone
from cases.forms.quick_log import ScopedPeopleField
from cases.models import KINDS, Activity, Returnee
from cases.reports.work import duties

PHONES = [("phone", _("Of the person")), ("household_phone", _("Of the household"))]


def visit_choices():
    """What can be said of a visit on a device; help with a paper asks which, and is logged on its page."""
    kinds = [(kind.value, kind.label) for kind in KINDS if kind != Activity.Kind.PAPERWORK]
    return {"kinds": kinds, "places": Activity.Place.choices}


class PhoneForm(HouseForm):
    """A new telephone number of one person; `before` is what stood there when the device was filled."""

    uid = forms.UUIDField()
    people = ScopedPeopleField(queryset=Returnee.objects.none(), label=_("Whose"))
    field = forms.ChoiceField(label=_("Whose number"), choices=PHONES)
    number = PhoneField(label=_("Phone"))
    before = forms.CharField(required=False, max_length=20)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = duties.people_of(self.user, self.on).filter(completed_on__lte=self.on)

    def clean_people(self):
        people = self.cleaned_data["people"]
        if len(people) > 1:
            raise forms.ValidationError(_("A number is of one person: choose one."), code="several")
        return people

    def clean_number(self):
        return read_phone(self.cleaned_data["number"])
