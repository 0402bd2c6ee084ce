from collections import Counter

from django import forms
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, prepare
from cases.forms.conflict import ConflictMixin
from cases.importing.mapping import Mapping
from cases.importing.synonyms import NOTE, NOTHING, targets
from cases.models import HeadingSynonym, ImportRun


def target_choices(kind: str) -> list[tuple[str, str]]:
    """What a column may be read as, with the way to leave it out first."""
    return [(NOTHING, gettext_now("Not read")), *((code, each.words) for code, each in targets(kind).items())]


class ColumnField(forms.ChoiceField):
    """What a column is read as; that it is not read is an answer too, so nothing is left open."""

    empty_values = (None,)


class MappingForm(forms.Form):
    """The columns of a sheet that is no template: heading, samples, and what each is read as."""

    use_required_attribute = False

    def __init__(self, data, *, mapping: Mapping, kind: str):
        super().__init__(data)
        self.mapping, self.kind = mapping, kind
        for column in mapping.columns:
            self.fields[self.name_of(column)] = ColumnField(
                label=column.heading,
                choices=target_choices(kind),
                initial=column.target,
                help_text=" · ".join(column.samples) or _("Empty column"),
            )
        if mapping.more:
            names = [(each.sheet, each.sheet) for each in mapping.more]
            self.fields["more"] = forms.MultipleChoiceField(
                label=_("Sheets with the same headings, read too"),
                choices=names,
                initial=[each.sheet for each in mapping.more if each.is_read],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        prepare(self)

    @staticmethod
    def name_of(column) -> str:
        return f"column_{column.place}"

    def clean(self):
        chosen = self.chosen()
        self._need_names(chosen)
        counted = Counter(code for code in chosen.values() if code not in (NOTHING, NOTE))
        for column in self.mapping.columns:
            if counted[chosen.get(column.place)] > 1:
                words = _("Another column is read so too: choose which of them it is.")
                self.add_error(self.name_of(column), words)
        return self.cleaned_data

    def _need_names(self, chosen):
        if not any(code.endswith(".full_name") for code in chosen.values()):
            self.add_error(None, _("No column is read as the full name: choose the one that holds it."))

    def mapping_chosen(self) -> Mapping:
        """The columns and sheets as they were chosen."""
        return self.mapping.choose(self.chosen()).read_sheets(self.cleaned_data.get("more", ()))

    def chosen(self) -> dict[int, str]:
        """What each column is read as, by its place."""
        names = {column.place: self.name_of(column) for column in self.mapping.columns}
        return {place: self.cleaned_data[name] for place, name in names.items() if name in self.cleaned_data}


class SheetForm(forms.Form):
    """Which of the sheets with other headings is to be read instead."""

    sheet = forms.ChoiceField(label=_("Read another sheet of the file instead"))

    def __init__(self, data, *, mapping: Mapping):
        super().__init__(data)
        self.fields["sheet"].choices = [(name, name) for name in mapping.others]
        prepare(self)


class SynonymForm(CaseForm):
    """What registers call a column too, and from when to when it is read so."""

    class Meta(CaseForm.Meta):
        model = HeadingSynonym
        fields = ["word", "target", "valid_from", "valid_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"] = forms.ChoiceField(
            label=_("Column of the register"),
            choices=target_choices(ImportRun.Kind.REGISTER),
            required=False,
            initial=self.instance.target,
        )
        prepare(self)


class SynonymCorrectionForm(ConflictMixin, SynonymForm):
    """The same of a word that was entered; safe for two administrators at once."""
