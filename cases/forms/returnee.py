from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm, DayField, HouseForm
from cases.forms.conflict import ConflictMixin
from cases.forms.phone_field import PhoneField, read_phone
from cases.lib import id_card, identity, text, written
from cases.lib.dates import PartialDate
from cases.models import Returnee, Unit
from cases.reports.people import search

NUMBER_SAYS = {
    "sex": {
        "male": _("The identity number is that of a man."),
        "female": _("The identity number is that of a woman."),
    },
    "birth_year": _("The identity number says born in %(found)s, the form says %(expected)s."),
}
PHONES = ("phone", "household_phone")
GROUPS = [
    (
        _("The person"),
        [
            *["full_name", "aliases", "sex", "born_on", "identity_number", "number_right", "old_identity_number"],
            "ethnicity",
        ],
    ),
    (_("Where to find them"), ["unit", "hamlet", "address", "phone"]),
    (_("Family"), ["household_contact", "household_relation", "household_phone"]),
    (
        _("Coming home"),
        [
            *["subject_type", "completed_on", "certificate_number", "presents_by", "presented_on", "prison", "note"],
        ],
    ),
]


class BirthField(forms.CharField):
    """A birth date as far as it is known: 12/05/1970, 05/1970 or 1970, also 12/5/70 or 70; its value is the stored
    spelling."""

    def __init__(self, **kwargs):
        super().__init__(max_length=10, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return ""
        try:
            return PartialDate.parse(value).storage
        except ValueError:
            return self.short_birth(value).storage

    def short_birth(self, value):
        """With a year of two digits: the one birth that somebody who was released can have."""
        try:
            possible = written.parse_short_birth(value)
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a date of birth: write 12/05/1970, 05/1970 or 1970."),
                params={"value": value[:30]},
                code="invalid",
            ) from None
        if len(possible) != 1:
            raise ValidationError(
                _("The year of “%(value)s” is not clear: write it with four digits."),
                params={"value": value[:30]},
                code="century",
            )
        return possible[0]

    def prepare_value(self, value):
        try:
            return str(PartialDate.from_storage(value))
        except (TypeError, ValueError):
            return value


