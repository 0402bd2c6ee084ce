from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.models import Assessment


class AssessmentForm(CaseForm):
    group = forms.ChoiceField(label=_("Group"), choices=Assessment.Group.choices, widget=forms.RadioSelect)

    class Meta(CaseForm.Meta):
        model = Assessment
        fields = ["group", "on", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
