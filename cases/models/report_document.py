from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import KeptQuerySet, ScopedQuerySet
from cases.models.stamped import CaseRow, Stamped


class ReportDocument(Stamped):
    """The official report of a unit for a period: what people write on it. Its figures are counted, never stored here.

    An empty text is drafted from the figures whenever the report is opened.
    """

    class Lens(models.TextChoices):
        AS_WAS = "as-was", _("Units as they were")
        AS_IS = "as-is", _("Units of today")

    class Capacity(models.TextChoices):
        HEAD = "", _("The head signs")
        FOR_HEAD = "KT.", _("KT.: a deputy signs for the head")
        ON_BEHALF = "TM.", _("TM.: on behalf of a collective body")
        BY_ORDER = "TL.", _("TL.: by order of the head")

    PERSONAL = ("signatory_name",)
    PLAIN = (
        "unit", "report", "period_start", "period_end", "lens", "situation", "results", "shortcomings", "directions",
        "place", "signed_on", "capacity", "signs_for", "position", "signatory_rank", "recipients",
    )  # fmt: skip
    TEXTS = ("situation", "results", "shortcomings", "directions")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="documents", verbose_name=_("unit"))
    report = models.CharField(max_length=30)
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    lens = models.CharField(_("changed units"), max_length=6, choices=Lens.choices, default=Lens.AS_WAS)
    situation = models.TextField(_("I. Situation"), max_length=6000, blank=True)
    results = models.TextField(_("II. Results"), max_length=10000, blank=True)
    shortcomings = models.TextField(_("III. Shortcomings and causes"), max_length=6000, blank=True)
    directions = models.TextField(_("IV. Directions"), max_length=6000, blank=True)
    place = models.CharField(_("place of the letter"), max_length=60, blank=True)
    signed_on = models.DateField(_("day of the letter"))
    capacity = models.CharField(_("who signs"), max_length=3, choices=Capacity.choices, blank=True)
    signs_for = models.CharField(_("head or body signed for"), max_length=80, blank=True)
    position = models.CharField(_("position of who signs"), max_length=80, blank=True)
    signatory_rank = models.CharField(_("rank"), max_length=40, blank=True)
    signatory_name = models.CharField(_("full name of who signs"), max_length=80, blank=True)
    recipients = models.TextField(_("recipients"), max_length=1000, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "report", "period_start", "period_end", "lens"],
                name="reportdocument_one_a_period",
                violation_error_message=_("The report of this unit for this period is there already."),
            ),
            models.CheckConstraint(
                name="reportdocument_period_in_order",
                condition=Q(period_end__gte=F("period_start")),
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                name="reportdocument_known_capacity",
                condition=Q(capacity__in=["", "KT.", "TM.", "TL."]),
                violation_error_message=_("Choose who signs."),
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.period_start:%d/%m/%Y}–{self.period_end:%d/%m/%Y}"

    def clean(self):
        """A report may be signed before its period is over, and never before it has begun."""
        super().clean()
        if self.signed_on and self.period_start and self.signed_on < self.period_start:
            said = _("%(day)s is before the period of the report begins, %(first)s.")
            days = {"day": f"{self.signed_on:%d/%m/%Y}", "first": f"{self.period_start:%d/%m/%Y}"}
            raise ValidationError({"signed_on": ValidationError(said, params=days)})

    @property
    def texts(self):
        return {name: getattr(self, name) for name in self.TEXTS}


class DocumentNumber(models.Model):
    """A line of the register of outgoing documents: one series for each unit, year and type, without gaps."""

    REPORT = "BC"

    PERSONAL = ()
    PLAIN = ("id", "unit", "year", "type", "number", "document", "given_at", "given_by")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="document_numbers")
    year = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    document = models.OneToOneField(ReportDocument, models.PROTECT, related_name="outgoing")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey("cases.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["unit", "year", "type", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "type", "number"],
                name="documentnumber_given_once",
                violation_error_message=_("This number is taken in the register."),
            ),
            models.CheckConstraint(name="documentnumber_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"{self.number:02d}/{self.type} {self.year}"


class ReportCellQuerySet(KeptQuerySet["ReportCell"], ScopedQuerySet["ReportCell"]):
    unit_path = "document__unit"
    person_path = None


class ReportCell(CaseRow):
    """A figure of the official report written by hand in the place of the counted one, with the reason."""

    PERSONAL = ()
    PLAIN = ("document", "indicator", "value", "reason")

    document = models.ForeignKey(ReportDocument, models.PROTECT, related_name="cells")
    indicator = models.CharField(_("figure"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300)

    objects = ReportCellQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["document", "indicator"],
                condition=Q(withdrawn_at__isnull=True),
                name="reportcell_one_a_figure",
                violation_error_message=_("This figure is written by hand already: take that back first."),
            ),
            models.CheckConstraint(
                name="reportcell_with_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the figure is written by hand."),
            ),
            models.CheckConstraint(
                name="reportcell_not_below_zero",
                condition=Q(value__gte=0),
                violation_error_message=_("A figure is not below 0."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.value}"

    @property
    def unit_id(self):
        return self.document.unit_id
