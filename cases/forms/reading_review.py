"""Signing the unusual readings of a month: a word for a line where one is needed, and one for all."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm


class ReadingReviewForm(HouseForm):
    """One field for each line of the page, by its key, and a remark on all of them."""

    remark = forms.CharField(
        label=_("Remark on the month"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args, lines, **kwargs):
        self.lines = lines
        super().__init__(*args, **kwargs)
        for line in lines:
            attrs = {"aria-label": f"{line.words}: {line.actor}"}
            self.fields[line.key] = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs=attrs))

    def said(self):
        """The lines as they are signed, each with its word."""
        return [{**line.kept(), "remark": self.cleaned_data[line.key].strip()} for line in self.lines]
