from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.law.versions import in_force
from cases.law.waiting import Band
from cases.law.waiting import Column as Route
from cases.models import RuleVersion
from cases.models.rule_version import LONGEST_WAIT, PLACES, place

ROUTES = {
    Route.AUTOMATIC: _("By itself (Article 70)"),
    Route.COURT: _("By decision of the court (Article 71)"),
    Route.JUVENILE: _("Under 18 at the act (Article 107)"),
}
BANDS = {
    Band.A: _("Warning, fine, non-custodial, suspended"),
    Band.B: _("Prison up to 5 years"),
    Band.C: _("Prison over 5 to 15 years"),
    Band.D: _("Prison over 15 years, life, death commuted"),
}


class RuleVersionForm(CaseForm):
    """A new version of the waiting periods, filled in with those in force today."""

    class Meta(CaseForm.Meta):
        model = RuleVersion
        fields = ["code", "title", "valid_from", "source", "certainty", "verified_by"]
        error_messages = {"code": {"unique": _("Another version bears this code already: choose a new one.")}}

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, on=on, **kwargs)
        waits = in_force(RuleVersion.objects.rule_sets(), on).waits
        now = {place(wait.column, wait.band): wait.months for wait in waits}
        for column, band in PLACES:
            self.fields[place(column, band)] = forms.IntegerField(
                label=BANDS[band],
                initial=now[place(column, band)],
                min_value=1,
                max_value=LONGEST_WAIT,
                help_text=_("months"),
            )
        periods = [
            Fieldset(title, Row(*(Column(place(column, band)) for band in Band))) for column, title in ROUTES.items()
        ]
        self.helper.layout = Layout(*self._meta.fields, *periods, "uid")

    def clean(self):
        super().clean()
        names = [place(*each) for each in PLACES]
        self.instance.months = {name: self.cleaned_data.get(name) or self.fields[name].initial for name in names}
        return self.cleaned_data
