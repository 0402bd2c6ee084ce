from cases.forms.base import CaseForm
from cases.models import DeadlineVersion


class DeadlineVersionForm(CaseForm):
    """A deadline with the day from which it holds and the text it stands in."""

    class Meta(CaseForm.Meta):
        model = DeadlineVersion
        fields = ["duty", "amount", "valid_from", "source", "certainty", "verified_by"]
