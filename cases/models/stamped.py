import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.access import row_scope
from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User

STAMPS = ("id", "created_at", "created_by", "changed_at", "changed_by", "uid")
WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")


def is_recorded(model: type[models.Model], uid: uuid.UUID) -> bool:
    """Whether a form with this number made a row already."""
    with row_scope.beyond("a form is recorded once, wherever the file is by now"):
        return model._base_manager.filter(uid=uid).exists()


def by_user(**changes):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **changes)


class Stamped(models.Model):
    """Who made and last changed the row, and when; actions fill it through `stamp()`.

    `uid` is made by the form in the browser: the same form sent twice finds its first row again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    created_by = by_user(verbose_name=_("recorded by"))
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = by_user(verbose_name=_("changed by"))

    class Meta:
        abstract = True

    def validate_unique(self, exclude=None):
        with row_scope.beyond("what is unique is so in the whole country; a form says no more than that it is taken"):
            super().validate_unique(exclude)

    def validate_constraints(self, exclude=None):
        with row_scope.beyond("what is unique is so in the whole country; a form says no more than that it is taken"):
            super().validate_constraints(exclude)

    def stamp(self, by: "User | None") -> Self:
        if self._state.adding:
            self.created_by = by
        self.changed_by = by
        return self


class Withdrawable(models.Model):
    """A row nobody deletes: it is withdrawn, with who, when and why."""

    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = by_user(null=True, editable=False)
    withdrawn_reason = models.CharField(_("reason for withdrawal"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdrawn_reason=""),
                violation_error_message=_("A withdrawn record needs a reason."),
            )
        ]


class CaseRow(Stamped, Withdrawable):
    """A stamped, withdrawable row."""

    class Meta(Withdrawable.Meta):
        abstract = True
