"""What an administrator says when units change: the new name, who joins whom, the parts, the unit above."""

from zlib import crc32

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.forms.unit_field import UnitField
from cases.models import Unit, UnitChange, UnitPlan
from cases.reports.administration.unit_preview import hamlets

CODE = forms.CharField(label=_("Official code"), max_length=10)
PARTS = range(1, 5)  # so many parts a form offers
PART = ("into", "name", "code")
ABOVE = {
    Unit.Kind.PROVINCE: (Unit.Kind.MINISTRY,),
    Unit.Kind.DISTRICT: (Unit.Kind.PROVINCE,),
    Unit.Kind.CLUSTER: (Unit.Kind.PROVINCE,),
    Unit.Kind.COMMUNE: (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.CLUSTER),
}


class UnitChangeForm(CaseForm):
    """A change of `unit` from a day on; `plan` says what it does."""

    kind: str

    class Meta(CaseForm.Meta):
        model = UnitChange
        fields = ["on", "decree"]

    field_order = ()

    def __init__(self, *args, unit, **kwargs):
        kwargs["instance"] = UnitChange(kind=self.kind, name=unit.name)
        self.unit = unit
        super().__init__(*args, **kwargs)
        self.order_fields(["on", "decree", *self.field_order])

    def clean_code(self):
        return tidy_code(self.cleaned_data["code"])

    def plan(self):
        """The UnitPlan of what was typed; only of a valid form."""
        raise NotImplementedError

    def standing(self, value):
        """The one unit in force that `value` names, of the same kind as the unit that changes."""
        return UnitField(queryset=Unit.objects.on(self.on).filter(kind=self.unit.kind)).clean(value)


class OfficialForm(CaseForm):
    """Units that the shipped list gives other names on a day; nothing of it is typed."""

    class Meta(CaseForm.Meta):
        model = UnitChange
        fields = ["on", "decree"]


class OpenForm(UnitChangeForm):
    """A new unit below this one: a cluster of communes, a commune."""

    kind = UnitChange.Kind.OPEN
    field_order = ("level", "name", "code")

    level = forms.ChoiceField(label=_("Kind"))
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("For example: Cụm Krông Nô"))
    code = CODE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        below = [kind for kind, above in ABOVE.items() if self.unit.kind in above and kind != Unit.Kind.DISTRICT]
        self.fields["level"].choices = [(kind.value, kind.label) for kind in below]

    def plan(self):
        plan = UnitPlan()
        typed = self.cleaned_data
        plan.open(kind=typed["level"], code=typed["code"], name=typed["name"], parent=self.unit)
        return plan


class RenameForm(UnitChangeForm):
    """Another name or code; the unit keeps its people and its place in the tree."""

    kind = UnitChange.Kind.RENAME
    field_order = ("name", "code")

    name = forms.CharField(label=_("New name"), max_length=100)
    code = CODE

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, unit=unit, **{"initial": {"name": unit.name, "code": unit.code}, **kwargs})

    def clean(self):
        if (self.cleaned_data.get("name"), self.cleaned_data.get("code")) == (self.unit.name, self.unit.code):
            self.add_error("name", _("Name and code are those it has: write the new ones."))
        return self.cleaned_data

    def plan(self):
        plan = UnitPlan()
        plan.renew(self.unit, name=self.cleaned_data["name"], code=self.cleaned_data["code"])
        return plan


