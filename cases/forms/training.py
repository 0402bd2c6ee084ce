from cases.forms.base import CaseForm
from cases.forms.conflict import ConflictMixin
from cases.models import TrainingReferral


class TrainingForm(CaseForm):
    """A person sent to a course."""

    class Meta(CaseForm.Meta):
        model = TrainingReferral
        fields = ["course", "school", "referred_on", "note"]


class ProgressForm(ConflictMixin, CaseForm):
    """How the course goes on: the same facts, and begun, ended, with what result."""

    class Meta(CaseForm.Meta):
        model = TrainingReferral
        fields = ["course", "school", "referred_on", "started_on", "ended_on", "result", "note"]
