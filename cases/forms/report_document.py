"""What people write on the official report: its texts and letter, and figures by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, HouseForm
from cases.forms.conflict import ConflictMixin
from cases.lib.numbers import parse_number
from cases.models import ReportCell, ReportDocument

LARGE = {"rows": 9, "class": "report-text"}


class ReportDocumentForm(ConflictMixin, CaseForm):
    """A text left as it was drafted, or emptied, follows the figures; a changed one stays as it was written."""

    KEY = ("unit_id", "report", "period_start", "period_end", "lens")  # what a report is known by before it is saved

    class Meta(CaseForm.Meta):
        model = ReportDocument
        fields = [
            *ReportDocument.TEXTS,
            "place",
            "signed_on",
            "capacity",
            "signs_for",
            "position",
            "signatory_rank",
            "signatory_name",
            "recipients",
        ]
        widgets = {
            **{name: forms.Textarea(LARGE) for name in ReportDocument.TEXTS},
            "recipients": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "shortcomings": _("The figures show what is lacking; causes are yours to write."),
            "signs_for": _("Only where the head does not sign; empty stands for the head of the unit."),
            "position": _("Empty stands for the usual position."),
            "recipients": _("One a line."),
        }

    def __init__(self, *args, drafts, bodies, **kwargs):
        self.usual = {**drafts, "place": bodies.place, "recipients": bodies.usual_recipients}
        super().__init__(*args, **kwargs)
        self.initial.update({name: self.stored[name] for name in self.usual})
        self.fields["capacity"].choices = ReportDocument.Capacity.choices

    def stored_values(self):
        values = super().stored_values()
        return {**values, **{name: values[name] or usual for name, usual in self.usual.items()}}

    def row_key(self):
        return ":".join(str(getattr(self.instance, name)) for name in self.KEY)

    def clean(self):
        """What says the usual is not kept, so that it goes on following the figures and the name of the unit."""
        cleaned = super().clean()
        for name, usual in self.usual.items():
            if name in cleaned and _plain(cleaned[name]) == _plain(usual):
                cleaned[name] = ""
        return cleaned


def _plain(text):
    return "\n".join(line.strip() for line in text.strip().splitlines())


class ReportCellForm(HouseForm):
    """One figure written by hand, and why."""

    value = forms.CharField(
        label=_("Figure by hand"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It is printed below the table."))

    def __init__(self, *args, whole, **kwargs):
        super().__init__(*args, **kwargs)
        self.whole = whole

    def clean_value(self):
        typed = self.cleaned_data["value"]
        try:
            value = parse_number(typed)
        except ValueError:
            value = None
        if value is None or value < 0 or self.whole and value % 1:
            said = _("“%(value)s” is no such figure: write a whole number, for example 1.250.")
            if not self.whole:
                said = _("“%(value)s” is no such figure: write a number, for example 12,5.")
            raise forms.ValidationError(said, params={"value": typed})
        return round(value, 2)

    def cell(self, document, indicator):
        return ReportCell(document=document, indicator=indicator, **self.cleaned_data)


class CountAgainForm(HouseForm):
    """Why a figure written by hand is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
