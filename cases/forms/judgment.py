import json
from datetime import date

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db import models
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from cases.actions import judgment as judgments
from cases.forms.base import CaseForm, DayField
from cases.forms.conflict import ConflictMixin
from cases.law.chapters import NAMES, chapter_of
from cases.lib.text import UNKNOWN
from cases.models import AdditionalPenalty, Judgment, Obligation, Offence, limits

EXTRA_ROWS = 3


class PartForm(CaseForm):
    """One row of what a judgment holds; it has no id of its own, the judgment has."""

    def __init__(self, *args, user, on, person, **kwargs):
        super().__init__(*args, user=user, on=on, **kwargs)
        self.fields.pop("uid", None)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.facts = limits.day_facts(person)


class OffenceForm(PartForm):
    class Meta(CaseForm.Meta):
        model = Offence
        fields = ["name", "article", "clause", "chapter", "fault", "severity", "act_on"]
        help_texts = {"chapter": _("Follows from the article; only for a judgment by an older Code.")}

    def clean_article(self):
        return self.cleaned_data["article"].strip().lower()

    def clean_chapter(self):
        chapter = self.cleaned_data["chapter"].strip().upper()
        if chapter and chapter not in NAMES:
            raise forms.ValidationError(_("The Penal Code has its offences in the chapters XIII to XXVI."))
        return chapter

    def clean(self):
        super().clean()
        article, chapter = self.cleaned_data.get("article"), self.cleaned_data.get("chapter")
        if article and chapter == "" and chapter_of(article) is None:
            self.add_error(
                "article", gettext_now("No offence stands in this article: correct it, or write the chapter.")
            )
        return self.cleaned_data


class PenaltyForm(PartForm):
    class Meta(CaseForm.Meta):
        model = AdditionalPenalty
        fields = ["kind", "since", "done_on"]

    def clean(self):
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("done_on")
        if since and until and until < since:
            self.add_error("done_on", gettext_now("The penalty ends before it begins."))
        return self.cleaned_data


class ObligationForm(PartForm):
    class Meta(CaseForm.Meta):
        model = Obligation
        fields = ["kind", "state", "amount", "done_on", "evidence"]

    def clean(self):
        super().clean()
        still_open = self.cleaned_data.get("state") in (Obligation.State.OPEN, Obligation.State.UNKNOWN)
        if still_open and self.cleaned_data.get("done_on"):
            self.add_error("done_on", gettext_now("What is not done, or not known to be, has no day: leave it empty."))
        return self.cleaned_data


PARTS = {
    "offences": (OffenceForm, _("Offences"), _("Add an offence")),
    "additional_penalties": (PenaltyForm, _("Additional penalties"), _("Add an additional penalty")),
    "obligations": (ObligationForm, _("Obligations"), _("Add an obligation")),
}


