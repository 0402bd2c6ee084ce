from datetime import date, timedelta
from typing import Self

from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.lib.period import Period
from cases.models import fields as models
from cases.models.figures_edition import figures_edition

SHOWN_WITHIN = timedelta(
    days=7
)  # a page of today shows the figures of an earlier day, and says so, no longer than this


class FiguresGround(models.Model):
    """What figures stand on besides the records: units and rules. Whatever changes these makes the next version.

    Triggers of the tables do so (migration 0076): figures kept on an earlier version are shown no more.
    """

    PERSONAL = ()
    PLAIN = ("id", "version")

    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.version)


def _ground():
    return Coalesce(Subquery(FiguresGround.objects.order_by("pk").values("version")[:1]), Value(0))


class KeptFiguresQuerySet(models.QuerySet["KeptFigures"]):
    def standing(self) -> Self:
        """Those counted by this edition of the code, on units and rules as they are now."""
        return self.filter(edition=figures_edition(), ground=_ground())

    def of_period(self, named: Period) -> Self:
        """Of one period; while it is under way they may be those of an earlier day."""
        return self.filter(start=named.start, end=named.end)

    def of_day(self, day: date, on: date) -> Self:
        """Of a day; where that is today also what was counted in the days before, each on its own day."""
        wanted = Q(end=day)
        if day == on:
            wanted |= Q(end__lt=day, end__gte=day - SHOWN_WITHIN, counted_on=F("end"))
        return self.filter(wanted)


class KeptFigures(models.Model):
    """The figures of one page of a large unit, counted by a worker, with the moment: no lines, no names.

    They count `start` to `upto`, the last day of the period or, while it is under way, that on which they were counted.
    """

    class Page(models.TextChoices):
        OVERVIEW = "overview", _("Overview")
        REPORT = "report", _("Report")
        REOFFENDING = "reoffending", _("Reoffending by year of release")

    PERSONAL = ("figures",)  # the offices where papers stand still, as somebody wrote them
    PLAIN = ("id", "unit", "page", "lens", "start", "end", "upto", "counted_at", "counted_on", "edition", "ground")

    unit = models.ForeignKey("cases.Unit", models.CASCADE, related_name="+")
    page = models.CharField(max_length=12, choices=Page.choices)
    lens = models.CharField(max_length=6)
    start = models.DateField()
    end = models.DateField()
    upto = models.DateField()
    counted_at = models.DateTimeField()
    counted_on = models.DateField()
    edition = models.CharField(max_length=12)
    ground = models.PositiveBigIntegerField()
    figures = models.JSONField()

    objects = KeptFiguresQuerySet.as_manager()

    class Meta:
        ordering = ["-upto", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "page", "lens", "start", "end"], name="kept_figures_once")
        ]

    def __str__(self):
        return f"{self.page} {self.unit_id} {self.start} {self.end}"
