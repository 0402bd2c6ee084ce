from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.lib import text
from cases.models import fields as models
from cases.models.stamped import Stamped, by_user
from cases.models.unit import Succession, Unit

if TYPE_CHECKING:
    from cases.models.user import User


@dataclass
class UnitPlan:
    """What a change of units does on its day: units that end, units that begin, and who follows whom.

    `hamlets` names, for the parts of a divided unit, the hamlets that went to each.
    """

    ended: list[Unit] = field(default_factory=list)
    opened: list[Unit] = field(default_factory=list)
    followed: list[tuple[Unit, Unit, str]] = field(default_factory=list)  # old, new, share
    hamlets: list[tuple[Unit, tuple[str, ...]]] = field(default_factory=list)
    steps: list[list] = field(default_factory=list)  # what was asked for, in keys, to be planned again on its day

    @classmethod
    def again(cls, steps):
        """The plan that `steps` asked for, made anew of the units as they stand now: those below may be others."""
        plan = cls()
        for kind, *asked in steps:
            plan._ask_again(kind, asked)
        return plan

    def _ask_again(self, kind, asked):
        if kind == "open":
            (facts,) = asked
            self.open(**{**facts, "parent": self._found(facts["parent"])})
            return
        old, *asked = asked
        old = self._gone_on(old)
        if kind == "join":
            self.join(old, self._found(*asked))
        elif kind == "divide":
            self.divide(old, [(self._found(new), hamlets) for new, hamlets in asked[0]])
        else:
            names, changes = asked
            parent = {"parent": self._found(changes["parent"])} if "parent" in changes else {}
            self.renew(old, names=names, **{**changes, **parent})

    def _found(self, key):
        """The unit of a key: a row, or what stands in its place by now; by its code one that begins with the change."""
        if isinstance(key, str):
            return next(new for new in self.opened if new.code == key)
        return Unit.objects.select_related("standing", "parent").get(pk=key).of_today

    def _gone_on(self, key):
        """The unit that `key` is by now, under whatever name; ValidationError where it has become part of another one,
        which the change was not about."""
        found, unit = self._found(key), Unit.objects.get(pk=key)
        while unit != found:
            step = unit.successions.select_related("new").get()
            if step.new.valid_from != step.on or step.new.origins.count() > 1:
                words = _(
                    "%(unit)s became part of %(new)s on %(day)s: undo this change and enter it for the unit "
                    "that stands now."
                )
                raise ValidationError(words % {"unit": unit.name, "new": step.new.name, "day": f"{step.on:%d/%m/%Y}"})
            unit = step.new
        return found

    def renew(self, old, names=MappingProxyType({}), **changes):
        """`old` goes on as a new row with `changes`; every standing unit below it goes on below that row.

        `names`: new names of it and of units below it, by code.
        """
        self.steps.append(["renew", old.pk, dict(names), {name: _key(value) for name, value in changes.items()}])
        return self._renew(old, names, **changes)

    def _renew(self, old, names=MappingProxyType({}), **changes):
        facts = {"kind": old.kind, "code": old.code, "phone": old.phone, "parent": old.parent}
        new = Unit(**{**facts, "name": names.get(old.code, old.name), **changes})
        self.ended.append(old)
        self.opened.append(new)
        self.followed.append((old, new, Succession.Share.FULL))
        for below in old.children.filter(valid_to__isnull=True).order_by("code"):
            self._renew(below, names, parent=new)
        return new

    def open(self, **facts):
        """A unit that begins with the change."""
        self.steps.append(["open", {name: _key(value) for name, value in facts.items()}])
        new = Unit(**facts)
        self.opened.append(new)
        return new

    def join(self, old, new):
        """`old` ends and `new` takes its whole place; units below it go on below `new`."""
        self.steps.append(["join", old.pk, _key(new)])
        self.ended.append(old)
        self.followed.append((old, new, Succession.Share.FULL))
        for below in old.children.filter(valid_to__isnull=True).order_by("code"):
            self._renew(below, parent=new)

    def divide(self, old, parts):
        """`old` ends; each of `parts`, pairs of a unit and the hamlets that went to it, takes a part of its place."""
        self.steps.append(["divide", old.pk, [[_key(new), list(hamlets)] for new, hamlets in parts]])
        self.ended.append(old)
        for new, hamlets in parts:
            self.followed.append((old, new, Succession.Share.PART))
            self.hamlets.append((new, tuple(hamlets)))

    @property
    def asked(self):
        """What was asked for, whatever stands below the units by now: units begun or followed, and hamlets given."""
        below = [new for old, new, _share in self.followed if old.parent in self.ended]
        return [
            [(new.kind, new.code, new.name, new.parent and new.parent.pk) for new in self.opened if new not in below],
            [(old.pk, new.pk or new.code, share) for old, new, share in self.followed if new not in below],
            [(new.code, hamlets) for new, hamlets in self.hamlets],
        ]

    def part_of(self, hamlet):
        """The one part that a hamlet went to, or None where no part or several name it."""
        lived = text.match_key(hamlet)
        parts = [new for new, names in self.hamlets if lived and lived in map(text.match_key, names)]
        return parts[0] if len(parts) == 1 else None


