from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.forms.conflict import ConflictMixin
from cases.models import PersonalTask


class PersonalTaskForm(CaseForm):
    every = forms.ChoiceField(label=_("Again"), choices=[("", _("Once")), *PersonalTask.Every.choices], required=False)

    class Meta(CaseForm.Meta):
        model = PersonalTask
        fields = ["text", "due_on", "every"]


class PersonalTaskEditForm(ConflictMixin, PersonalTaskForm):
    """A task that may be open on two devices of the same officer."""
