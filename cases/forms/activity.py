"""Setting right what was logged: the entry itself, taking it back, and a meeting that did not take place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.activity import PersonOutcome
from cases.forms.base import CaseForm, HouseForm, RelativeForm
from cases.forms.conflict import ConflictMixin
from cases.models import KINDS, Activity, ActivityEntry


class ActivityForm(ConflictMixin, CaseForm):
    """An activity logged earlier; how it went can be set right for each person it covers.

    Not `whole`: what it says of everybody at once is neither shown nor changed.
    """

    class Meta(CaseForm.Meta):
        model = Activity
        fields = ["kind", "detail", "on", "place", "result", "note", "organisations"]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "organisations": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, entries, whole=True, **kwargs):
        self.covered, self.whole = entries, whole
        super().__init__(*args, **kwargs)
        self.fields["detail"].help_text = _("Only for help with paperwork.")
        if self.user.is_helper:
            kinds = [(kind, kind.label) for kind, row in KINDS.items() if row.by_helpers or kind == self.instance.kind]
            self.fields["kind"].choices = kinds
        for name in () if whole else self._meta.fields:
            del self.fields[name]
        for entry in entries:
            self.fields[f"outcome_{entry.pk}"] = forms.ChoiceField(
                label=_("%(name)s: how it went") % {"name": entry.returnee},
                choices=ActivityEntry.Outcome.choices,
                initial=entry.outcome,
            )
            self.fields[f"attitude_{entry.pk}"] = forms.ChoiceField(
                label=_("%(name)s: attitude") % {"name": entry.returnee},
                choices=[("", "—"), *ActivityEntry.Attitude.choices],
                initial=entry.attitude,
                required=False,
            )

    def stored_values(self):
        each = [(name, entry) for entry in self.covered for name in ("outcome", "attitude")]
        shared = super().stored_values() if self.whole else {}
        return {**shared, **{f"{name}_{entry.pk}": getattr(entry, name) for name, entry in each}}

    def made(self):
        return self.instance, [entry.returnee for entry in self.covered]

    def clean_detail(self):
        return self.cleaned_data["detail"] if self.cleaned_data.get("kind") == Activity.Kind.PAPERWORK else ""

    def entries(self) -> list[PersonOutcome]:
        return [
            PersonOutcome(
                entry.returnee,
                self.cleaned_data[f"outcome_{entry.pk}"],
                self.cleaned_data[f"attitude_{entry.pk}"],
                entry.note,
            )
            for entry in self.covered
        ]


class ActivityWithdrawalForm(HouseForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("For example: logged for the wrong person, logged twice.")
    )


class MissedForm(RelativeForm):
    """That it did not take place is noted of the day on which the form was opened."""

    reason = forms.CharField(
        label=_("Why it did not take place"),
        max_length=300,
        help_text=_("For example: away for work, ill, road cut off."),
    )
