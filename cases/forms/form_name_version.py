from cases.forms.base import CaseForm
from cases.models import FormNameVersion


class FormNameVersionForm(CaseForm):
    """How a form is called, with the day from which and the text it stands in."""

    class Meta(CaseForm.Meta):
        model = FormNameVersion
        fields = ["code", "title", "valid_from", "source", "certainty", "verified_by"]
