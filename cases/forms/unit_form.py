from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.forms.report import ReportRequest, unit_choices


class UnitFormChoice(HouseForm):
    """Whose forms are shown."""

    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *, asked: ReportRequest, on, **kwargs):
        super().__init__(initial={"unit": asked.unit.pk}, on=on, **kwargs)
        self.fields["unit"].choices = unit_choices(asked, on)
