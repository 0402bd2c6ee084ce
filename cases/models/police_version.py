from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext_lazy as _

from cases.law import police as law
from cases.law.versions import Certainty as LawCertainty
from cases.models import fields as models
from cases.models.rule_version import RuleVersion
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User

WORDS = [(row.word, row.word) for row in law.LETTERS]


class PoliceVersionQuerySet(models.QuerySet["PoliceVersion"]):
    def visible_to(self, user: "User") -> Self:
        """Police bodies sign alike in every unit of a kind."""
        return self if user.role else self.none()

    def in_order(self) -> Self:
        """Those of a day later hold after those of a day earlier."""
        return self.order_by("valid_from", "pk")

    def table(self) -> tuple[law.Letters, ...]:
        return police_table(self.in_order())


class PoliceVersion(Stamped):
    """How the police bodies of one kind of unit sign from a day on: the symbol, the head, who signs for the head."""

    PERSONAL = ()
    PLAIN = ("word", "symbol", "head", "deputy", "valid_from", "source", "certainty", "verified_by")

    word = models.CharField(_("kind of unit"), max_length=20, choices=WORDS)
    symbol = models.CharField(_("symbol in the number of letters"), max_length=20)
    head = models.CharField(_("head of the body"), max_length=80)
    deputy = models.CharField(_("deputy of the head"), max_length=80)
    valid_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=RuleVersion.Certainty.choices)
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)

    objects = PoliceVersionQuerySet.as_manager()

    class Meta:
        ordering = ["word", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "valid_from"],
                name="police_version_once_a_day",
                violation_error_message=_("A version of this kind from that day stands already: correct that one."),
            ),
        ]

    def __str__(self):
        return f"{self.word} {self.valid_from:%d/%m/%Y}"

    def letters(self) -> law.Letters:
        certainty = LawCertainty(self.certainty)
        return law.Letters(self.word, self.symbol, self.head, self.deputy, certainty, self.valid_from, self.source)


def police_table(entered: Iterable[PoliceVersion]) -> tuple[law.Letters, ...]:
    """How bodies sign by the law module, and after that what was entered (in order): of one day the latter holds."""
    return (*law.LETTERS, *(row.letters() for row in entered))
