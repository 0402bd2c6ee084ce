from datetime import date
from typing import Self

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import ReturneeScopedQuerySet
from cases.models.stamped import Stamped, by_user


class GroupQuerySet(ReturneeScopedQuerySet["HelperGroup"]):
    def current(self) -> Self:
        return self.filter(until__isnull=True)


class HelperGroup(Stamped):
    """The 5+1 around one person: a lead officer and members from organisations (tổ 5+1)."""

    PERSONAL = ("returnee",)
    PLAIN = ("lead", "since", "until")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="groups")
    lead = by_user(verbose_name=_("lead officer"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["returnee"], condition=Q(until__isnull=True), name="group_one_open"),
            models.CheckConstraint(
                name="group_since_before_until", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self):
        return f"5+1: {self.returnee}"


class MemberQuerySet(ReturneeScopedQuerySet["GroupMember"]):
    unit_path = "group__returnee__unit"

    def current(self, on: date | None = None) -> Self:
        on = on or timezone.localdate()
        return self.filter(since__lte=on, group__until__isnull=True).exclude(until__lt=on)


class GroupMember(Stamped):
    """Somebody of an organisation who helps one person between two dates."""

    PERSONAL = ("group", "name", "phone")
    PLAIN = ("organisation", "position", "user", "since", "until")

    group = models.ForeignKey(HelperGroup, models.PROTECT, related_name="members")
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, verbose_name=_("organisation"))
    name = models.CharField(_("name of the member"), max_length=80)
    position = models.CharField(_("position"), max_length=80, blank=True)
    phone = models.EncryptedText(_("phone"), max_length=20, blank=True)
    user = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("account")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__rank", "pk"]
        constraints = [
            models.CheckConstraint(
                name="member_since_before_until", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self):
        return self.name
