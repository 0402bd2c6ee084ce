"""Two people at one form: what only one of them changed is kept, what both changed is shown and asked about."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.audit import noun
from cases.lib.text import UNKNOWN
from cases.models import AuditEvent

SALT = "cases.forms.conflict"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Clash:
    """A field that two people changed since the form was opened; the values as one reads them."""

    name: str
    label: str
    mine: str
    theirs: str
    by: str
    at: str


class ConflictMixin:
    """For a form of a stored row. It carries, signed, the values it was opened with; saving compares three ways.

    `clashes` are what somebody must choose between, `kept` the labels of what another changed meanwhile and what
    stays so. Used before the form in the list of bases; a plain form takes the row as `instance` and says in
    `stored_values` what of it can be changed here.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes, self.kept = [], []
        self.stored = self.stored_values()
        self.compared = list(self.stored)
        for name in ("opened", "seen"):
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
        self.fields["opened"].initial = self.sign(self.plain_values())

    def stored_values(self):
        """The values of the row as it is now, by field name; a form with parts adds them here."""
        names = [name for name in self._meta.fields if name in self.fields]
        return {name: stored_value(self.instance, name) for name in names}

    def typed_value(self, name):
        return self.cleaned_data[name]

    def keep_theirs(self, name):
        self.cleaned_data[name] = self.stored[name]

    def label_of(self, name):
        return self.fields[name].label

    def shown(self, name, value):
        """A value as one reads it beside another."""
        field = self.fields[name]
        value = list(value) if isinstance(value, models.QuerySet) else value
        if value in (None, "", []):
            return UNKNOWN
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, list | models.Model):
            return ", ".join(sorted(map(str, value))) if isinstance(value, list) else str(value)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
        return str(field.prepare_value(value))

    def sign(self, values):
        return signing.dumps({"row": self.row_key(), "values": values}, salt=SALT, compress=True)

    def row_key(self):
        return f"{noun(self.instance)}:{self.instance.pk}"

    def told(self):
        return [*super().told(), *map(comparable_value, self.stored.values())]

    def plain_values(self):
        return {name: self.hide(comparable_value(value)) for name, value in self.stored.items()}

    def read(self, name):
        """The signed values in a hidden field, or None where they are missing, forged or of another row."""
        try:
            found = signing.loads(self.cleaned_data.get(name) or "", salt=SALT)
        except signing.BadSignature:
            return None
        return found["values"] if found.get("row") == self.row_key() else None

    def clean(self):
        opened = self.read("opened")
        if opened is None:
            raise ValidationError(_("The form has lost what it was opened with: open the page again."), code="opened")
        seen = self.read("seen")
        for name in self.compared:
            if name not in self.errors:
                self.settle(name, opened.get(name, ""), None if seen is None else seen.get(name))
        if self.clashes:
            self.ask()
        return super().clean()

    def settle(self, name, opened, seen):
        mine, theirs = comparable_value(self.typed_value(name)), comparable_value(self.stored[name])
        if mine == theirs:
            return
        mine, theirs = self.hide(mine), self.hide(theirs)  # as the form was opened with
        if theirs == opened:
            return
        if mine == opened:
            self.keep_theirs(name)
            self.kept.append(str(self.label_of(name)))
            return
        choice = self.data.get(f"choose_{name}") if seen == theirs else None
        if choice == THEIRS:
            self.keep_theirs(name)
        elif choice != MINE:
            self.clashes.append(self.clash(name))

    def clash(self, name):
        by, at = self.last_change(name)
        mine, theirs = self.shown(name, self.typed_value(name)), self.shown(name, self.stored[name])
        return Clash(name, str(self.label_of(name)), mine, theirs, by, at)

    def last_change(self, name):
        """Who changed a field of this row last, and when; a dash where the log does not say."""
        rows = AuditEvent.objects.filter(target_type=noun(self.instance), target_id=self.instance.pk)
        for event in rows[:50]:
            if name in event.after:
                return event.actor or UNKNOWN, f"{timezone.localtime(event.at):%H:%M %d/%m/%Y}"
        return UNKNOWN, UNKNOWN

    def ask(self):
        """Put a choice of two above the form for every clash; the answer holds for what is shown here only."""
        self.data = self.data.copy()
        self.data["seen"] = self.sign(self.plain_values())
        for place, clash in enumerate(self.clashes):
            name = f"choose_{clash.name}"
            saved = _("Saved by %(name)s at %(at)s: %(value)s")
            choices = [
                (THEIRS, saved % {"name": clash.by, "at": clash.at, "value": clash.theirs}),
                (MINE, _("Typed here: %(value)s") % {"value": clash.mine}),
            ]
            label = _("%(field)s: which one is right?") % {"field": clash.label}
            self.fields[name] = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, label=label)
            if self.helper.layout is not None:
                self.helper.layout.insert(place, name)
            self.add_error(name, _("Somebody else changed this meanwhile: choose the value to keep."))
        self.order_fields([f"choose_{clash.name}" for clash in self.clashes])


def stored_value(row, name):
    """The value of a field; of many rows a list."""
    value = getattr(row, name)
    return list(value.all()) if row._meta.get_field(name).many_to_many else value


def comparable_value(value):
    """A value as text that compares: nothing known is "", a row is its id, lines end as a browser sends them or not."""
    if value is None or value == "":
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | models.QuerySet):
        return ",".join(sorted(str(row.pk) for row in value))
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n").strip()