def _key(value):
    """What a step keeps of a value: the key of a row, the code of a unit that is none yet, anything else as it is."""
    return (value.pk or value.code) if isinstance(value, Unit) else value


@dataclass(frozen=True)
class Reach:
    """What a change is about: keys of the units it ends, of those it names besides, and the codes it gives anew."""

    ended: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    def meets(self, other: "Reach", paths: dict[int, str]) -> bool:
        """Whether a unit that one of them ends is of the other too, or stands above it; or both give out one code."""
        return bool(self.codes & other.codes) or self._reaches(other, paths) or other._reaches(self, paths)

    def _reaches(self, other, paths):
        above = tuple(paths[key] for key in self.ended if key in paths)
        return any(paths.get(key, "").startswith(above) for key in other.ended | other.named)


class UnitChangeQuerySet(models.QuerySet["UnitChange"]):
    def planned(self) -> Self:
        """Changes entered ahead that are not done yet, the earliest first."""
        return self.filter(done={}, undone_at__isnull=True).order_by("on", "pk")

    def due(self, on: date) -> Self:
        """Planned changes whose day has come."""
        return self.planned().filter(on__lte=on)

    def visible_to(self, user: "User") -> Self:
        """Changes of units are the administrators' work."""
        return self.all() if user.manages_users else self.none()


class UnitChange(Stamped):
    """Units renamed, merged, divided or moved from a day on (sắp xếp đơn vị), with what stood before.

    `done` names the units it ended and opened and who followed whom; `before` the rows it moved, as they were. Entered
    ahead of its day nothing is done yet: `steps` is what it will do, planned again of the units that stand then.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("New unit")
        RENAME = "rename", _("New name or code")
        MERGE = "merge", _("Merger")
        SPLIT = "split", _("Division")
        MOVE = "move", _("Another unit above")

    PERSONAL = ("before", "steps")
    PLAIN = ("kind", "name", "on", "decree", "done", "undone_at", "undone_by", "undone_reason")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    name = models.CharField(_("unit"), max_length=100)
    on = models.DateField(_("in force from"))
    decree = models.CharField(_("decree"), max_length=100, blank=True)
    done = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    steps = models.JSONField(default=list, blank=True)
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = by_user(null=True, editable=False)
    undone_reason = models.CharField(_("why it is undone"), max_length=300, blank=True)

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="unit_change_undone_with_reason",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason=""),
                violation_error_message=_("Say why the change is undone."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def reach(self):
        """What its steps are about."""
        found = Reach()
        for kind, first, *rest in self.steps:
            facts = first if kind == "open" else rest[1] if kind == "renew" else {}
            others = [new for new, _hamlets in rest[0]] if kind == "divide" else rest[:1] if kind == "join" else []
            found.ended.update([] if kind == "open" else [first])
            found.named.update(key for key in [*others, facts.get("parent")] if isinstance(key, int))
            found.codes.update(code for code in [facts.get("code")] if code)
        return found

    @property
    def is_undone(self):
        return self.undone_at is not None

    @property
    def is_planned(self):
        """Entered ahead of its day, which has not come, or on which it could not be done."""
        return not self.done and not self.is_undone
