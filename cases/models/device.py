import secrets
import uuid
from typing import TYPE_CHECKING, Self

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.access.permissions import Permission
from cases.models import fields as models
from cases.models.stamped import by_user

if TYPE_CHECKING:
    from cases.models.user import User


def new_key() -> str:
    """256 random bits in 43 characters."""
    return secrets.token_urlsafe(32)


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, user: "User") -> Self:
        """One's own devices; all of them for whoever looks after the accounts, none without a post."""
        if not user.may(Permission.HOME):
            return self.none()
        return self.all() if user.manages_users else self.filter(user=user)

    def known_to(self, uid: uuid.UUID) -> Self:
        """The device itself, which knows its id and nobody else does: it asks before anybody has signed in."""
        return self.filter(uid=uid).select_related("user")

    def in_use(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Device(models.Model):
    """A telephone or computer that an officer marked as theirs, to take their people along without a network.

    `outbox_key` encrypts there what was written and not sent yet: the device keeps it under a PIN, and whoever signed
    in as the owner is given it again when the PIN is lost. What is read there is encrypted with a key that never leaves
    the device.
    """

    PERSONAL = ()
    PLAIN = ("id", "uid", "user", "label", "outbox_key", "made_at", "seen_at", "revoked_at", "revoked_by")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey("cases.User", models.PROTECT, related_name="devices")
    label = models.CharField(_("device"), max_length=40)
    outbox_key = models.CharField(max_length=43, default=new_key, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = by_user(null=True, editable=False)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="device_revoked_by_somebody",
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def is_kept(self):
        """Whether what is read may stay on it: it was not taken away, and belongs to the posting it was marked in."""
        if self.revoked_at is not None or not self.user.may(Permission.TRIP):
            return False
        return self.user.posting.since <= timezone.localdate(self.made_at)
