from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.models import SensitiveNote


class SensitiveNoteForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = SensitiveNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": _(
                "Read by the officer in charge and the chief alone. It is in no report, list, search or file, "
                "and never on the device; the history says only that it was written."
            ),
        }
