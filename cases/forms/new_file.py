"""Opening a file: filled from an identity card, and held against whoever is on file already."""

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.forms.returnee import ReturneeForm
from cases.lib import id_card
from cases.models import Returnee
from cases.reports.people import matching

CARD_SAYS = {
    "fields": _("This is not the code of an identity card: scan it again, or type the facts."),
    "number": _("The code has no identity number of 12 digits: scan it again, or type the facts."),
    "name": _("The name cannot be read from the code: scan it again, or type the facts."),
    "born": _("The birth date cannot be read from the code: scan it again, or type the facts."),
    "sex": _("The sex cannot be read from the code: scan it again, or type the facts."),
}


class CardInput(forms.TextInput):
    """Takes the text of a card and never shows it again, nor is it kept as a draft."""

    def __init__(self):
        super().__init__({"autocomplete": "off", "spellcheck": "false", "data-card": "", "data-no-draft": ""})

    def format_value(self, value):
        return None


def card_field():
    return forms.CharField(
        label=_("Scan the identity card"),
        required=False,
        widget=CardInput,
        help_text=_("Put the cursor here and scan the QR code of the card. The code itself is not kept."),
    )


class CardForm(HouseForm):
    """The text of a card alone; `card` is what was read."""

    card = card_field()

    def clean_card(self):
        try:
            return id_card.parse(self.cleaned_data["card"])
        except id_card.CardError as error:
            raise ValidationError(CARD_SAYS[error.code], code=error.code) from None


def card_values(card):
    """What a card fills into the form of a person, as it would be typed."""
    return {
        "full_name": card.full_name,
        "sex": card.sex,
        "born_on": str(card.born),
        "identity_number": card.number,
        "old_identity_number": card.old_number,
        "hamlet": card.hamlet[:60],
        "address": card.address[:160],
    }


class NewFileForm(ReturneeForm):
    """The facts of a person who gets a file. Whoever is likely the same is shown and must be told apart first."""

    card = card_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.alike = []
        self.helper.layout.insert(0, HTML('{% include "returnee/_alike.html" %}'))

    @classmethod
    def refilled(cls, data, card, **kwargs):
        """The form with what was typed, and over it what a card says; nothing is complained about yet."""
        known = {name: data[name] for name in ("uid", *cls._meta.fields) if name in data}
        if card:
            facts = card_values(card)
            known |= {
                name: value for name, value in facts.items() if value and not (name == "hamlet" and known.get(name))
            }
        return cls(initial=known, **kwargs)

    def shown_names(self):
        return [name for name in super().shown_names() if name != "card"]

    def clean(self):
        super().clean()
        self.check_alike()
        return self.cleaned_data

    def check_alike(self):
        """Each likely the same person must be ticked as another one; the tick holds for that file only."""
        if not {"full_name", "born_on"} <= set(self.cleaned_data):
            return
        known = {name: self.cleaned_data.get(name) or "" for name in self._meta.fields if name != "unit"}
        person = matching.details_of(Returnee(**known))
        scope = Returnee.objects.visible_to(self.user).kept().exclude(uid=self.cleaned_data.get("uid"))
        self.alike = matching.likely_same(person, scope.select_related("unit"))
        if any(not self.is_told_apart(look.returnee) for look in self.alike):
            self.add_error(None, _("The person may be on file already: compare below, then open that file or tick."))

    def is_told_apart(self, returnee):
        return f"{returnee.pk}" in self.data.getlist("another_person")

    def told_apart(self):
        return [look.returnee for look in self.alike if self.is_told_apart(look.returnee)]
