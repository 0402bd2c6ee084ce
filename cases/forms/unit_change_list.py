"""Changes of units from a workbook: the file, and its rows on their way from the preview to the change."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.forms.importing import WorkbookForm
from cases.importing.change_list import CHANGES, MOST

LONGEST_CELL = 1000


class ChangeListFileForm(WorkbookForm):
    """The workbook with one row for each unit."""


class ChangeListForm(HouseForm):
    """The rows of a list as they were typed."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    rows = forms.JSONField(widget=forms.HiddenInput)

    def clean_rows(self):
        rows = self.cleaned_data["rows"]
        if not isinstance(rows, list) or not 0 < len(rows) <= MOST or not all(map(is_row, rows)):
            raise ValidationError(_("The list came back damaged: upload the workbook again."), code="damaged")
        return [(number, cells) for number, cells in rows]


def is_row(row):
    """Whether what came back is the number of a row and its cells."""
    if not isinstance(row, list) or [type(part) for part in row] != [int, dict]:
        return False
    known = CHANGES.by_field
    return all(name in known and isinstance(cell, str) and len(cell) <= LONGEST_CELL for name, cell in row[1].items())
