from django import forms
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from cases.actions.violation import STAGES
from cases.forms.base import CaseForm, DayField, HouseForm
from cases.forms.conflict import ConflictMixin
from cases.models import AdministrativeViolation, Confinement, Crime, RecidivismFinding


class AdministrativeForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = AdministrativeViolation
        fields = ["act_on", "behaviour", "decision_number", "decided_on", "sanction", "fine", "done_on", "note"]
        help_texts = {"done_on": _("From this day the clean slate is counted.")}

    def clean(self):
        super().clean()
        act, decided = self.cleaned_data.get("act_on"), self.cleaned_data.get("decided_on")
        if act and decided and decided < act:
            self.add_error("decided_on", gettext_now("The decision is dated before the act."))
        done = self.cleaned_data.get("done_on")
        if done and done < (decided or act or done):
            self.add_error("done_on", gettext_now("The sanction is carried out before it was decided."))
        return self.cleaned_data


class AdministrativeEditForm(ConflictMixin, AdministrativeForm):
    """A violation on file: the decision and the day the sanction was carried out often come later."""


class CrimeForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = Crime
        fields = ["act_on", "offence", "article", "clause", "severity", "stage", "stage_on", "note"]

    def clean_article(self):
        return self.cleaned_data["article"].strip().lower()

    def clean(self):
        super().clean()
        act, reached = self.cleaned_data.get("act_on"), self.cleaned_data.get("stage_on")
        if act and reached and reached < act:
            self.add_error("stage_on", gettext_now("The stage is dated before the act."))
        return self.cleaned_data


class RecidivismForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = RecidivismFinding
        fields = ["kind", "court", "judgment_number", "found_on", "note"]


class ConfinementForm(CaseForm):
    class Meta(CaseForm.Meta):
        model = Confinement
        fields = ["kind", "decision_number", "begun_on", "ended_on"]
        help_texts = {"ended_on": _("Empty as long as the person is held.")}

    def clean(self):
        super().clean()
        begun, ended = self.cleaned_data.get("begun_on"), self.cleaned_data.get("ended_on")
        if begun and ended and ended < begun:
            self.add_error("ended_on", gettext_now("It ended before it began."))
        return self.cleaned_data


class ConfinementEditForm(ConflictMixin, ConfinementForm):
    """Somebody who is held: the last day comes later."""


FORMS = {
    "administrative": AdministrativeForm,
    "crime": CrimeForm,
    "recidivism": RecidivismForm,
    "confinement": ConfinementForm,
}


class StageForm(HouseForm):
    """A later stage of a crime; stages that are behind are not offered."""

    stage = forms.ChoiceField(label=_("Stage"), widget=forms.RadioSelect)
    stage_on = DayField(of="crime.stage_on", label=_("Reached on"))

    def __init__(self, *args, crime, **kwargs):
        super().__init__(*args, **kwargs)
        later = STAGES[STAGES.index(crime.stage) + 1 :]
        self.fields["stage"].choices = [(stage, name) for stage, name in Crime.Stage.choices if stage in later]
