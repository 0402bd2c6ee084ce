"""The day on which the tree of units is looked at."""

from django.utils.translation import gettext_lazy as _

from cases.forms.base import DayField, HouseForm


class UnitFilter(HouseForm):
    day = DayField(label=_("As it stood on"), required=False)

    @property
    def day_asked(self):
        """The day typed, or today where none was typed or it is no day."""
        self.is_valid()
        return self.cleaned_data.get("day") or self.on
