from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnitQuerySet(models.QuerySet):
    def on(self, day=None):
        """Units in force on `day`; both ends of a unit's life are inclusive."""
        day = day or timezone.localdate()
        return self.filter(valid_from__lte=day).exclude(valid_to__lt=day)

    def during(self, start, end):
        """Units in force on at least one day from `start` to `end`."""
        return self.filter(valid_from__lte=end).exclude(valid_to__lt=start)

    def under(self, unit):
        """`unit` and every unit below it."""
        return self.filter(path__startswith=unit.path)

    def standing_under(self, unit):
        """Units, of any time, whose place is today taken by `unit` or a unit below it."""
        return self.filter(models.Q(path__startswith=unit.path) | models.Q(standing__path__startswith=unit.path))

    def communes(self):
        return self.filter(kind=Unit.Kind.COMMUNE)

    def visible_to(self, user):
        """The user's own branch; an administrator sees the whole tree."""
        if user.manages_users:
            return self.all()
        return self.filter(pk__in=user.units())

    def bearing(self, code, day):
        """The unit that bears `code` on `day`; raises Unit.DoesNotExist."""
        return self.on(day).get(code=code)


class Unit(models.Model):
    """An administrative unit as it stood between two dates; a changed unit is a new row."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District")
        CLUSTER = "cluster", _("Cluster of communes")
        COMMUNE = "commune", _("Commune")

    PERSONAL = ()
    PLAIN = ("id", "kind", "name", "code", "valid_from", "valid_to", "parent", "path", "standing", "phone")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    code = models.CharField(_("official code"), max_length=10)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=100, db_index=True, editable=False)
    standing = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="stands_for")
    phone = models.CharField(_("phone"), max_length=20, blank=True)

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
        if self._state.adding:
            super().save(*args, **kwargs)
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk:06d}/"
            self.standing = self.standing or self
            kwargs = {"update_fields": ["path", "standing"]}
        super().save(*args, **kwargs)

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
