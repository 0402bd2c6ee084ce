from datetime import date
from typing import Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class ConsentQuerySet(CaseRowQuerySet["Consent"]):
    def standing(self, on: date, *purposes: str) -> Self:
        """Those for these purposes that hold on `on`, the latest first."""
        return self.kept().filter(purpose__in=purposes, given_on__lte=on).exclude(ended_on__lte=on)


class Consent(CaseRow):
    """Why data of a person may be given to somebody beyond the duty: consent or a law, from day to day."""

    class Purpose(models.TextChoices):
        EMPLOYER = "employer", _("To employers, to find work")
        SCHOOL = "school", _("To schools, to learn a trade")
        HELPER = "helper", _("To helpers who are no officers")
        LENDER = "lender", _("To lenders, for a loan")
        OTHER = "other", _("To somebody else")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("The person agrees")
        LAW = "law", _("A law or decision says so")

    class How(models.TextChoices):
        SIGNED = "signed", _("Signed on paper")
        MINUTES = "minutes", _("Said, and written in the minutes")
        VNEID = "vneid", _("In VNeID")

    PERSONAL = ("returnee", "purpose", "basis", "how", "given_on", "ended_on", "note", "photo")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="consents")
    purpose = models.CharField(_("what for"), max_length=8, choices=Purpose.choices)
    basis = models.CharField(_("by what right"), max_length=7, choices=Basis.choices, default=Basis.CONSENT)
    how = models.CharField(_("how it was given"), max_length=7, choices=How.choices, blank=True)
    given_on = models.DateField(_("from"))
    ended_on = models.DateField(_("taken back on"), null=True, blank=True, editable=False)
    note = models.CharField(_("which data, to whom; of a law its article"), max_length=300, blank=True)
    photo = models.ForeignKey(
        "cases.Attachment",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photograph of the signed paper"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-given_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="consent_given_before_it_ends",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("given_on")),
                violation_error_message=_("It was taken back before it was given: check the days."),
            ),
            models.CheckConstraint(
                name="consent_given_somehow",
                condition=Q(basis="consent") & ~Q(how="") | Q(basis="law") & ~Q(note=""),
                violation_error_message=_("Say how the person agreed; of a law, its article."),
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.given_on:%d/%m/%Y}"

    def stands(self, on: date) -> bool:
        """Whether it holds on `on`; on the day it is taken back it does not."""
        return self.given_on <= on and (self.ended_on is None or on < self.ended_on)
