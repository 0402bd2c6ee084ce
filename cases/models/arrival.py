from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet, ReturneeScopedQuerySet
from cases.models.stamped import CaseRow, by_user

if TYPE_CHECKING:
    from cases.models.user import User


class NoticeQuerySet(CaseRowQuerySet["Notice"]):
    def awaited(self) -> Self:
        """Of people who have not presented and whose file is open: somebody still has to find out."""
        return self.kept().filter(
            returnee__presented_on__isnull=True, returnee__closed_on__isnull=True, returnee__withdrawn_at__isnull=True
        )


class Notice(CaseRow):
    """What told the commune that somebody comes home: a prison's notice, or a line of an amnesty list."""

    class Kind(models.TextChoices):
        PRISON = "prison", _("Notice of a prison")
        AMNESTY = "amnesty", _("Amnesty list")

    PERSONAL = ("returnee", "number", "sender", "address")
    PLAIN = ("kind", "dated_on", "received_on", "assigned_to")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.PRISON)
    number = models.CharField(_("number of the notice"), max_length=40)
    dated_on = models.DateField(_("day of the notice"))
    sender = models.CharField(_("sender"), max_length=100)
    received_on = models.DateField(_("received on"))
    address = models.CharField(_("address in the notice"), max_length=160, blank=True)
    assigned_to = by_user(null=True, blank=True, verbose_name=_("officer who answers"))

    objects = NoticeQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-received_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["returnee", "kind", "number", "dated_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="notice_once",
                violation_error_message=_("This notice is on file already."),
            ),
            models.CheckConstraint(
                name="notice_received_not_before_its_day",
                condition=Q(received_on__gte=models.F("dated_on")),
                violation_error_message=_("The notice was received before it was written: check both days."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"


class ArrivalAnswerQuerySet(ReturneeScopedQuerySet["ArrivalAnswer"]):
    def visible_to(self, user: "User") -> Self:
        """Answers about people of the scope, and those its own units gave before the person went elsewhere."""
        return self.filter(Q(returnee__unit__in=user.scope) | Q(unit__in=user.scope) | self.outside(user))

    def given_under(self, user: "User") -> Self:
        """What units of the scope answered of people whose file was not withdrawn; not what was named from above."""
        return self.filter(unit__in=user.scope, returnee__withdrawn_at__isnull=True).exclude(kind="named")

    def gone_from(self, user: "User") -> Self:
        """The answers with which units of the scope sent somebody on who is elsewhere now."""
        given = self.given_under(user).filter(kind="wrong_commune")
        return given.exclude(returnee__unit__in=user.scope).order_by("-on", "-pk")

    def update(self, **changes):
        raise TypeError("An answer is never changed.")

    def delete(self):
        raise TypeError("An answer is never deleted.")


class ArrivalAnswer(models.Model):
    """What a unit found out about somebody who was announced; never changed, the last one counts."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Has come home")
        CONFIRMED = "confirmed", _("Right address, not home yet")
        NOT_HERE = "not_here", _("Not at our place")
        WRONG_COMMUNE = "wrong_commune", _("Belongs to another commune")
        ABROAD = "abroad", _("Outside the country")
        DIED = "died", _("Died")
        NAMED = "named", _("Commune named by the level above")

    MOVES = (Kind.WRONG_COMMUNE, Kind.NAMED)
    CLOSES = (Kind.ABROAD, Kind.DIED)

    PERSONAL = ("returnee", "unit", "kind", "named_unit", "on", "note", "phone")
    PLAIN = ("id", "made_at", "made_by")

    uid = models.UUIDField(unique=True, editable=False)
    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="arrival_answers")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("answer"), max_length=13, choices=Kind.choices)
    named_unit = models.ForeignKey(
        "cases.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("named commune")
    )
    on = models.DateField(_("day"))
    note = models.CharField(_("what was said"), max_length=300, blank=True)
    phone = models.EncryptedText(_("phone to ask"), max_length=20, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ArrivalAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["returnee", "-id"], name="arrival_answer_returnee")]
        constraints = [
            models.CheckConstraint(
                name="arrival_answer_names_a_unit",
                condition=Q(kind__in=["wrong_commune", "named"], named_unit__isnull=False)
                | ~Q(kind__in=["wrong_commune", "named"]) & Q(named_unit__isnull=True),
                violation_error_message=_("Name the commune where the person belongs."),
            ),
            models.CheckConstraint(
                name="arrival_answer_not_here_with_words",
                condition=~Q(kind="not_here") | ~Q(note=""),
                violation_error_message=_("Write down what the family or the neighbours said."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("An answer is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An answer is never deleted.")
