"""A unit among thousands: one line to type a code, a name or both into, with suggestions where there is a script."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.models import Unit
from cases.models.unit import bare, search_words

SHOWN = 10  # candidates named at once
LOOKED_AT = 200  # the best matches; more cannot be told apart by a name alone
CODE = re.compile(r"\d{1,5}(-[A-Za-z]\d{2})?|[\w-]*\d[\w-]*")

AMONG = {
    "mine": lambda user, on: Unit.objects.visible_to(user).on(on),
    "communes": lambda user, on: Unit.objects.on(on).communes(),
    "all": lambda user, on: Unit.objects.on(on),
}


class UnitInput(forms.TextInput):
    """A line that a small script turns into a list to choose from."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "spellcheck": "false", "maxlength": "200", **(attrs or {})})


class UnitSelect(forms.Select):
    """Hundreds of units to choose from, drawn at once: a template for each took longer than the figures below them.

    `data-no-names` says that no option names a person: no sealed name is looked for in them.
    """

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name, "data-no-names": True})
        chosen = set(self.format_value(value))
        groups = (
            (heading, format_html_join("", '<option value="{}"{}>{}</option>', _options(units, chosen)))
            for heading, units in self.choices
        )
        drawn = format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)
        return format_html("<select{}>{}</select>", flatatt(attrs), drawn)


def _options(units, chosen):
    selected = mark_safe(" selected")  # nosec B308 # a constant
    return ((pk, selected if str(pk) in chosen else "", name) for pk, name in units)


class UnitField(forms.CharField):
    """A unit of `queryset`, typed as its code, its name, or "Xã Nam Đà (24697), Tỉnh Lâm Đồng".

    `among` names the units a form offers by itself: "mine" (those of the user), "communes" or "all" in force that day.
    The queryset of a form may be set to others; the suggestions still come from `among`.
    """

    widget = UnitInput

    def __init__(self, *, among="mine", queryset=None, **kwargs):
        self.among, self._fixed = among, queryset is not None
        kwargs.setdefault("help_text", _("Code or name, for example 24697 or Nam Đà"))
        super().__init__(**kwargs)
        self.queryset = Unit.objects.none() if queryset is None else queryset
        path = reverse_lazy("unit-find")
        self.widget.attrs["data-unit-find"] = format_lazy("{}?{}", path, urlencode({"among": among}))

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.queryset = self.queryset.all()
        return copy

    def offer(self, user, on):
        """Let `user` choose among the units of the day; a field made with a queryset keeps it."""
        if not self._fixed:
            self.queryset = AMONG[self.among](user, on)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Unit):
            return value or None
        typed = str(value).strip()[:200]
        if not typed:
            return None
        candidates = self.candidates(typed)
        chosen = [unit for unit in candidates if search_words(unit.full_label) == search_words(typed)] or match_units(
            typed, candidates
        )
        if len(chosen) != 1:
            raise self.unclear(typed, chosen or candidates)
        return chosen[0]

    def candidates(self, typed):
        """The units of the queryset that the words may stand for, the nearest match first."""
        units = self.queryset.select_related("parent__parent")
        if coded := re.search(r"\(([\w-]+)", typed):
            typed = coded[1]
        if CODE.fullmatch(typed) and (found := list(units.filter(code__iexact=typed).order_by("-valid_from", "pk"))):
            return found
        return list(units.search(typed)[:LOOKED_AT]) if search_words(typed) else []

    def unclear(self, typed, candidates):
        if not candidates:
            said = _("No unit is called “%(value)s”: write its code or its name as on the official list.")
            return ValidationError(said, params={"value": typed[:60]}, code="unknown")
        names = "; ".join(unit.full_label for unit in candidates[:SHOWN]) + ("; …" if candidates[SHOWN:] else "")
        said = _("“%(value)s” does not name one unit. Is it one of these? %(names)s. Write the code.")
        return ValidationError(said, params={"value": typed[:60], "names": names}, code="unclear")

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Unit.objects.select_related("parent__parent").filter(pk=value).first()
        return value.full_label if isinstance(value, Unit) else value

    def has_changed(self, initial, data):
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def validate(self, value):
        if value is None:
            super().validate(value)

    def run_validators(self, value):
        """A unit that was found is one; there is no text left to check."""


def match_units(typed, candidates):
    """Return the candidates whose full name or code was typed."""
    words = set(search_words(typed).split())
    coded = re.search(r"\(([\w-]+)", typed)
    code = search_words(coded[1] if coded else typed)
    return [unit for unit in candidates if unit.code.lower() == code] or [
        unit for unit in candidates if set(bare(unit.name).split()) <= words
    ]
