import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from cases.forms.base import EITHER, HouseForm, prepare
from cases.importing.columns import RegisterColumn, RegisterSheet
from cases.importing.limits import LIMITS, MB
from cases.importing.rows import CELL, EARLIER, HEIR, LETTERS, NAMES, SWAP, TIME, digest
from cases.models import ImportRun, StagedRow

ENDINGS = (".xlsx", ".xls", ".ods")
LONG_TEXT = 200
QUESTIONS = {  # what an importer may be asked about a row
    HEIR: _("Belongs to today"),
    EARLIER: _("Is it a row loaded before?"),
    TIME: _("Which day is meant?"),
    SWAP: _("Are day and month the wrong way round?"),
    LETTERS: _("Are these old letters?"),
    NAMES: _("Which of it is the name?"),
}


class WorkbookForm(HouseForm):
    """A workbook as a file, or its cells pasted: one of the two."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("Any register or list as a file that ends in .xlsx, .xls or .ods, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS), EITHER: True}),
        required=False,
    )
    cells = forms.CharField(
        label=_("Or paste cells"),
        help_text=_("Copy the rows in Excel with their headings and paste them here."),
        widget=forms.Textarea(attrs={"rows": 3, EITHER: True}),
        required=False,
        strip=False,
        max_length=2_000_000,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None:
            return file
        if file.size > LIMITS["upload"]:
            words = _("The file is larger than %(size)d MB: split it into several files.")
            raise ValidationError(words, params={"size": LIMITS["upload"] // MB}, code="large")
        if not file.name.lower().endswith(ENDINGS):
            raise ValidationError(
                _("“%(name)s” is no .xlsx, .xls or .ods file: open it in Excel and save it as a workbook (.xlsx)."),
                params={"name": file.name[-60:]},
                code="kind",
            )
        return file

    def clean(self):
        given = super().clean()
        cells = given.get("cells") or ""
        if not given.get("file") and not self.errors:
            if not cells.strip():
                self.add_error("file", _("Choose a file, or paste the cells."))
            elif "\t" not in cells:
                self.add_error("cells", _("These are no cells of several columns: copy them in Excel and paste them."))
        return given

    @property
    def upload(self) -> tuple[str, bytes]:
        """Name and content: of the file, else of the pasted cells."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        return gettext_now("Pasted cells"), self.cleaned_data["cells"].encode()


class UploadForm(WorkbookForm):
    """A register or a list of notices."""

    field_order = ("uid", "kind", "file", "cells")

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(label=_("Kind of workbook"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = ImportRun.kinds_of(self.user)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].initial = kinds[0] if kinds else None


class RowForm(forms.Form):
    """One row of an uploaded workbook, as it was typed, with what is wrong beside each cell."""

    def __init__(self, data, *, staged: StagedRow, sheet: RegisterSheet):
        super().__init__(data, initial=staged.cells)
        self.staged, self.sheet = staged, sheet
        self.seen = digest(*staged.cells.items())
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, initial=self.seen, required=False)
        for column in sheet.columns:
            self.fields[column.field] = field_of(column, staged.cells.get(column.field, ""))
        for question, choices in staged.choices:
            if not question.startswith(CELL):
                self.ask(question, choices)
        prepare(self)

    def ask(self, question: str, choices: list[list[str]]):
        named = [(code, f"{words} ({code})" if question == HEIR else words) for code, words in choices]
        offered = [("", gettext_now("Choose")), *named]
        self.fields[question] = forms.ChoiceField(choices=offered, required=False, label=QUESTIONS[question])
        if question == HEIR:
            self.fields["all_of_hamlet"] = forms.BooleanField(
                required=False, label=_("Also everybody else of this commune and hamlet in the workbook")
            )

    def show_findings(self):
        """Say beside each cell what the check found; needs no form sent."""
        by_header = {column.header: column.field for column in self.sheet.columns}
        self._errors = self._errors or forms.utils.ErrorDict()
        for said in self.staged.messages:
            name = by_header[said["column"]]
            if said["level"] == "error":
                self._errors.setdefault(name, self.error_class()).append(said["text"])
            else:
                self.fields[name].help_text = said["text"]

    def show_meanwhile(self):
        """The row was corrected on another page: say at each cell what stands now, and compare with that next time."""
        self.data = self.data.copy()
        self.data["seen"] = self.seen
        self.add_error(None, gettext_now("Another page has corrected this row meanwhile: compare, then save again."))
        for name in self.sheet.by_field:
            now = self.staged.cells.get(name, "")
            if self.cleaned_data.get(name, "").strip() != now:
                self.add_error(name, gettext_now("“%(value)s” stands here now.") % {"value": now})

    def typed(self) -> dict[str, str]:
        """The cells that differ from what stands in the file."""
        names = [column.field for column in self.sheet.columns]
        found = {name: self.cleaned_data[name].strip() for name in names}
        changed = {name: text for name, text in found.items() if text != self.staged.cells.get(name, "")}
        changed |= {name: self.cleaned_data[name] for name in QUESTIONS if self.cleaned_data.get(name)}
        return changed


def field_of(column: RegisterColumn, cell: str) -> forms.Field:
    """A list where the column has one, with the wrong word of the file on top; text for all else."""
    if column.choices:
        words = dict.fromkeys([cell, "", *column.choices])
        choices = [(word, word or "—") for word in words]
        return forms.ChoiceField(label=column.header, required=column.required, choices=choices)
    widget = forms.Textarea(attrs={"rows": 3}) if len(cell) > LONG_TEXT else forms.TextInput
    return forms.CharField(label=column.header, required=column.required, max_length=4000, widget=widget)
