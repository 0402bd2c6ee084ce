from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm, RowsField
from cases.models import Expungement

PAPERS = [(value, label) for value, label in Expungement.Evidence.choices if value != Expungement.Evidence.REGISTER]


class ExpungementForm(CaseForm):
    """Evidence that the record is cleared; slip No. 2 is no choice, nobody may ask a person for it."""

    evidence = forms.ChoiceField(
        label=_("Evidence"),
        choices=PAPERS,
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


class RegisterEvidenceForm(HouseForm):
    """The records that one paper clears, all of them ticked, and the paper."""

    records = RowsField(queryset=Expungement.objects.none(), label=_("Whose record is cleared"))
    evidence = forms.ChoiceField(label=_("Evidence"), choices=PAPERS, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Number or reference"),
        max_length=80,
        help_text=_("Of the paper that names all of them, for example the letter with the list."),
    )
    evidence_on = DayField(of="expungement.evidence_on", label=_("Dated"))
    reason = forms.CharField(
        label=_("Reason for a decision by hand"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for those whose clock does not say that the record can be cleared; it is kept with them."),
    )

    def __init__(self, *args, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["records"].queryset = records

    def chosen(self, rows):
        """The ids of `rows` that are ticked; all of them as the form is opened."""
        return {row.pk for row in rows if not self.is_bound or f"{row.pk}" in self.data.getlist("records")}
