from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from cases.lib import log_chain
from cases.models import fields as models
from cases.models.audit_event import AuditEvent

NO_UNIT = 0  # the rows of the log that are of no unit

# What is sealed of a row, by edition: one that was used is never changed, a new column makes a new one.
EDITIONS = {
    1: (
        *("at", "actor_id", "actor", "role", "actor_unit_id", "verb", "target_type", "target_id", "label"),
        *("returnee_id", "unit_id", "before", "after", "reason", "address", "device"),
    ),
    # The values as they are stored: a digest of what is encrypted there would tell it to whoever tries all telephones
    2: (
        *("at", "actor_id", "actor", "role", "actor_unit_id", "verb", "target_type", "target_id", "label"),
        *("returnee_id", "unit_id", "before_stored", "after_stored", "reason", "address", "device"),
    ),
}
EDITION = max(EDITIONS)


class AuditSealQuerySet(models.QuerySet["AuditSeal"]):
    def of_days(self):
        """The seals over whole days: each holds the codes of the units' seals of its day."""
        return self.filter(unit_id=None)

    def update(self, **changes):
        raise TypeError("A seal of the log is never changed.")

    def delete(self):
        raise TypeError("A seal of the log is never deleted.")


class AuditSeal(models.Model):
    """The rows of one unit in the log of one day, sealed when the day was over; without a unit the seal of the day.

    `before` is the code of the seal before: of the same unit, and of the day before for the seal of a day, so that no
    day and no unit can be taken out. `key` names the key it was sealed with, which the database does not hold.
    """

    PERSONAL = ()
    PLAIN = ("id", "day", "unit_id", "edition", "rows", "marks", "before", "code", "key", "sealed_at")

    day = models.DateField()
    unit_id = models.BigIntegerField(null=True)
    edition = models.PositiveSmallIntegerField(default=EDITION)
    rows = models.PositiveIntegerField()
    marks = models.BinaryField()
    before = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64)
    key = models.CharField(max_length=8)
    sealed_at = models.DateTimeField(auto_now_add=True)

    objects = AuditSealQuerySet.as_manager()

    class Meta:
        ordering = ["day", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "day"], name="auditseal_of_unit_once"),
            models.UniqueConstraint(fields=["day"], condition=Q(unit_id=None), name="auditseal_of_day_once"),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.short}"

    @property
    def short(self):
        return log_chain.short(self.code)

    @property
    def columns(self):
        return EDITIONS[self.edition]

    def code_with(self, key):
        """The code this seal must have if it was made with `key` and is as it was made."""
        told = {"day": self.day, "unit": self.unit_id, "edition": self.edition, "before": self.before}
        return log_chain.code(key, marks=bytes(self.marks), **told)


def seal_keys():
    """The keys of the log by their names, the one to seal with first; none of them is in the database.

    AUDIT_KEY and what it was before, then what is derived from SECRET_KEY and what that was before.
    """
    own = [each for each in (settings.AUDIT_KEY, *settings.AUDIT_KEY_FALLBACKS) if each]
    secrets = [*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac("cases.audit-seal", "key", secret=each, algorithm="sha256").digest() for each in secrets]
    return {log_chain.name_of(key): key for key in keys}


def sealed_rows():
    """Rows of the log with the columns that are sealed."""
    return AuditEvent.objects.as_stored().values("id", *EDITIONS[EDITION])
