from dataclasses import replace
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.law import administrative
from cases.law import deadlines as law
from cases.law.versions import Certainty as LawCertainty
from cases.models import fields as models
from cases.models.rule_version import RuleVersion
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User

LONGEST = 366


class DeadlineVersionQuerySet(models.QuerySet["DeadlineVersion"]):
    def visible_to(self, user: "User") -> Self:
        """Deadlines are the same for every unit."""
        return self if user.role else self.none()

    def table(self):
        """All deadlines in one query; see deadline_table."""
        return deadline_table(self.of_duties())

    def of_duties(self) -> Self:
        """What was entered of the officers' deadlines, the oldest first; see deadline_table."""
        return self.exclude(duty__in=DeadlineVersion.SLATES.values()).order_by("valid_from", "pk")

    def of_slates(self) -> Self:
        """What was entered of administrative clean slates, the oldest first; see clean_slates."""
        rows = self.filter(duty__in=DeadlineVersion.SLATES.values()).order_by("valid_from", "pk")
        return rows.select_related("created_by")


class DeadlineVersion(Stamped):
    """A deadline or interval of the officers from a day on, entered because a text changed it or was found."""

    class Duty(models.TextChoices):
        RESIDENCE_CHECK = law.DeadlineKind.RESIDENCE_CHECK.value, _("Check of the address after a notice")
        PRESENTING = law.DeadlineKind.PRESENTING.value, _("Presenting after the release")
        HELPER_PROPOSAL = law.DeadlineKind.HELPER_PROPOSAL.value, _("Proposal of who helps")
        DOSSIER = law.DeadlineKind.DOSSIER.value, _("Dossier of the person")
        TAKEOVER = law.DeadlineKind.TAKEOVER.value, _("Taking a file over")
        HELPER_REPORT = law.DeadlineKind.HELPER_REPORT.value, _("Quarterly report of the helper")
        DATABASE = law.DeadlineKind.DATABASE.value, _("Entry into the database of execution")
        LOAN_LIST = law.DeadlineKind.LOAN_LIST.value, _("Monthly list of borrowers")
        CONTACT = law.DeadlineKind.CONTACT.value, _("Meeting the person")
        ASSESSMENT = law.DeadlineKind.ASSESSMENT.value, _("Assessment A to D")
        JOB_CHECK_FIRST = law.DeadlineKind.JOB_CHECK_FIRST.value, _("First check of a job")
        JOB_CHECK_SECOND = law.DeadlineKind.JOB_CHECK_SECOND.value, _("Second check of a job")
        JOB_CHECK_THIRD = law.DeadlineKind.JOB_CHECK_THIRD.value, _("Third check of a job")
        JOB_CHECK_FOURTH = law.DeadlineKind.JOB_CHECK_FOURTH.value, _("Fourth check of a job")
        PAPERWORK_STUCK = law.DeadlineKind.PAPERWORK_STUCK.value, _("Paper without a step")
        SLATE_WARNING = "slate_warning", _("Clean slate after a warning")
        SLATE_OTHER = "slate_other", _("Clean slate after a fine or another sanction")
        SLATE_MEASURE = "slate_measure", _("Clean slate after an administrative measure")

    SLATES = {
        administrative.Sanction.WARNING: Duty.SLATE_WARNING,
        administrative.Sanction.OTHER: Duty.SLATE_OTHER,
        administrative.Sanction.MEASURE: Duty.SLATE_MEASURE,
    }

    PERSONAL = ()
    PLAIN = ("duty", "amount", "valid_from", "source", "certainty", "verified_by")

    duty = models.CharField(_("deadline"), max_length=20, choices=Duty.choices)
    amount = models.PositiveSmallIntegerField(_("how many"))
    valid_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=RuleVersion.Certainty.choices)
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)

    objects = DeadlineVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "valid_from"],
                name="deadline_version_once_a_day",
                violation_error_message=_("A version of this deadline from that day stands already."),
            ),
            models.CheckConstraint(
                name="deadline_version_in_bounds",
                condition=Q(amount__gte=1, amount__lte=LONGEST),
                violation_error_message=_("A deadline is 1 to 366 days or months."),
            ),
        ]

    def __str__(self):
        return f"{self.get_duty_display()} {self.valid_from:%d/%m/%Y}"

    def clean_slate(self, base):
        """The row of the law's table of clean slates, with these months and this source."""
        certainty = LawCertainty(self.certainty)
        return replace(base, months=self.amount, legal_basis=self.source, certainty=certainty)

    def deadline(self):
        """The row of the law's table; what it counts – days, working days, months – belongs to the duty."""
        duty = law.DeadlineKind(self.duty)
        count = next(row.count for row in law.DEADLINES if row.duty is duty)
        certainty = LawCertainty(self.certainty)
        return law.Deadline(duty, self.amount, count, self.valid_from, None, self.source, certainty)


def deadline_table(entered):
    """The deadlines the law module brings, and after them those `entered`: of the same day the latter hold."""
    return (*law.DEADLINES, *(row.deadline() for row in entered))


def clean_slates(entered, on):
    """The law's table of administrative clean slates as it holds on a day; `entered`: see of_slates()."""
    newest = {row.duty: row for row in entered if row.valid_from <= on}
    found = ((slate, newest.get(DeadlineVersion.SLATES[slate.sanction])) for slate in administrative.CLEAN_SLATES)
    return tuple(row.clean_slate(slate) if row else slate for slate, row in found)
