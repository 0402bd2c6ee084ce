import hmac
from typing import Self

from django.utils.translation import gettext as _

from cases.lib import log_chain
from cases.models import fields as models
from cases.models.audit_seal import EDITION, seal_keys
from cases.models.scope import ReturneeScopedQuerySet
from cases.models.stamped import by_user


class AnonymisationQuerySet(ReturneeScopedQuerySet["Anonymisation"]):
    def update(self, **changes):
        raise TypeError("That somebody was anonymised is never changed.")

    def delete(self):
        raise TypeError("That somebody was anonymised is never deleted.")


class Anonymisation(models.Model):
    """Who let a person be forgotten, when, and by which rule: the file counts on and names nobody. Never undone."""

    PERSONAL = ("returnee",)
    PLAIN = ("id", "rule", "made_by", "made_at", "texts")

    returnee = models.OneToOneField("cases.Returnee", models.PROTECT, related_name="anonymisation")
    rule = models.ForeignKey("cases.RetentionVersion", models.PROTECT, related_name="+")
    made_by = by_user()
    made_at = models.DateTimeField(auto_now_add=True)
    texts = models.PositiveIntegerField(default=0)  # so many texts of others had a name or number taken out

    objects = AnonymisationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return _("File %(number)d") % {"number": self.returnee_id}


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def newest(self, target_type: str, target_id: int) -> "Erasure | None":
        """The last receipt of a row."""
        return self.filter(target_type=target_type, target_id=target_id).order_by("-pk").first()

    def of(self, target_type: str) -> Self:
        return self.filter(target_type=target_type)

    def update(self, **changes):
        raise TypeError("A receipt is never changed.")

    def delete(self):
        raise TypeError("A receipt is never deleted.")


class Erasure(models.Model):
    """The receipt for a row of which nothing may be changed and something was taken out, because somebody is forgotten.

    `digest` is that of the row as it stands since; `code` is made of it with a key that the database does not hold
    (see AuditSeal), so that nobody can change the row further and write a receipt that fits. Where a row has none the
    database refuses every change of it, and where it has one every change but of what people are named in.
    """

    PERSONAL = ()
    PLAIN = ("id", "target_type", "target_id", "digest", "edition", "key", "code", "made_at")

    target_type = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    edition = models.PositiveSmallIntegerField(default=EDITION)  # which columns of the log the digest is over
    key = models.CharField(max_length=8)
    code = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="erasure_target")]

    def __str__(self):
        return f"{self.target_type} {self.target_id}"

    @classmethod
    def receipt(cls, target_type: str, target_id: int, digest: str) -> "Erasure":
        """An unsaved receipt, coded with the first key."""
        name, key = next(iter(seal_keys().items()))
        row = cls(target_type=target_type, target_id=target_id, digest=digest, key=name)
        row.code = row._code_with(key)
        return row

    def _code_with(self, key: bytes) -> str:
        told = [self.target_type, str(self.target_id), self.digest, str(self.edition)]
        return log_chain.receipt_code(key, told)

    def is_true(self, digest: str) -> bool:
        """Whether the row whose digest this is stands as the receipt says, and the receipt is one of ours."""
        key = seal_keys().get(self.key)
        return key is not None and digest == self.digest and hmac.compare_digest(self.code, self._code_with(key))
