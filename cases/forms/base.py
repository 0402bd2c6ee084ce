"""What all forms share: the client-made id, days as they are written in Vietnam, sums with dots."""

import re
import uuid
from datetime import timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.forms.unit_field import UnitField
from cases.lib import numbers, written
from cases.lib.dates import YearError, days_meant, parse_day, parse_moment
from cases.lib.limits import Ceiling, DayFacts
from cases.models import Organisation, limits
from cases.models.stamped import is_recorded
from cases.reports.people import sealed

COMMAS = re.compile(r"\d{1,3}(,\d{3}){2,}", re.ASCII)  # 5,000,000 can only be five million


EITHER = "data-either"  # of a field that may stay empty only where another one says the same
SMALL = 100_000  # a sum that is asked about where its unit is missing
SUMS = {
    *("obligation.amount", "administrativeviolation.fine", "loan.amount"),
    *("jobreferral.monthly_income", "jobcheck.monthly_income"),
    *("loanversion.person_cap", "loanversion.training_cap", "loanversion.establishment_cap", "loanversion.worker_cap"),
}


class DayInput(forms.DateInput):
    """A day typed as dd/mm/yyyy; a small script adds a calendar to pick from."""

    def __init__(self, attrs=None):
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "maxlength": "10", "data-day": "", **(attrs or {})},
            "%d/%m/%Y",
        )


class DayField(forms.DateField):
    """A day of the field `of` (or of several), within the floor and the ceiling it has in `cases.models.limits`.

    `not_after` is a nearer ceiling, where a form has one. What only the record knows (a birth, a completion) its model
    asks again when it is saved.
    """

    widget = DayInput

    def __init__(self, *, of, not_after=None, **kwargs):
        self.of = (of,) if isinstance(of, str) else of
        self.not_after, self.on, self.facts = not_after, None, DayFacts()
        kwargs["help_text"] = kwargs.get("help_text") or _("dd/mm/yyyy")
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return parse_day(value)
        except YearError as error:
            raise ValidationError(
                _("%(year)s cannot be the year of “%(value)s”: check it."),
                params={"value": value[:30], "year": error.year},
                code="year",
            ) from None
        except ValueError:
            self.refuse_moment(value)
            return self.short_day(value)

    def refuse_moment(self, value):
        """31/08/2025 17:00: what a program wrote may be the next day here, so nothing is rounded."""
        try:
            days = days_meant(parse_moment(value))
        except ValueError:
            return
        either = " / ".join(dict.fromkeys(f"{day:%d/%m/%Y}" for day in days))
        raise ValidationError(
            _("“%(value)s” holds a time too: write the day alone, %(days)s."),
            params={"value": value[:30], "days": either},
            code="moment",
        )

    def short_day(self, value):
        """1/2/26 or 010226: the day of that century which the field can hold; where both can be, it is asked."""
        try:
            days = written.parse_short_day(value)
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a day: write it as dd/mm/yyyy, for example 05/03/2024."),
                params={"value": value[:30]},
                code="invalid",
            ) from None
        possible = [day for day in days if self.can_hold(day)]
        if len(possible) > 1:
            raise ValidationError(
                _("“%(value)s” can be of %(first)d or %(second)d: write the year with four digits."),
                params={"value": value[:30], "first": days[0].year, "second": days[1].year},
                code="century",
            )
        return (possible or days)[-1]

    def can_hold(self, day):
        try:
            self.validate(day)
        except ValidationError:
            return False
        return True

    def validate(self, value):
        super().validate(value)
        if not value:
            return
        if self.not_after:
            limits.check_ceiling(Ceiling.TODAY, value, self.not_after)
        for name in self.of:
            known = limits.LIMITS[name]
            limits.check_floor(known.floor, value, self.facts)
            if self.on:
                limits.check_ceiling(known.ceiling, value, self.on)


class MoneyField(forms.IntegerField):
    """A sum in đồng, as people type it: 5.000.000, 5000000, 5tr, 50k; what reads in two ways ("1.5") is refused.

    So is a small number without its unit: who types "50000" may mean so many thousand.
    """

    widget = forms.TextInput(attrs={"autocomplete": "off", "data-money": ""})

    def __init__(self, *, max_value=100_000_000_000, **kwargs):
        super().__init__(min_value=0, max_value=max_value, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            typed = value.strip()
            if COMMAS.fullmatch(typed):
                typed = typed.replace(",", ".")
            try:
                value = numbers.parse_sum(typed) if typed else ""
            except ValueError:
                raise ValidationError(
                    _("“%(value)s” is not a sum: write for example 5.000.000 or 5tr."),
                    params={"value": value[:30]},
                    code="invalid",
                ) from None
            if value and value < SMALL and typed[-1].isdecimal():
                raise ValidationError(
                    _("“%(typed)s” can be %(few)s or %(many)s VND: write the unit, %(few)sđ or %(many)sđ."),
                    params={"typed": typed[:30], "few": numbers.group(value), "many": numbers.group(value * 1000)},
                    code="small",
                )
        return super().to_python(value)

    def prepare_value(self, value):
        if not isinstance(value, int):
            return value
        return f"{numbers.group(value)}đ" if 0 < value < SMALL else numbers.group(value)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to tick; an id longer than any database holds is one more that is not on the list."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(
                self.error_messages["invalid_choice"], params={"value": "…"}, code="invalid_choice"
            ) from None