class ReturneeForm(CaseForm):
    """The facts of a person; what an identity number contradicts must be confirmed once."""

    past_days = ("completed_on",)
    other_file = other_number = None  # the open file that holds a number typed here, and that number

    born_on = BirthField(label=_("Born"), help_text=_("Day, month and year, or as much as is known: 05/1970 or 1970"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Returnee.Sex.choices, widget=forms.RadioSelect)
    identity_number = forms.CharField(
        label=_("Identity number"),
        required=False,
        max_length=20,
        help_text=_("12 digits, or 9 of an old card; leave empty where there are no papers"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    old_identity_number = forms.CharField(
        label=_("Old identity number"),
        required=False,
        max_length=20,
        help_text=_("9 digits of the old card, where it is known besides the new number"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    number_right = forms.BooleanField(label=_("The identity number is right all the same"), required=False)

    class Meta(CaseForm.Meta):
        model = Returnee
        fields = [name for _title, names in GROUPS for name in names if name != "number_right"]
        field_classes = dict.fromkeys(PHONES, PhoneField)
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit_units()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            *(Fieldset(title, *(name for name in names if name in self.shown_names())) for title, names in GROUPS)
        )
        if not self.is_bound:
            self.drop_number_right()

    def shown_names(self):
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    def limit_units(self):
        """A file opens at a commune of the scope; later it moves by being handed over."""
        if not self.instance._state.adding:
            del self.fields["unit"]
            return
        communes = Unit.objects.visible_to(self.user).on(self.on).communes()
        unit = self.fields["unit"] = forms.ModelChoiceField(communes, label=_("Commune"), empty_label=None)
        if len(communes) == 1:
            unit.initial, unit.widget = communes[0], forms.HiddenInput()

    def drop_number_right(self):
        """The tick stands there only where it is asked for."""
        self.fields.pop("number_right", None)
        if self.helper.layout.fields and "number_right" in (person := self.helper.layout.fields[-4]).fields:
            person.fields.remove("number_right")

    def clean_full_name(self):
        return text.normalise_name(self.cleaned_data["full_name"])

    def clean_identity_number(self):
        number = identity.tidy(self.cleaned_data["identity_number"])
        if number and identity.check_number(number).errors:
            raise ValidationError(
                _("An identity number has 12 digits, an old one 9: this one has %(count)d signs."),
                params={"count": len(number)},
                code="length",
            )
        return number or None

    def clean_old_identity_number(self):
        number = identity.tidy(self.cleaned_data["old_identity_number"])
        if number and (identity.check_number(number).errors or len(number) != 9):
            raise ValidationError(
                _("An old identity number has 9 digits: this one has %(count)d signs."),
                params={"count": len(number)},
                code="length",
            )
        return number

    def clean_phone(self):
        return self.clean_number_to_call("phone")

    def clean_household_phone(self):
        return self.clean_number_to_call("household_phone")

    def clean_number_to_call(self, name):
        typed = self.cleaned_data[name]
        return read_phone(typed) if name in self.changed_data else typed

    def clean(self):
        super().clean()
        self.check_days()
        self.check_other_file()
        self.check_number()
        return self.cleaned_data

    def check_days(self):
        born, completed = self.cleaned_data.get("born_on"), self.cleaned_data.get("completed_on")
        presented = self.cleaned_data.get("presented_on")
        if born and PartialDate.from_storage(born).earliest > (completed or self.on):
            self.add_error("born_on", _("The birth lies after the completion of the sentence: check both."))
        if completed and presented and presented < completed:
            self.add_error("presented_on", _("The presenting day is before the completion day."))

    def check_other_file(self):
        for name in ("identity_number", "old_identity_number"):
            number = self.cleaned_data.get(name)
            other = search.open_file(number, besides=self.instance.pk) if number else None
            if other is not None and other.uid != self.cleaned_data.get("uid"):
                self.refuse_number(name, other)

    def refuse_number(self, name, other):
        if self.instance._state.adding or self.instance.closed_on is None:
            self.other_file, self.other_number = other, self.cleaned_data[name]
            words = _("There is already an open file with this number: it is managed by %(unit)s.")
            self.add_error(name, ValidationError(words, params={"unit": other.unit.name}, code="open_file"))

    def check_number(self):
        """What the number contradicts is said once; a tick, given for this very number, lets it stand."""
        warnings = self.warnings()
        if not warnings:
            self.drop_number_right()
            return
        number = self.cleaned_data["identity_number"]
        self.fields["number_right"].widget.attrs["value"] = number
        if self.data.get(self.add_prefix("number_right")) != number:
            self.add_error("number_right", [*warnings, _("Check it; if it is right all the same, tick here and save.")])

    def warnings(self):
        number, sex, born = (self.cleaned_data.get(name) for name in ("identity_number", "sex", "born_on"))
        if not number or not {"identity_number", "sex", "born_on"} & set(self.changed_data):
            return []
        findings = identity.check_number(number, sex, PartialDate.from_storage(born) if born else None)
        return [
            NUMBER_SAYS["sex"][found.found]
            if found.code == "sex"
            else NUMBER_SAYS["birth_year"] % {"found": found.found, "expected": found.expected}
            for found in findings.warnings
        ]


class ReturneeEditForm(ConflictMixin, ReturneeForm):
    """The facts of a person who is on file; safe for two officers at once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.completed_on > self.on:
            self.fields["completed_on"].not_after = None  # announced: the release day lies ahead


class FindForm(HouseForm):
    """Who is looked for before a new file is made."""

    q = forms.CharField(
        label=_("Name or identity number"),
        max_length=80,
        help_text=_("With or without accents, in any order; a year of birth helps: nguyen van dung 1985"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "data-not-a-card": "id_card"}),
    )

    def clean_q(self):
        if id_card.looks_like_one(self.cleaned_data["q"]):
            raise ValidationError(_("This is the code of an identity card: put it into the field for scanning."))
        return self.cleaned_data["q"]


class PresentForm(HouseForm):
    presented_on = DayField(of="returnee.presented_on", label=_("Presented on"))


class CloseForm(HouseForm):
    closed_on = DayField(
        of="returnee.closed_on", label=_("Closed on"), help_text=_("From this day the file is no longer open")
    )
    close_reason = forms.ChoiceField(
        label=_("Reason"),
        # A cleared record closes the file by itself, with evidence that was confirmed.
        choices=[choice for choice in Returnee.CloseReason.choices if choice[0] != Returnee.CloseReason.EXPUNGED],
        widget=forms.RadioSelect,
    )
    close_note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ReasonForm(HouseForm):
    """Why a step is taken that is not taken every day."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class UnsealForm(ReasonForm):
    """Which sealed file is opened, and why."""

    number = forms.CharField(
        label=_("File number or identity number"),
        max_length=40,
        help_text=_("As it stands on the paper file, for example 24697-2022-015"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ["number", "reason"]
