from cases.forms.base import CaseForm
from cases.models import Holiday


class HolidayForm(CaseForm):
    """A day off or a day worked instead, with the text it stands in; a day that stands already is corrected."""

    class Meta(CaseForm.Meta):
        model = Holiday
        fields = ["day", "kind", "name", "source", "certainty"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["uid"]  # of a day there is one row, however often it is sent

    def validate_unique(self):
        """The day is what is corrected."""
