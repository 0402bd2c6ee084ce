import re
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.access.roles import Sees
from cases.lib import text
from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User

KIND_WORDS = re.compile(r"^(xa|phuong|thi tran|dac khu|tinh|thanh pho|quan|huyen|thi xa|cum) ")


def search_words(words):
    """Return `words` as a search text: folded, without the brackets and commas of a written address."""
    return " ".join(re.sub(r"[(),;|>]", " ", text.match_key(words)).split())


def bare(name):
    """The folded name without its kind: "Xã Nam Đà" is "nam da"."""
    return KIND_WORDS.sub("", search_words(name))


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date | None = None) -> Self:
        """Units in force on `day`; both ends of a unit's life are inclusive."""
        day = day or timezone.localdate()
        return self.filter(valid_from__lte=day).exclude(valid_to__lt=day)

    def under(self, unit: "Unit") -> Self:
        """`unit` and every unit below it."""
        return self.filter(path__startswith=unit.path)

    def standing_under(self, unit: "Unit") -> Self:
        """Units, of any time, whose place is today taken by `unit` or a unit below it.

        A divided unit has no such place: until its people are allocated, the nearest standing unit above answers.
        """
        units = Unit.objects.order_by()
        here = units.filter(path__startswith=unit.path).values("pk")
        stood_for = units.filter(standing__in=here).values("pk")
        divided = units.filter(standing__isnull=True)
        below = divided.filter(parent__in=stood_for).values("pk")
        two_below = divided.filter(parent__standing__isnull=True, parent__parent__in=stood_for).values("pk")
        return self.filter(pk__in=here.union(stood_for, below, two_below))

    def divided(self) -> Self:
        """Units whose area went to several others."""
        return self.filter(standing__isnull=True)

    def within_reach(self, user: "User") -> Self:
        """Units of the user's scope, and those of which a part went to the user's own unit."""
        if user.manages_users:
            return self.all()
        if user.sees != Sees.UNITS:
            return self.none()
        parts = Succession.objects.filter(share=Succession.Share.PART, new=user.unit)
        return self.filter(Q(pk__in=user.scope) | Q(pk__in=parts.values("old")))

    def communes(self) -> Self:
        return self.filter(kind=Unit.Kind.COMMUNE)

    def above_districts(self) -> Self:
        """The ministry and the provinces, of today and of the past."""
        return self.filter(kind__in=(Unit.Kind.MINISTRY, Unit.Kind.PROVINCE))

    def visible_to(self, user: "User") -> Self:
        """The user's own branch; an administrator sees the whole tree."""
        if user.manages_users:
            return self.all()
        return self.filter(pk__in=user.scope)

    def search(self, words: str) -> Self:
        """Units whose name, code or province begin with every word, the nearest match first."""
        typed = search_words(words)
        found = self
        for word in typed.split():
            found = found.filter(search_text__contains=f" {word}")
        rank = Case(
            When(code=typed.upper(), then=Value(0)),
            When(search_text__contains=f" {typed} |", then=Value(1)),
            When(search_text__startswith=f" {typed}", then=Value(2)),
            default=Value(3),
        )
        return found.annotate(rank=rank).order_by("rank", "search_text", "-valid_from", "pk")

    def bearing(self, code, day):
        """The unit that bears `code` on `day`; raises Unit.DoesNotExist."""
        return self.on(day).get(code=code)


class Unit(models.Model):
    """An administrative unit as it stood between two dates; a changed unit is a new row."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District")
        CLUSTER = "cluster", _("Cluster of communes")
        COMMUNE = "commune", _("Commune")

    PERSONAL = ()
    PLAIN = (
        "id",
        "kind",
        "name",
        "code",
        "valid_from",
        "valid_to",
        "parent",
        "path",
        "standing",
        "phone",
        "source",
        "certainty",
        "search_text",
    )

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    code = models.CharField(_("official code"), max_length=10)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=100, db_index=True, editable=False)
    standing = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="stands_for")
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    certainty = models.CharField(_("certainty"), max_length=1, blank=True)
    search_text = models.CharField(max_length=260, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_with_its_date"),
            models.CheckConstraint(
                name="unit_valid_from_before_valid_to",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The unit ends before it begins."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_text = self.searched_by()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        if self._state.adding:
            super().save(*args, **kwargs)
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk:06d}/"
            self.standing = self.standing or self
            kwargs = {"update_fields": ["path", "standing"]}
        super().save(*args, **kwargs)

    def searched_by(self):
        """Name, code and province, in marks that tell the three apart: " xa nam da | 24697 > tinh lam dong"."""
        province = self.province
        above = search_words(province.name) if province and province is not self else ""
        return f" {search_words(self.name)} | {self.code.lower()} > {above} "

    @property
    def of_today(self):
        """The unit that stands in its place today; itself where it was divided among several."""
        return self.standing or self

    @property
    def province(self):
        """The province the unit lies in; itself for a province, None where nothing stands above."""
        found = self
        while found and found.kind != self.Kind.PROVINCE:
            found = found.parent
        return found

    @property
    def full_label(self):
        """What tells it from every namesake: "Xã Nam Đà (24697), Tỉnh Lâm Đồng"; an ended unit bears its last day."""
        code = f"{self.code}, {_('until')} {self.valid_to:%d/%m/%Y}" if self.valid_to else self.code
        province = self.province
        return f"{self.name} ({code})" + (f", {province.name}" if province and province is not self else "")

    @property
    def is_ministry(self):
        """The one unit above the provinces: whoever is posted there has the whole country below."""
        return self.kind == self.Kind.MINISTRY

    @property
    def is_commune(self):
        return self.kind == self.Kind.COMMUNE

    def in_force(self, on):
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def contains(self, other):
        return other.path.startswith(self.path)


class Succession(models.Model):
    """`old` handed its area to `new` on a day, wholly or in part (merger, split, renaming)."""

    class Share(models.TextChoices):
        FULL = "full", _("Whole area")
        PART = "part", _("Part of the area")

    PERSONAL = ()
    PLAIN = ("id", "old", "new", "on", "share", "decree")

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    on = models.DateField(_("from"))
    share = models.CharField(_("share"), max_length=4, choices=Share.choices, default=Share.FULL)
    decree = models.CharField(_("decree"), max_length=100, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]

    def __str__(self):
        return f"{self.old} → {self.new}"
