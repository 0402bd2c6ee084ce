from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.law.forms import HELPER_REPORT
from cases.models import DossierPaper
from cases.templatetags.words import period_label


class DossierPaperForm(CaseForm):
    """The signed paper that lies in the dossier; of the helper's report also its quarter."""

    quarter = forms.TypedChoiceField(label=_("Quarter"), coerce=date.fromisoformat)

    class Meta(CaseForm.Meta):
        model = DossierPaper
        fields = ["quarter", "on", "number"]

    def __init__(self, *args, quarters=(), **kwargs):
        """`quarters`: the periods to choose from."""
        super().__init__(*args, **kwargs)
        if self.instance.code == HELPER_REPORT:
            self.fields["quarter"].choices = [(f"{each.start}", period_label(each)) for each in quarters]
            self.initial["quarter"] = f"{self.instance.quarter}"
        else:
            del self.fields["quarter"]
