from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import fields as models
from cases.models.scope import ScopedQuerySet
from cases.models.stamped import Stamped, by_user

if TYPE_CHECKING:
    from cases.models.user import User


class TransferQuerySet(ScopedQuerySet["Transfer"]):
    returnee_path = "returnee"

    def _in_scope_of(self, user: "User") -> Self:
        """Transfers from or to a unit of the user's; a helper sees none."""
        units = user.scope
        return self.filter(Q(from_unit__in=units) | Q(to_unit__in=units))

    def pending(self) -> Self:
        """Waiting for an answer, of a file that can still change hands."""
        live = {"returnee__closed_on__isnull": True, "returnee__withdrawn_at__isnull": True}
        return self.filter(state=Transfer.State.OPEN, **live)

    def answered_by(self, units) -> Self:
        """Those that one of `units` has to answer: an offer the receiver, a request the holder."""
        offered, asked = Transfer.Direction.OFFERED, Transfer.Direction.REQUESTED
        return self.filter(Q(direction=offered, to_unit__in=units) | Q(direction=asked, from_unit__in=units))

    def proposed_by(self, units) -> Self:
        """Those that one of `units` made: it may take them back."""
        offered, asked = Transfer.Direction.OFFERED, Transfer.Direction.REQUESTED
        return self.filter(Q(direction=offered, from_unit__in=units) | Q(direction=asked, to_unit__in=units))


class Transfer(Stamped):
    """The handover of one person's file from the unit that holds it to another, which only an answer completes.

    `state` is the last of its steps: only `actions.transfer` moves it, and writes the step with it.
    """

    class Direction(models.TextChoices):
        OFFERED = "offered", _("Offered by the unit that holds the file")
        REQUESTED = "requested", _("Requested by the unit where the person now lives")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("transfer", "Waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("transfer", "Handed over")
        REFUSED = "refused", pgettext_lazy("transfer", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Taken back")

    PERSONAL = ("returnee", "number", "reason", "hamlet")
    PLAIN = ("from_unit", "to_unit", "direction", "on", "sender_name", "sender_phone", "state", "accepted_on")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="transfers")
    from_unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("from"))
    to_unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("receiving commune"))
    direction = models.CharField(max_length=9, choices=Direction.choices, editable=False)
    number = models.EncryptedText(_("identity number asked for"), max_length=12, blank=True)
    reason = models.CharField(_("reason for the handover"), max_length=300)
    hamlet = models.CharField(_("hamlet where the person now lives"), max_length=60, blank=True)
    on = models.DateField(_("proposed day"))
    sender_name = models.CharField(_("whom to call"), max_length=80)
    sender_phone = models.EncryptedText(_("phone"), max_length=20)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN, editable=False)
    accepted_on = models.DateField(_("day of the handover"), null=True, blank=True, editable=False)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["returnee"],
                condition=Q(state="open"),
                name="transfer_one_open",
                violation_error_message=_("A handover of this file is waiting for an answer already."),
            ),
            models.CheckConstraint(
                name="transfer_between_two_units",
                condition=~Q(from_unit=F("to_unit")),
                violation_error_message=_("This commune holds the file already."),
            ),
            models.CheckConstraint(
                name="transfer_accepted_on_a_day",
                condition=Q(state="accepted", accepted_on__isnull=False, accepted_on__gte=F("on"))
                | ~Q(state="accepted") & Q(accepted_on__isnull=True),
            ),
            models.CheckConstraint(
                name="transfer_says_whom_to_call",
                condition=~Q(sender_name="") & ~Q(sender_phone="") & ~Q(reason=""),
                violation_error_message=_("A handover needs its reason, and the name and phone of whom to call."),
            ),
            models.CheckConstraint(
                name="transfer_requested_by_number",
                condition=Q(direction="offered", number="") | Q(direction="requested") & ~Q(number=""),
            ),
        ]

    def __str__(self):
        return f"{self.from_unit} → {self.to_unit}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_request(self):
        return self.direction == self.Direction.REQUESTED

    @property
    def answering_unit(self):
        return self.from_unit if self.is_request else self.to_unit


class StepQuerySet(models.QuerySet["TransferStep"]):
    def update(self, **changes):
        raise TypeError("A step of a transfer is never changed.")

    def delete(self):
        raise TypeError("A step of a transfer is never deleted.")


class TransferStep(models.Model):
    """What happened to a transfer, when and by whom; with the acceptance the handover sheet. Never updated."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("transfer", "Proposed")
        ACCEPTED = "accepted", pgettext_lazy("transfer", "Accepted")
        REFUSED = "refused", pgettext_lazy("transfer", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Taken back")

    PERSONAL = ("transfer", "reason", "sheet")
    PLAIN = ("id", "kind", "on", "at", "by")

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = by_user()
    reason = models.CharField(max_length=300, blank=True)
    sheet = models.EncryptedJSON(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "kind"], name="transfer_step_once"),
            models.UniqueConstraint(
                fields=["transfer"], condition=~Q(kind="proposed"), name="transfer_step_one_answer"
            ),
            models.CheckConstraint(
                name="transfer_step_refused_with_reason", condition=~Q(kind="refused") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="transfer_step_accepted_with_sheet",
                condition=Q(kind="accepted", sheet__isnull=False) | ~Q(kind="accepted") & Q(sheet__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A step of a transfer is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A step of a transfer is never deleted.")