class MoveForm(UnitChangeForm):
    """Another unit above: a commune goes to another cluster or province."""

    kind = UnitChange.Kind.MOVE
    field_order = ("parent",)

    parent = UnitField(among="all", label=_("Unit above from then on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.on(self.on).filter(kind__in=ABOVE.get(self.unit.kind, ()))

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent.pk == self.unit.parent_id:
            raise ValidationError(_("%(unit)s is the unit above already.") % {"unit": parent.name})
        return parent

    def plan(self):
        plan = UnitPlan()
        plan.renew(self.unit, parent=self.cleaned_data["parent"])
        return plan


class MergeForm(UnitChangeForm):
    """This unit and others become one: a new unit, or one that stands and goes on."""

    kind = UnitChange.Kind.MERGE
    field_order = ("others", "into", "name", "code")

    others = forms.CharField(
        label=_("Units that join it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("One a line, code or name. Leave it empty where this unit alone joins a standing one."),
    )
    into = UnitField(
        among="communes",
        label=_("Standing unit they join"),
        required=False,
        help_text=_("Code or name. Leave it empty where a new unit begins."),
    )
    name = forms.CharField(label=_("Name of the new unit"), max_length=100, required=False)
    code = forms.CharField(label=_("Code of the new unit"), max_length=10, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Unit.objects.on(self.on).filter(kind=self.unit.kind)

    def clean_others(self):
        units = [self.standing(line) for line in self.cleaned_data["others"].splitlines() if line.strip()]
        return list({unit.pk: unit for unit in units if unit.pk != self.unit.pk}.values())

    def clean(self):
        typed = self.cleaned_data
        named = typed.get("name") and typed.get("code")
        if not self.errors and bool(typed.get("into")) == bool(named):
            self.add_error("into", _("Name either the standing unit, or name and code of a new one."))
        joining = {self.unit, *typed.get("others", [])}
        if typed.get("into") in joining:
            self.add_error("into", _("%(unit)s cannot join itself.") % {"unit": typed["into"].name})
        if not self.errors and named and len(joining) == 1:
            self.add_error("others", _("Name at least one unit that joins it."))
        return typed

    def plan(self):
        plan, typed = UnitPlan(), self.cleaned_data
        facts = {"kind": self.unit.kind, "name": typed["name"], "code": typed["code"], "parent": self.unit.parent}
        new = typed["into"] or plan.open(**facts)
        for old in (self.unit, *typed["others"]):
            plan.join(old, new)
        return plan


class SplitForm(UnitChangeForm):
    """The area of this unit goes to several others; for each hamlet on file it is said to which part it went."""

    kind = UnitChange.Kind.SPLIT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hamlets = {f"hamlet_{crc32(known.key.encode()):08x}": known for known in hamlets(self.unit) if known.key}
        for number in PARTS:
            into = UnitField(among="communes", label=_("Standing unit it joins"), required=False)
            into.help_text = _("Code or name. Leave it empty where a new unit begins.")
            into.queryset = Unit.objects.on(self.on).communes().exclude(pk=self.unit.pk)
            self.fields |= {
                f"into_{number}": into,
                f"name_{number}": forms.CharField(label=_("Name of the new unit"), max_length=100, required=False),
                f"code_{number}": forms.CharField(label=_("Code of the new unit"), max_length=10, required=False),
            }
        self.fields |= {name: self.choice(known) for name, known in self.hamlets.items()}
        parts = [
            Fieldset(_("Part %(number)d") % {"number": number}, *(f"{name}_{number}" for name in PART))
            for number in PARTS
        ]
        asked = [Fieldset(_("Which part each hamlet went to"), *self.hamlets)] if self.hamlets else []
        self.helper.layout = Layout("uid", "on", "decree", *parts, *asked)

    def choice(self, known):
        """The parts to choose from for one hamlet on file."""
        words = ngettext("%(hamlet)s, %(count)d open file", "%(hamlet)s, %(count)d open files", known.people)
        parts = [(number, gettext("Part %(number)d") % {"number": number}) for number in PARTS]
        return forms.TypedChoiceField(
            label=words % {"hamlet": known.name, "count": known.people},
            choices=[("", gettext("Not known yet: not allocated")), *parts],
            coerce=int,
            empty_value=None,
            required=False,
        )

    def clean(self):
        typed = self.cleaned_data
        given = [number for number in PARTS if any(typed.get(f"{name}_{number}") for name in PART)]
        for number in given:
            named = typed.get(f"name_{number}") and typed.get(f"code_{number}")
            if bool(typed.get(f"into_{number}")) == bool(named):
                self.add_error(f"into_{number}", _("Name either the standing unit, or name and code of a new one."))
        if not self.errors and len(given) < 2:
            self.add_error("into_1", _("A division has at least two parts."))
        for name in self.hamlets:
            if typed.get(name) and typed[name] not in given:
                self.add_error(name, _("Say above which unit part %(number)d is.") % {"number": typed[name]})
        self.given = given
        return typed

    def plan(self):
        plan = UnitPlan()
        plan.divide(self.unit, [(self.part(plan, number), self.names(number)) for number in self.given])
        return plan

    def part(self, plan, number):
        typed = self.cleaned_data
        facts = {"kind": self.unit.kind, "parent": self.unit.parent}
        facts |= {"name": typed[f"name_{number}"], "code": tidy_code(typed[f"code_{number}"])}
        return typed[f"into_{number}"] or plan.open(**facts)

    def names(self, number):
        """Every spelling of the hamlets that went to a part."""
        return [
            name for field, known in self.hamlets.items() if self.cleaned_data[field] == number for name in known.names
        ]


def tidy_code(code):
    return "".join(code.split()).upper()
