"""The day on which the tree of units is looked at, a search in it, and where the people of a divided unit go."""

from zlib import crc32

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DayField, HouseForm
from cases.models import Returnee, Succession


class UnitFilter(HouseForm):
    q = forms.CharField(label=_("Name, code or province"), max_length=80, required=False)
    day = DayField(of="asked.day", label=_("As it stood on"), required=False)

    @property
    def words(self):
        self.is_valid()
        return self.cleaned_data.get("q", "")

    @property
    def day_asked(self):
        """The day typed, or today where none was typed or it is no day."""
        self.is_valid()
        return self.cleaned_data.get("day") or self.on


class AllocationForm(HouseForm):
    """Where the people of a divided unit live: one answer for a hamlet, another for one person of it where needed.

    `shown` are those on the page, hamlet after hamlet; the answer for a hamlet holds for all of it, on whichever page.
    Whose file is sealed is named nowhere and goes with the hamlet.
    """

    def __init__(self, *args, unit, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = Returnee.objects.kept().filter(unit=unit)
        parts = Succession.objects.filter(old=unit, share=Succession.Share.PART).select_related("new")
        if self.user.unit.is_commune:
            parts = parts.filter(new=self.user.unit)
        self.parts = {str(part.new_id): part.new for part in parts.order_by("new__code")}
        self.hamlets = {}
        for person in shown:
            self.hamlets.setdefault(person.hamlet, []).append(person)
        held = self.held.filter(hamlet__in=self.hamlets).order_by().values_list("hamlet")
        self.counts = dict(held.annotate(people=Count("pk")))
        offered = [(key, part.name) for key, part in self.parts.items()]
        for hamlet, people in self.hamlets.items():
            label = hamlet or _("No hamlet recorded")
            self.fields[_field_of(hamlet)] = self.choice(label, [("", _("Leave for later")), *offered])
            for person in _named(people):
                same = [("", _("Like the hamlet")), ("later", _("Leave for later")), *offered]
                self.fields[f"person_{person.pk}"] = self.choice(f"{person.full_name}, {person.birth_year}", same)

    def choice(self, label, choices):
        return forms.ChoiceField(label=label, choices=choices, required=False)

    def groups(self):
        """Each hamlet's field with the fields of its people on the page, and how many it has."""
        for hamlet, people in self.hamlets.items():
            fields = [self[f"person_{person.pk}"] for person in _named(people)]
            yield self[_field_of(hamlet)], fields, self.counts.get(hamlet, 0)

    def answers(self):
        """Pairs of a person and the unit they live in; whoever is left for later is not among them."""
        for hamlet, shown in self.hamlets.items():
            whole = self.cleaned_data.get(_field_of(hamlet))
            for person in self.held.filter(hamlet=hamlet).order_by("pk") if whole else shown:
                chosen = self.cleaned_data.get(f"person_{person.pk}") or whole
                if chosen in self.parts:
                    yield person, self.parts[chosen]


def _field_of(hamlet):
    """By its name, not by its place: somebody else may have allocated another hamlet meanwhile."""
    return f"hamlet_{crc32(hamlet.encode()):08x}"


def _named(people):
    return [person for person in people if not person.is_sealed]
