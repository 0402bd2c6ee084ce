from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext_lazy as _

from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User


class ErrorQuerySet(models.QuerySet["ErrorEvent"]):
    def visible_to(self, user: "User") -> Self:
        """Errors are the administrator's: they name no person and belong to no unit."""
        return self.all() if user.manages_users else self.none()


class ErrorEvent(models.Model):
    """An error nobody foresaw, counted as often as it happens; its kind and its places, none of its values."""

    PERSONAL = ()
    PLAIN = ("id", "number", "first_at", "last_at", "times", "page", "role", "kind", "trace")

    number = models.CharField(_("number"), max_length=6, unique=True)
    first_at = models.DateTimeField(_("first time"))
    last_at = models.DateTimeField(_("last time"))
    times = models.PositiveIntegerField(_("times"), default=1)
    page = models.CharField(_("page"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=15, blank=True)
    kind = models.CharField(_("kind"), max_length=200)
    trace = models.TextField(_("trace"))

    objects = ErrorQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-pk"]
        indexes = [models.Index(fields=["-last_at", "-id"], name="error_latest")]

    def __str__(self):
        return self.number

    @property
    def short_kind(self):
        """The name of the kind without the module it comes from."""
        return self.kind.rpartition(".")[2]
