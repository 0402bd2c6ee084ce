"""Three records that police statistics often mix, administrative, criminal and the court's finding; and where held."""

from datetime import date
from typing import Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.judgment import Severity, article_number
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class AdministrativeViolation(CaseRow):
    """Vi phạm hành chính: an act, the decision on it, the fine."""

    class Sanction(models.TextChoices):
        WARNING = "warning", _("Warning")
        OTHER = "other", _("Fine or another sanction")
        MEASURE = "measure", _("Administrative handling measure")

    PERSONAL = (
        "returnee",
        "act_on",
        "behaviour",
        "decision_number",
        "decided_on",
        "sanction",
        "fine",
        "done_on",
        "note",
    )
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="administrative_violations")
    act_on = models.DateField(_("day of the act"))
    behaviour = models.CharField(_("behaviour"), max_length=200)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    sanction = models.CharField(_("sanction"), max_length=8, choices=Sanction.choices, blank=True)
    fine = models.PositiveBigIntegerField(_("fine (đồng)"), null=True, blank=True)
    done_on = models.DateField(_("sanction carried out on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-act_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="administrative_decided_after_act",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("act_on")),
                violation_error_message=_("The decision is dated before the act."),
            ),
        ]

    def __str__(self):
        return self.behaviour


class ConfinementQuerySet(CaseRowQuerySet["Confinement"]):
    def on(self, day: date) -> Self:
        """Those that had begun by the day and had not ended before it."""
        return self.kept().filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), begun_on__lte=day)


class Confinement(CaseRow):
    """From when to when somebody is held: what puts them into group D (Thông tư 10/2024/TT-BCA, Điều 12 khoản 1)."""

    class Kind(models.TextChoices):
        CUSTODY = "custody", _("Custody or detention")
        EDUCATION = "education", _("Compulsory education establishment")
        REFORMATORY = "reformatory", _("Reformatory")
        TREATMENT = "treatment", _("Compulsory drug treatment")

    PERSONAL = ("returnee", "kind", "decision_number", "begun_on", "ended_on")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="confinements")
    kind = models.CharField(_("kind of measure"), max_length=11, choices=Kind.choices)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    begun_on = models.DateField(_("held from"))
    ended_on = models.DateField(_("held to"), null=True, blank=True)

    objects = ConfinementQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-begun_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="confinement_ends_after_begin",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("begun_on")),
                violation_error_message=_("It ended before it began."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class CrimeQuerySet(CaseRowQuerySet["Crime"]):
    def counted(self) -> Self:
        """Crimes that count as reoffending in police statistics: at the stage Khởi tố or later."""
        return self.kept().exclude(stage=Crime.Stage.REPORTED)


class Crime(CaseRow):
    """A new crime with the stage its handling has reached (tái phạm tội, thống kê công an)."""

    class Stage(models.TextChoices):
        REPORTED = "reported", _("Reported")
        CHARGED = "charged", _("Proceedings opened")
        PROSECUTED = "prosecuted", _("Prosecuted")
        CONVICTED = "convicted", _("Convicted")

    PERSONAL = ("returnee", "act_on", "offence", "article", "clause", "severity", "stage", "stage_on", "note")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="crimes")
    act_on = models.DateField(_("day of the act"))
    offence = models.CharField(_("offence"), max_length=120)
    article = models.CharField(_("article"), max_length=5, blank=True, validators=[article_number])
    clause = models.PositiveSmallIntegerField(_("clause"), null=True, blank=True)
    severity = models.PositiveSmallIntegerField(_("class of crime"), choices=Severity.choices)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    stage_on = models.DateField(_("stage reached on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CrimeQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-act_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="crime_stage_after_act",
                condition=Q(stage_on__isnull=True) | Q(stage_on__gte=F("act_on")),
                violation_error_message=_("The stage is dated before the act."),
            ),
        ]

    @property
    def is_counted(self):
        """As `counted` of the query."""
        return self.withdrawn_at is None and self.stage != Crime.Stage.REPORTED

    def __str__(self):
        return self.offence


class RecidivismFinding(CaseRow):
    """The court's own finding under Điều 53 BLHS; only a judgment makes it."""

    class Kind(models.TextChoices):
        RECIDIVISM = "recidivism", _("Recidivism")
        DANGEROUS = "dangerous_recidivism", _("Dangerous recidivism")

    PERSONAL = ("returnee", "kind", "court", "judgment_number", "found_on", "note")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="recidivism_findings")
    kind = models.CharField(_("finding"), max_length=25, choices=Kind.choices)
    court = models.CharField(_("court"), max_length=120)
    judgment_number = models.CharField(_("judgment number"), max_length=60)
    found_on = models.DateField(_("judged on"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-found_on", "-pk"]

    def __str__(self):
        return self.get_kind_display()
