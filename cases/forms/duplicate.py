from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm


class ApartForm(HouseForm):
    """Two files that are of two people, and how one knows."""

    first = forms.IntegerField(widget=forms.HiddenInput)
    second = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("How it is known"), max_length=300, required=False)

    def clean(self):
        if self.cleaned_data.get("first") == self.cleaned_data.get("second"):
            raise ValidationError(_("A file cannot be compared with itself."), code="same")
        return self.cleaned_data
