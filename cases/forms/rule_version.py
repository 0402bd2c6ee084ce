from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.law.versions import in_force
from cases.models import RuleVersion
from cases.models.rule_version import LONGEST_WAIT, PLACES, REFUSALS, place
from cases.reports.administration.rule_tables import BANDS, ROUTES, condition_name

REFUSED = dict(zip(REFUSALS, [_("After a first refusal"), _("After a later refusal")], strict=True))


def months_field(label, initial):
    return forms.IntegerField(label=label, initial=initial, min_value=1, max_value=LONGEST_WAIT, help_text=_("months"))


class RuleVersionForm(CaseForm):
    """A new version of the waiting periods, filled in with those in force today."""

    class Meta(CaseForm.Meta):
        model = RuleVersion
        fields = ["code", "title", "valid_from", "source", "certainty", "verified_by"]
        error_messages = {"code": {"unique": _("Another version bears this code already: choose a new one.")}}

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, on=on, **kwargs)
        rules = in_force(RuleVersion.objects.rule_sets(), on)
        now = {place(wait.column, wait.band): wait.months for wait in rules.waits}
        for column, band in PLACES:
            self.fields[place(column, band)] = months_field(BANDS[band], now[place(column, band)])
        for name, months in zip(REFUSALS, rules.rejection_months, strict=True):
            self.fields[name] = months_field(REFUSED[name], months)
        self.settled = {f"settled-{each.place}": each for each in rules.conditions}
        for name, each in self.settled.items():
            self.fields[name] = forms.BooleanField(
                label=condition_name(each), help_text=each.legal_basis, initial=each.obligations, required=False
            )
        periods = [
            Fieldset(title, Row(*(Column(place(column, band)) for band in BANDS))) for column, title in ROUTES.items()
        ]
        refused = Fieldset(_("New application to the court (Article 71)"), Row(*map(Column, REFUSALS)))
        settled = Fieldset(_("Waits for fees, compensation and other obligations"), *self.settled)
        self.helper.layout = Layout(*self._meta.fields, *periods, settled, refused, "uid")

    def clean(self):
        super().clean()
        names = [*(place(*each) for each in PLACES), *REFUSALS]
        self.instance.months = {name: self.cleaned_data.get(name) or self.fields[name].initial for name in names}
        told = {each.place: self.cleaned_data.get(name, each.obligations) for name, each in self.settled.items()}
        self.instance.settled_first = told
        return self.cleaned_data
