from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.import_run import ImportRun
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.unit import Unit
    from cases.models.user import User


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    def near(self, unit: "Unit") -> Self:
        """Those of the unit first, then of its neighbours below the same parent, the newest before the others."""
        near = Q(unit=unit)
        if unit.parent_id:
            near |= Q(unit__parent=unit.parent_id)
        own_first = models.Case(models.When(unit=unit, then=0), default=1)
        return self.filter(near).select_related("unit").order_by(own_first, "-changed_at", "-pk")


class ColumnMapping(Stamped):
    """How a unit matched the columns of a sheet with certain headings to the register, kept for the next such sheet."""

    PERSONAL = ()
    PLAIN = ("unit", "kind", "digest", "targets")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ImportRun.Kind.choices)
    digest = models.CharField(max_length=32)  # of the headings
    targets = models.JSONField(default=list)  # of each column in its order; "" where it is not read

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "digest"], name="column_mapping_once")]

    def __str__(self):
        return f"{self.unit} {self.digest}"


class HeadingSynonymQuerySet(models.QuerySet["HeadingSynonym"]):
    def visible_to(self, user: "User") -> Self:
        """Words mean the same in every unit."""
        return self if user.role else self.none()

    def on(self, day: date) -> Self:
        """Those that hold on `day`, the newest first: of one word it is the one that holds."""
        held = self.filter(valid_from__lte=day).exclude(valid_to__lt=day)
        return held.order_by("-valid_from", "-pk")


class HeadingSynonym(Stamped):
    """What registers call a column too, entered beside the words that are built in."""

    PERSONAL = ()
    PLAIN = ("word", "target", "valid_from", "valid_to")

    word = models.CharField(_("heading in the sheet"), max_length=80)
    target = models.CharField(_("column of the register"), max_length=40, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force to"), null=True, blank=True)

    objects = HeadingSynonymQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "valid_from"],
                name="heading_synonym_once_a_day",
                violation_error_message=_("This word has a meaning from that day already."),
            ),
            models.CheckConstraint(
                name="heading_synonym_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self):
        return self.word
