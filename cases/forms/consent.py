from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.models import Attachment, Consent


class ConsentForm(CaseForm):
    """What for, by what right, how it was given; the signed paper is chosen among the photographs of the file."""

    purpose = forms.ChoiceField(label=_("What for"), choices=Consent.Purpose.choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("By what right"), choices=Consent.Basis.choices, widget=forms.RadioSelect)

    class Meta(CaseForm.Meta):
        model = Consent
        fields = ["purpose", "basis", "how", "given_on", "note", "photo"]
        help_texts = {
            "how": _("Where the person agrees."),
            "photo": _("Photographs are added beside the papers of the file."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Attachment.objects.visible_to(self.user).kept().filter(returnee=self.instance.returnee_id)
        self.fields["photo"].queryset = mine.select_related("paperwork", "dossier_paper")


class ConsentEndForm(HouseForm):
    """The day on which the person took it back."""

    ended_on = DayField(of="consent.ended_on", label=_("Taken back on"))
