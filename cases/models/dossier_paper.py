from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.law.forms import FORMS, HELPER_REPORT, FormSubject
from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow

CODES = [(form.code, form.code) for form in FORMS if form.subject != FormSubject.UNIT]
QUARTER_MONTHS = (1, 4, 7, 10)


def first_of_quarter(day):
    """A quarter is stored by its first day."""
    if day.day != 1 or day.month not in QUARTER_MONTHS:
        raise ValidationError(_("%(day)s is not the first day of a quarter."), params={"day": f"{day:%d/%m/%Y}"})


class DossierPaper(CaseRow):
    """A signed paper that lies in somebody's dossier (Thông tư 10/2024/TT-BCA, Điều 11); one of a kind.

    Of the helper's report there is one for each quarter.
    """

    PERSONAL = ("returnee", "code", "on", "number", "quarter")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="dossier_papers")
    code = models.CharField(_("form"), max_length=10, choices=CODES)
    quarter = models.DateField(_("quarter"), null=True, blank=True, validators=[first_of_quarter])
    on = models.DateField(_("day on the paper"))
    number = models.CharField(_("number on the paper"), max_length=40, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["code", "quarter", "pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="dossier_paper_of_a_quarter",
                condition=Q(code=HELPER_REPORT, quarter__isnull=False)
                | ~Q(code=HELPER_REPORT) & Q(quarter__isnull=True),
                violation_error_message=_("Only the helper's report is of a quarter, and it names one."),
            ),
            models.CheckConstraint(
                name="dossier_paper_not_before_its_quarter",
                condition=Q(quarter__isnull=True) | Q(on__gte=F("quarter")),
            ),
            models.UniqueConstraint(
                fields=["returnee", "code"],
                condition=Q(quarter__isnull=True, withdrawn_at__isnull=True),
                name="dossier_paper_once",
                violation_error_message=_("This paper lies in the dossier already."),
            ),
            models.UniqueConstraint(
                fields=["returnee", "code", "quarter"],
                condition=Q(quarter__isnull=False, withdrawn_at__isnull=True),
                name="dossier_paper_once_a_quarter",
                violation_error_message=_("The helper's report of this quarter lies in the dossier already."),
            ),
        ]

    def clean(self):
        super().clean()
        if self.quarter and self.on and self.on < self.quarter:
            said = _("The report of a quarter is not dated before it began on %(day)s.")
            raise ValidationError({"on": said % {"day": f"{self.quarter:%d/%m/%Y}"}})

    def __str__(self):
        return f"{self.code} {self.on:%d/%m/%Y}"
