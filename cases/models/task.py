from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import F, Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from cases.lib.dates import add_months
from cases.models import fields as models
from cases.models.scope import KeptQuerySet, ScopedQuerySet
from cases.models.stamped import CaseRow, by_user

if TYPE_CHECKING:
    from cases.models.user import User


class TaskQuerySet(KeptQuerySet["PersonalTask"], ScopedQuerySet["PersonalTask"]):
    unit_path = "returnee__unit"
    returnee_path = "returnee"

    def visible_to(self, user: "User", opened: int | None = None) -> Self:
        """The user's own, and of those about a person the ones about somebody the user still holds."""
        if user.role is None:
            return self.none()
        people = apps.get_model("cases", "Returnee").objects.visible_to(user, opened).kept()
        return self.filter(Q(returnee=None) | Q(returnee__in=people), owner=user.pk)

    def asked_by(self, user: "User") -> Self:
        """What the user asked of others, about somebody the user still holds."""
        people = apps.get_model("cases", "Returnee").objects.visible_to(user).kept()
        return self.kept().filter(created_by=user.pk, returnee__in=people).exclude(owner=user.pk)

    def pending(self) -> Self:
        return self.kept().filter(done_on__isnull=True)


class PersonalTask(CaseRow):
    """What an officer means to do by a day, about a person or about none; nobody else sees it.

    Or what somebody above asked them to do about a person: who asked sees it too (`created_by` is not the `owner`).
    """

    class Every(models.TextChoices):
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")
        YEAR = "year", _("Every year")

    MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}

    PERSONAL = ("returnee", "text")
    PLAIN = ("owner", "due_on", "first_on", "every", "done_on")
    NEVER_LOGGED = ("text", "reason")

    owner = by_user(verbose_name=_("whose task"), editable=False)
    returnee = models.ForeignKey(
        "cases.Returnee", models.PROTECT, null=True, editable=False, related_name="personal_tasks"
    )
    text = models.CharField(_("what is to be done"), max_length=200)
    due_on = models.DateField(_("by"))
    first_on = models.DateField(_("first day"), null=True, editable=False)
    every = models.CharField(_("again"), max_length=7, choices=Every.choices, blank=True)
    done_on = models.DateField(_("done on"), null=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="task_pending")]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="task_due_not_before_first", condition=Q(first_on__isnull=True) | Q(due_on__gte=F("first_on"))
            ),
        ]

    def __str__(self):
        return now("Own task by %(day)s") % {"day": f"{self.due_on:%d/%m/%Y}"}

    @property
    def is_asked(self) -> bool:
        return self.created_by_id != self.owner_id

    def next_due(self, on: date) -> date | None:
        """The first day after `on`, and after this one, on which it is due again; None where it is not.

        Months are counted from the first day of all, so that a task of the 31st is due on the 31st again.
        """
        if not self.every:
            return None
        after = max(self.due_on, on)
        if self.every == self.Every.WEEK:
            return after + timedelta(days=7 - (after - self.due_on).days % 7)
        first, step = self.first_on or self.due_on, self.MONTHS[self.Every(self.every)]
        gone = (after.year - first.year) * 12 + after.month - first.month
        days = (add_months(first, count * step) for count in range(max(gone // step, 0), gone // step + 3))
        return next(day for day in days if day > after)
