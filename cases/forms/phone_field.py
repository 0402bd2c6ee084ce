"""A telephone number as it is typed, pasted or dictated: in groups, with +84, with invisible marks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.lib import identity, written
from cases.lib.text import clean


def read_phone(typed):
    """The domestic digits, "" of an empty field; ValidationError where it is no number, or several."""
    if not typed:
        return ""
    try:
        return identity.phone(clean(typed))
    except ValueError:
        numbers, _rest = written.phones(typed)
    if len(numbers) > 1:
        raise ValidationError(
            _("Here stand %(count)d numbers, one has room: %(numbers)s."),
            params={"count": len(numbers), "numbers": ", ".join(map(identity.spaced_phone, numbers))},
            code="several",
        )
    raise ValidationError(_("This is no telephone number: write 10 digits, for example 0912 345 678."), code="phone")


class PhoneField(forms.CharField):
    """One number; there is room to paste two, which are asked about instead of cut off."""

    def __init__(self, **kwargs):
        kwargs["max_length"] = 60
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(**kwargs)
