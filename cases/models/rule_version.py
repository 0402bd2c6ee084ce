from dataclasses import replace
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.law.versions import Certainty as LawCertainty
from cases.law.versions import in_force
from cases.law.waiting import CONDITIONS, RULE_SETS, Band, RuleSet, WaitColumn
from cases.models import fields as models
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User

PLACES = [(column, band) for column in WaitColumn for band in Band]
LONGEST_WAIT = 240
SETTLED_FIRST = tuple(each.place for each in CONDITIONS)  # which record waits for fees and compensation
REFUSALS = ("refusal-first", "refusal-later")  # Điều 71 khoản 3: months until a new application


def place(column, band):
    """The name of one waiting period in `months`: automatic-b."""
    return f"{column}-{band}"


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def visible_to(self, user: "User") -> Self:
        """The rules are the same for every unit."""
        return self if user.role else self.none()

    def rule_sets(self):
        """All versions in one query; see add_to_law."""
        return add_to_law(self.oldest_first())

    def oldest_first(self) -> Self:
        return self.order_by("valid_from", "pk")


def add_to_law(entered):
    """The versions the law module brings, and after them those `entered`: a later one of the same day wins."""
    sets = RULE_SETS
    for row in entered:
        sets = (*sets, row.rule_set(in_force(sets, row.valid_from)))
    return sets


class RuleVersion(Stamped):
    """The waiting periods of the clean record from a day on, entered because the law changed or was misread."""

    class Certainty(models.TextChoices):
        READ = LawCertainty.READ.value, _("The provision itself was read")
        SECONDARY = LawCertainty.SECONDARY.value, _("A secondary source was read")
        UNVERIFIED = LawCertainty.UNVERIFIED.value, _("Not verified, for the legal section to confirm")

    PERSONAL = ()
    PLAIN = ("code", "title", "valid_from", "months", "settled_first", "source", "certainty", "verified_by")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    valid_from = models.DateField(_("in force from"))
    months = models.JSONField(_("months"))
    settled_first = models.JSONField(_("waits for fees and compensation"), default=dict, blank=True)
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=Certainty.choices)
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]

    def __str__(self):
        return self.code

    def clean(self):
        """Every period of every column is there and is a number of months."""
        expected = {place(*each) for each in PLACES}
        if not isinstance(self.months, dict) or set(self.months) - {*REFUSALS} != expected:
            raise ValidationError({"months": _("Every waiting period is needed.")})
        if not all(type(each) is int and 1 <= each <= LONGEST_WAIT for each in self.months.values()):
            raise ValidationError({"months": _("A waiting period is 1 to 240 months.")})
        if not isinstance(self.settled_first, dict) or not all(
            place in SETTLED_FIRST and isinstance(waits, bool) for place, waits in self.settled_first.items()
        ):
            raise ValidationError({"settled_first": _("Each row says yes or no.")})
        if self.code in {rules.code for rules in RULE_SETS}:
            raise ValidationError({"code": _("This code is taken by a version of the law itself.")})

    def rule_set(self, base: RuleSet) -> RuleSet:
        """These periods in the place of those of `base`; everything else of it stays."""
        certainty = LawCertainty(self.certainty)
        return replace(
            base,
            code=self.code,
            title=self.title,
            valid_from=self.valid_from,
            valid_to=None,
            source=self.source,
            certainty=certainty,
            rejection_months=tuple(map(self.months.get, REFUSALS, base.rejection_months)),
            waits=tuple(
                replace(wait, months=self.months[place(wait.column, wait.band)], certainty=certainty)
                for wait in base.waits
            ),
            conditions=tuple(
                replace(each, obligations=self.settled_first[each.place], certainty=certainty)
                if each.place in self.settled_first
                else each
                for each in base.conditions
            ),
        )