class JudgmentForm(CaseForm):
    """A judgment and, as rows below it, its offences, additional penalties and obligations."""

    class Meta(CaseForm.Meta):
        model = Judgment
        fields = [
            "number",
            "court",
            "judged_on",
            "effective_on",
            "main_penalty",
            "months",
            "exempt",
            "general_penalty",
            "foreign_court",
            "main_done_on",
            "main_done_how",
            "clearance_decision_on",
            "note",
        ]
        help_texts = {
            "general_penalty": _("The months are those of the general penalty (Articles 55 and 56 of the Penal Code)."),
            "foreign_court": _("Counted by the article written for the offence; the legal section has to confirm it."),
        }

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.decided_before = self.instance.clearance_decision_on
        self.parts = {name: self.formset(name, data) for name in PARTS}
        self.helper.render_hidden_fields = True
        self.fields["clearance_decision_on"].help_text = _(
            "Only of an older judgment. What clears the record of today is evidence: record it at “Clean record”."
        )
        self.helper.layout = Layout(
            Fieldset(_("The judgment"), "number", "court", "foreign_court", "judged_on", "effective_on"),
            Fieldset(
                _("Main penalty"),
                *("main_penalty", "months", "general_penalty", "exempt", "main_done_on", "main_done_how"),
            ),
            Fieldset(_("Afterwards"), "clearance_decision_on", "note"),
        )

    def formset(self, name, data):
        form_class, title, add = PARTS[name]
        rows = [] if self.instance._state.adding else list(getattr(self.instance, name).all())
        values = [{field: getattr(row, field) for field in form_class._meta.fields} for row in rows]
        formset_class = forms.formset_factory(
            form_class, extra=EXTRA_ROWS, can_delete=True, max_num=50, absolute_max=60
        )
        given = {"user": self.user, "on": self.on, "person": self.instance.returnee}
        formset = formset_class(data, prefix=name, initial=values, form_kwargs=given)
        formset.title, formset.add_label = title, add
        for row in formset.initial_forms:
            row.fields["DELETE"].label = _("Take this row out")
        return formset

    def rows(self, name):
        """The parts typed: every row filled in and not ticked to be taken out."""
        formset = self.parts[name]
        if not formset.is_valid():
            return []
        return [row for row in formset.forms if row.has_changed() or row.initial if not row.cleaned_data.get("DELETE")]

    def part_rows(self):
        return [row.instance for name in PARTS for row in self.rows(name)]

    def is_valid(self):
        if not super().is_valid() or not all(each.is_valid() for each in self.parts.values() if each.is_bound):
            return False
        if self.parts["offences"].is_bound:
            self._check_acts()
        return not any(row.errors for row in self.parts["offences"].forms)

    def clean(self):
        super().clean()
        judged, effective = self.cleaned_data.get("judged_on"), self.cleaned_data.get("effective_on")
        done, how = self.cleaned_data.get("main_done_on"), self.cleaned_data.get("main_done_how")
        if judged and effective and effective < judged:
            self.add_error("effective_on", gettext_now("A judgment is in force on the day it is given or later."))
        if judged and done and done < judged:
            self.add_error("main_done_on", gettext_now("The penalty cannot be done before the judgment."))
        if how and not done and "main_done_on" not in self.errors:
            self.add_error("main_done_on", gettext_now("Write the day on which the main penalty was done."))
        self._clean_months()
        self._clean_decision()
        return self.cleaned_data

    def _clean_months(self):
        penalty, months = self.cleaned_data.get("main_penalty"), self.cleaned_data.get("months")
        if penalty in Judgment.TIMED and not months and "months" not in self.errors:
            self.add_error("months", gettext_now("This penalty is counted in months: write how many."))
        elif penalty and penalty not in Judgment.TIMED and months:
            self.add_error("months", gettext_now("This penalty has no months: leave them empty."))

    def _clean_decision(self):
        """A decision on the record of today is evidence, which the chief confirms; one of long ago is a fact."""
        decided, done = self.cleaned_data.get("clearance_decision_on"), self.cleaned_data.get("main_done_on")
        if decided and done and decided < done:
            self.add_error("clearance_decision_on", gettext_now("The decision is dated before the penalty was done."))
        elif decided and decided >= self.instance.returnee.completed_on and decided != self.decided_before:
            told = gettext_now("This decision clears the record of today: record it as evidence at “Clean record”.")
            self.add_error("clearance_decision_on", told)

    def _check_acts(self):
        """An act after its own judgment is told at its row."""
        days = [self.cleaned_data.get(name) for name in ("judged_on", "effective_on") if self.cleaned_data.get(name)]
        for row in self.parts["offences"].forms:
            act = row.cleaned_data.get("act_on") if row.has_changed() or row.initial else None
            if act and days and act > min(days):
                row.add_error("act_on", gettext_now("The act is dated after the judgment."))


class JudgmentEditForm(ConflictMixin, JudgmentForm):
    """A judgment on file; its rows of one kind are compared as one value."""

    def stored_values(self):
        rows = judgments.parts_of(self.instance)
        return {**super().stored_values(), **{name: self.as_text(name, rows[name]) for name in PARTS}}

    def as_text(self, name, rows):
        """Rows as text: the same rows give the same text, whoever typed them."""
        fields = PARTS[name][0]._meta.fields
        return json.dumps([[str(row.get(field) or "") for field in fields] for row in rows], ensure_ascii=False)

    def typed_value(self, name):
        if name not in PARTS:
            return super().typed_value(name)
        return self.as_text(name, [judgments.audit.snapshot(row.instance) for row in self.rows(name)])

    def keep_theirs(self, name):
        if name not in PARTS:
            super().keep_theirs(name)
            return
        self.parts[name] = self.formset(name, None)

    def part_rows(self):
        """Rows typed, or the rows on file where those are kept."""
        kept = [name for name in PARTS if not self.parts[name].is_bound]
        stored = [row for name in kept for row in getattr(self.instance, name).all()]
        return stored + [row.instance for name in PARTS if name not in kept for row in self.rows(name)]

    def settle(self, name, opened, seen):
        """Rows with errors are compared once they are in order."""
        if name not in PARTS or self.parts[name].is_valid():
            super().settle(name, opened, seen)

    def label_of(self, name):
        return PARTS[name][1] if name in PARTS else super().label_of(name)

    def shown(self, name, value):
        if name not in PARTS:
            return super().shown(name, value)
        form_meta = PARTS[name][0]._meta
        fields = [form_meta.model._meta.get_field(field) for field in form_meta.fields]
        rows = [
            ", ".join(readable(field, part) for field, part in zip(fields, row, strict=True) if part)
            for row in json.loads(value)
        ]
        return " · ".join(rows) or UNKNOWN


def readable(field, value):
    """A stored value in words: the name of a choice, a day as it is written here."""
    if isinstance(field, models.DateField):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str({str(code): name for code, name in field.flatchoices}.get(value, value))
