from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.returnee import Returnee
from cases.models.scope import SharedQuerySet
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User


class DistinctPairQuerySet(SharedQuerySet["DistinctPair"]):
    def visible_to(self, user: "User") -> Self:
        """Pairs both of whose files are in scope: a pair names both."""
        people = Returnee.objects.visible_to(user)
        return self.none() if people.query.is_empty() else self.filter(self.among(people))

    def among(self, people):
        both = (people.order_by().filter(pk=OuterRef(name)) for name in ("first", "second"))
        return Q(*map(Exists, both))


class DistinctPair(Stamped):
    """Somebody looked: these two files are of two people, however alike they seem; nobody is asked again."""

    PERSONAL = ("first", "second", "reason")
    PLAIN = ()

    first = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="+")
    second = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DistinctPairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_pair_once"),
            models.CheckConstraint(
                name="distinct_pair_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("A file cannot be compared with itself."),
            ),
        ]

    def __str__(self):
        return f"{self.first} / {self.second}"
