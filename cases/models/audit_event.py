from typing import TYPE_CHECKING, Self

from django.db.models import ExpressionWrapper, F, JSONField, Q

from cases.access import row_scope
from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User

ADMINISTRATED = (
    *("user", "posting", "unit", "unitchange", "ruleversion", "deadlineversion", "holiday"),
    *("formnameversion", "loanversion", "policeversion", "organisation", "letterheadcheck", "headingsynonym"),
    *("retentionversion", "breach"),
)

# The values as the database has them, encrypted where they are: nothing is opened
STORED = {f"{name}_stored": ExpressionWrapper(F(name), JSONField()) for name in ("before", "after")}


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, user: "User", by_row: bool = False) -> Self:
        """Events of the user's own units; an administrator sees those of accounts, units, rules and shared data.

        `by_row`: each event is asked for its unit, where few are asked for: the index of units is not read beside.
        """
        if user.manages_users:
            return self.filter(target_type__in=ADMINISTRATED)
        if by_row:
            return self.alias(about_unit=F("unit_id") + 0).filter(about_unit__in=user.scope)
        return self.filter(unit_id__in=user.scope)

    def as_stored(self) -> Self:
        """With `before_stored` and `after_stored`, see STORED."""
        return self.annotate(**STORED)

    def update(self, **changes):
        raise TypeError("An audit event is never changed.")

    def delete(self):
        raise TypeError("An audit event is never deleted.")


class AuditEvent(models.Model):
    """Who did or read what, when, as what, from where; values before and after. No foreign keys, never updated.

    `unit_id` is the unit it is about, `actor_unit_id` the one its actor acted for. What was read has the page in
    `after`, and what was asked for; of a page of no one person `target_type` is PAGE.
    """

    PERSONAL = ("returnee_id", "before", "after", "reason", "label")
    PLAIN = (
        *("id", "at", "actor_id", "actor", "role", "actor_unit_id", "verb", "target_type", "target_id", "unit_id"),
        *("address", "device"),
    )
    PAGE = "page"

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    role = models.CharField(max_length=15, blank=True, default="", db_default="")
    actor_unit_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40)
    target_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    returnee_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    before = models.LoggedValues(default=dict)
    after = models.LoggedValues(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=40, blank=True, default="", db_default="")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["returnee_id", "-at"], name="audit_returnee", condition=Q(returnee_id__isnull=False)),
            models.Index(fields=["unit_id", "-at"], name="audit_unit"),
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["actor_id", "-at"], name="audit_actor"),
            models.Index(fields=["-at", "-id"], name="audit_administrated", condition=Q(target_type__in=ADMINISTRATED)),
        ]

    def __str__(self):
        return f"{self.actor} {self.verb}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("An audit event is never changed.")
        with row_scope.beyond("a line is added whoever acts, and of whomever it is"):
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An audit event is never deleted.")