def fields_of_the_house(field, **kwargs):
    """Days, sums and rows get the fields above in every model form."""
    if field.many_to_many:
        return field.formfield(form_class=RowsField, **kwargs)
    name = f"{field.model._meta.model_name}.{field.name}"
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return field.formfield(form_class=DayField, of=name, **kwargs)
    if name in SUMS:
        kwargs.pop("widget", None)
        return MoneyField(label=field.verbose_name.capitalize(), required=not field.blank, help_text=_("in đồng"))
    return field.formfield(**kwargs)


def _is_text(value):
    return isinstance(value, str) and " " in value


class MaskedMixin:
    """A text on file is shown without the names of sealed people, and keeps them when it is saved again."""

    @cached_property
    def mask(self):
        return sealed.mask(self.user, texts=filter(_is_text, self.told()))

    def told(self):
        """What the form may show of what somebody wrote."""
        return [*self.initial.values(), *(field.initial for field in self.fields.values()), *self.data.values()]

    def hide(self, value):
        return self.mask.hide(value, sealed.mark()) if _is_text(value) else value

    def get_initial_for_field(self, field, field_name):
        value = super().get_initial_for_field(field, field_name)
        return self.hide(value) if type(field) is forms.CharField and not field.widget.is_hidden else value

    def _clean_fields(self):
        super()._clean_fields()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and sealed.mark() in value:
                stored = super().get_initial_for_field(self.fields[name], name)
                self.cleaned_data[name] = self.mask.restore(value, stored or "", sealed.mark())


class HouseForm(MaskedMixin, forms.Form):
    """A plain form: knows who fills it in (`user`) and on which day (`on`)."""

    past_days = ()  # days that may not lie ahead in this form, though their fields may
    question = None  # what is asked before it is recorded

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        prepare(self)


class RelativeForm(HouseForm):
    """A form whose answers count from "today": they count from the day it showed when it was opened, `base_day`.

    The day it showed is believed for the one night in which a form may be open; an older or a forged one is not, and
    is at hand as `shown_before` for a form in which that day can be chosen.
    """

    shown_on = DayField(of="asked.day", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name, yesterday = self.add_prefix("shown_on"), self.on - timedelta(days=1)
        shown = shown_day(self.data.get(name)) if self.is_bound else None
        self.base_day = yesterday if shown == yesterday else self.on
        self.shown_before = shown if shown and shown < yesterday else None
        self.initial["shown_on"] = f"{self.base_day:%d/%m/%Y}"
        if self.is_bound:
            self.data = self.data.copy()
            self.data[name] = self.initial["shown_on"]


def shown_day(text):
    """The day a form says it showed; None where it is none, or not written as forms write it."""
    try:
        day = parse_day(text or "")
    except ValueError:
        return None
    return day if text == f"{day:%d/%m/%Y}" else None


class CaseForm(MaskedMixin, forms.ModelForm):
    """A model form: as HouseForm, and a new row carries an id made with the form, so that it is saved once."""

    past_days = ()
    question = None

    class Meta:
        formfield_callback = fields_of_the_house

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        if self.instance._state.adding:
            self.fields["uid"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        prepare(self)

    def made(self):
        """The record the form makes, and whom it is about where that is no field of it."""
        return self.instance, ()

    def _post_clean(self):
        """A uid seen before is no mistake, nor is the row it made in its own way: the action finds that row."""
        uid = self.cleaned_data.get("uid") if self.instance._state.adding else None
        if uid:
            self.instance.uid = uid
        if uid and is_recorded(type(self.instance), uid):
            self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields)
        else:
            super()._post_clean()


def is_of_today(form, field):
    """Whether a body is chosen for something new: who corrects an old record still finds the body of that time."""
    is_new = not hasattr(form, "instance") or form.instance._state.adding
    return is_new and getattr(getattr(field, "queryset", None), "model", None) is Organisation


def prepare(form):
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    for name, field in form.fields.items():
        if isinstance(field, DayField):
            field.on = form.on
            field.facts = limits.day_facts(form.instance) if hasattr(form, "instance") else DayFacts()
            if name in form.past_days:
                field.not_after = form.on
        if isinstance(field, UnitField):
            field.offer(form.user, form.on)
        if is_of_today(form, field):
            field.queryset = field.queryset.on(form.on)
        if not field.required and not isinstance(field, forms.BooleanField) and EITHER not in field.widget.attrs:
            field.widget.attrs.setdefault("data-optional", "")
