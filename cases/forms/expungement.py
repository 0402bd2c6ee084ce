from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.models import Expungement


class ExpungementForm(CaseForm):
    """Evidence that the record is cleared; slip No. 2 is no choice, nobody may ask a person for it."""

    evidence = forms.ChoiceField(
        label=_("Evidence"),
        choices=Expungement.Evidence.choices,
        widget=forms.RadioSelect,
        help_text=_("One of these is enough. Judicial record slip No. 2 may not be asked for."),
    )

    class Meta(CaseForm.Meta):
        model = Expungement
        fields = ["evidence", "evidence_on", "reference", "note", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Only where the clock does not say that the record can be cleared, or the evidence is older than its day."
        )
