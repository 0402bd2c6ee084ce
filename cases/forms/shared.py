"""Data all units share: a dated row is entered, or one that was entered wrongly is corrected."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.forms.conflict import ConflictMixin
from cases.law.versions import in_force
from cases.lib import numbers
from cases.models import (
    DeadlineVersion,
    FormNameVersion,
    Holiday,
    LoanVersion,
    Organisation,
    PoliceVersion,
    RetentionVersion,
)


class PercentField(forms.DecimalField):
    """A percentage as Vietnam writes it: 6,24."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return numbers.parse_number(value)
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is no percentage: write it with a comma, for example 6,24."),
                params={"value": value[:30]},
                code="invalid",
            ) from None

    def prepare_value(self, value):
        return numbers.group(value) if isinstance(value, Decimal) else value


class DeadlineVersionForm(CaseForm):
    """A deadline with the day from which it holds and the text it stands in."""

    class Meta(CaseForm.Meta):
        model = DeadlineVersion
        fields = ["duty", "amount", "valid_from", "source", "certainty", "verified_by"]


class FormNameVersionForm(CaseForm):
    """How a form is called, with the day from which and the text it stands in."""

    class Meta(CaseForm.Meta):
        model = FormNameVersion
        fields = ["code", "title", "valid_from", "source", "certainty", "verified_by"]


class PoliceVersionForm(CaseForm):
    """How the bodies of a kind of unit sign, with the day from which and the text it stands in."""

    class Meta(CaseForm.Meta):
        model = PoliceVersion
        fields = ["word", "symbol", "head", "deputy", "valid_from", "source", "certainty", "verified_by"]


class LoanVersionForm(CaseForm):
    """The limits of credit from a day on, filled in with those that hold today."""

    class Meta(CaseForm.Meta):
        model = LoanVersion
        fields = [
            *("valid_from", "person_cap", "training_cap", "establishment_cap", "worker_cap", "window_months"),
            *("longest_months", "percent_a_year", "source", "certainty", "verified_by"),
        ]
        field_classes = {"percent_a_year": PercentField}

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, on=on, **kwargs)
        if not self.instance._state.adding:
            return
        rules, rates = LoanVersion.objects.tables()
        now = in_force(rules, on)
        self.initial |= {
            "person_cap": now.person_cap,
            "training_cap": now.training_cap_a_month,
            "establishment_cap": now.establishment_cap,
            "worker_cap": now.worker_cap,
            "window_months": now.window_months,
            "longest_months": now.longest_months,
            "percent_a_year": in_force(rates, on).percent_a_year,
        }


class RetentionVersionForm(CaseForm):
    """How long files of one ending are kept, with the day from which and the text it stands in."""

    class Meta(CaseForm.Meta):
        model = RetentionVersion
        fields = ["ending", "years", "warned", "valid_from", "source", "certainty", "verified_by"]


class HolidayForm(CaseForm):
    """A day off or a day worked instead, with the text it stands in; a day that stands already is corrected."""

    class Meta(CaseForm.Meta):
        model = Holiday
        fields = ["day", "kind", "name", "source", "certainty"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("uid", None)  # of a day there is one row, however often it is sent

    def validate_unique(self):
        """A day entered anew is what is corrected; of a day corrected there must be no other."""
        if not self.instance._state.adding:
            super().validate_unique()


class OrganisationForm(CaseForm):
    """A body of the 5+1: its names, its place in the lists, and from when to when it helps."""

    class Meta(CaseForm.Meta):
        model = Organisation
        fields = ["name", "short", "rank", "valid_from", "valid_to", "source"]
        help_texts = {
            "short": _("As it stands on buttons and in tables."),
            "valid_to": _("After this day it is no longer offered; what was recorded stays."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("uid", None)  # of a name there is one row, however often it is sent
        self.fields["source"].required = True


def correction(form_class):
    """The form of a row that stands already; safe for two administrators at once."""
    return type(f"Correct{form_class.__name__}", (ConflictMixin, form_class), {})
