from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.law.chapters import LAST_ARTICLE, is_article
from cases.law.waiting import PRISON_MONTHS
from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet, ReturneeScopedQuerySet, Row
from cases.models.stamped import CaseRow

FEWEST_MONTHS, MOST_MONTHS = PRISON_MONTHS
MONTHS_MESSAGE = _("Months of prison must be from 1 to 360 (Articles 38 and 55 of the Penal Code).")


def article_number(value):
    """An article of the Penal Code, with its letter where it has one: 173, 256a."""
    if not is_article(value):
        told = _("The Penal Code has the articles 1 to %(last)d, some with a letter, such as 256a.")
        raise ValidationError(told, params={"last": LAST_ARTICLE})


class Severity(models.IntegerChoices):
    """Loại tội phạm, Điều 9 BLHS: by the maximum of the frame applied."""

    LESS_SERIOUS = 1, _("Less serious")
    SERIOUS = 2, _("Serious")
    VERY_SERIOUS = 3, _("Very serious")
    EXTREMELY_SERIOUS = 4, _("Extremely serious")


class Judgment(CaseRow):
    """One judgment (bản án) with its main penalty; offences and what else it ordered hang on it."""

    class MainPenalty(models.TextChoices):
        PRISON = "prison", _("Fixed-term imprisonment")
        LIFE = "life", _("Life imprisonment")
        DEATH_COMMUTED = "death_commuted", _("Death penalty commuted")
        SUSPENDED = "suspended_prison", _("Suspended sentence")
        NON_CUSTODIAL = "non_custodial", _("Non-custodial reform")
        FINE = "fine", _("Fine")
        WARNING = "warning", _("Warning")

    TIMED = (MainPenalty.PRISON, MainPenalty.SUSPENDED, MainPenalty.NON_CUSTODIAL)  # counted in months

    class DoneHow(models.TextChoices):
        SERVED = "served", _("Served in full")
        AMNESTY = "amnesty", _("Amnesty")
        CONDITIONAL = "conditional_release", _("End of conditional release")
        PROBATION = "probation_ended", _("Probation ended")
        LIMITATION = "limitation", _("Limitation period expired")

    PERSONAL = (
        "returnee",
        "number",
        "court",
        "judged_on",
        "effective_on",
        "main_penalty",
        "months",
        "exempt",
        "general_penalty",
        "foreign_court",
        "main_done_on",
        "main_done_how",
        "clearance_decision_on",
        "note",
    )
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="judgments")
    number = models.CharField(_("judgment number"), max_length=60, blank=True)
    court = models.CharField(_("court"), max_length=120, blank=True)
    judged_on = models.DateField(_("judged on"), null=True, blank=True)
    effective_on = models.DateField(_("in force on"), null=True, blank=True)
    main_penalty = models.CharField(_("main penalty"), max_length=20, choices=MainPenalty.choices)
    months = models.PositiveSmallIntegerField(
        _("months of prison"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FEWEST_MONTHS, MONTHS_MESSAGE), MaxValueValidator(MOST_MONTHS, MONTHS_MESSAGE)],
    )
    exempt = models.BooleanField(_("exempted from penalty"), default=False)
    general_penalty = models.BooleanField(_("general penalty of several judgments"), default=False)
    foreign_court = models.BooleanField(_("judgment of a foreign court"), default=False)
    main_done_on = models.DateField(_("main penalty done on"), null=True, blank=True)
    main_done_how = models.CharField(_("how it was done"), max_length=20, choices=DoneHow.choices, blank=True)
    clearance_decision_on = models.DateField(_("court decision clearing the record"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["effective_on", "pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="judgment_months_sensible",
                condition=Q(months__isnull=True) | Q(months__gte=FEWEST_MONTHS, months__lte=MOST_MONTHS),
                violation_error_message=MONTHS_MESSAGE,
            ),
        ]

    def __str__(self):
        return self.number or f"{self.get_main_penalty_display()}"


class JudgmentPartQuerySet(ReturneeScopedQuerySet[Row]):
    unit_path = "judgment__returnee__unit"


class Offence(models.Model):
    """One offence of a judgment: article and clause, because the class attaches to the clause."""

    class Fault(models.TextChoices):
        DELIBERATE = "deliberate", _("Deliberate")
        NEGLIGENT = "negligent", _("Negligent")

    PERSONAL = ("judgment", "name", "article", "clause", "chapter", "fault", "severity", "act_on")
    PLAIN = ("id",)

    judgment = models.ForeignKey(Judgment, models.CASCADE, related_name="offences")
    name = models.CharField(_("offence"), max_length=120)
    article = models.CharField(_("article"), max_length=5, blank=True, validators=[article_number])
    clause = models.PositiveSmallIntegerField(_("clause"), null=True, blank=True)
    chapter = models.CharField(_("chapter"), max_length=6, blank=True)
    fault = models.CharField(_("fault"), max_length=10, choices=Fault.choices, blank=True)
    severity = models.PositiveSmallIntegerField(_("class of crime"), choices=Severity.choices, null=True, blank=True)
    act_on = models.DateField(_("day of the act"), null=True, blank=True)

    objects = JudgmentPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name


class AdditionalPenalty(models.Model):
    """Hình phạt bổ sung that may outlast the waiting period (Điều 70 khoản 2)."""

    class Kind(models.TextChoices):
        RESIDENCE_CONTROL = "residence_control", _("Residence control")
        RESIDENCE_BAN = "residence_ban", _("Residence ban")
        POST_BAN = "post_ban", _("Ban from posts or occupations")
        RIGHTS = "rights", _("Deprivation of some civic rights")

    PERSONAL = ("judgment", "kind", "since", "done_on")
    PLAIN = ("id",)

    judgment = models.ForeignKey(Judgment, models.CASCADE, related_name="additional_penalties")
    kind = models.CharField(_("additional penalty"), max_length=20, choices=Kind.choices)
    since = models.DateField(_("from"), null=True, blank=True)
    done_on = models.DateField(_("until"), null=True, blank=True)

    objects = JudgmentPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()


class Obligation(models.Model):
    """Án phí, bồi thường, phạt tiền, tịch thu: what else the judgment orders to be done."""

    class Kind(models.TextChoices):
        COURT_FEE = "court_fee", _("Court fee")
        COMPENSATION = "compensation", _("Compensation")
        FINE = "fine", _("Supplementary fine")
        CONFISCATION = "confiscation", _("Confiscation")

    class State(models.TextChoices):
        DONE = "done", _("Done")
        OPEN = "open", _("Not done")
        WAIVED = "waived", _("Waived")
        UNKNOWN = "unknown", _("Not known")

    PERSONAL = ("judgment", "kind", "state", "amount", "done_on", "evidence")
    PLAIN = ("id",)

    judgment = models.ForeignKey(Judgment, models.CASCADE, related_name="obligations")
    kind = models.CharField(_("obligation"), max_length=15, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.UNKNOWN)
    amount = models.PositiveBigIntegerField(_("amount (đồng)"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=120, blank=True)

    objects = JudgmentPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()
