from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext_lazy as _

from cases.law import form_names as law
from cases.law.versions import Certainty as LawCertainty
from cases.models import fields as models
from cases.models.rule_version import RuleVersion
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User

CODES = [(code, code) for code in sorted({row.code for row in law.FORM_NAMES})]


class FormNameVersionQuerySet(models.QuerySet["FormNameVersion"]):
    def visible_to(self, user: "User") -> Self:
        """Forms are named alike in every unit."""
        return self if user.role else self.none()

    def in_order(self) -> Self:
        """Those of a day later hold after those of a day earlier."""
        return self.order_by("valid_from", "pk")

    def table(self) -> tuple[law.FormName, ...]:
        return form_name_table(self.in_order())


class FormNameVersion(Stamped):
    """How a form is called from a day on, entered because the printed one was seen or a circular changed it."""

    PERSONAL = ()
    PLAIN = ("code", "title", "valid_from", "source", "certainty", "verified_by")

    code = models.CharField(_("form"), max_length=10, choices=CODES)
    title = models.CharField(_("name of the form"), max_length=160)
    valid_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=RuleVersion.Certainty.choices)
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)

    objects = FormNameVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="form_name_version_once_a_day",
                violation_error_message=_("A name of this form from that day stands already."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.valid_from:%d/%m/%Y}"

    def form_name(self):
        return law.FormName(self.code, self.title, self.source, LawCertainty(self.certainty), self.valid_from)


def form_name_table(entered: Iterable[FormNameVersion]) -> tuple[law.FormName, ...]:
    """The names the law module brings, and after them those entered (in order): of one day the latter hold."""
    return (*law.FORM_NAMES, *(row.form_name() for row in entered))
