from typing import Self

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import fields as models
from cases.models.activity import Activity
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class PaperworkQuerySet(CaseRowQuerySet["PaperworkRequest"]):
    def pending(self) -> Self:
        """Neither handed over nor refused."""
        return self.kept().filter(handed_over_on__isnull=True, refused_on__isnull=True)

    def in_state(self, state: str) -> Self:
        """Requests that stand at `state`, a step or "refused"."""
        if state == "refused":
            return self.filter(refused_on__isnull=False)
        later = PaperworkRequest.STEPS[PaperworkRequest.STEPS.index(state) + 1 :]
        return self.filter(**{f"{state}_on__isnull": False}, refused_on__isnull=True).filter(
            **{f"{step}_on__isnull": True for step in later}
        )

    def longest_first(self) -> Self:
        """Those that have stood still longest on top."""
        steps = [f"{step}_on" for step in ("handed_over", "issued", "submitted", "needed")]
        return self.annotate(stood_since=Coalesce("refused_on", *steps)).order_by("stood_since", "pk")


class PaperworkRequest(CaseRow):
    """A paper on its way: needed → submitted → issued → handed over, or refused with the reason."""

    STEPS = ("needed", "submitted", "issued", "handed_over")
    STATES = {
        "needed": pgettext_lazy("paper", "Needed"),
        "submitted": pgettext_lazy("paper", "Submitted"),
        "issued": pgettext_lazy("paper", "Issued"),
        "handed_over": pgettext_lazy("paper", "Handed over"),
        "refused": pgettext_lazy("paper", "Refused"),
    }

    PERSONAL = ("returnee", "note", "refusal_reason")
    PLAIN = ("kind", "needed_on", "submitted_on", "issued_on", "handed_over_on", "refused_on", "office")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="paperwork")
    kind = models.CharField(_("paper"), max_length=10, choices=Activity.Detail.choices)
    office = models.CharField(_("office it lies at"), max_length=120, blank=True)
    needed_on = models.DateField(_("needed since"))
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason for refusal"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PaperworkQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-needed_on", "-pk"]
        indexes = [
            models.Index(
                fields=["returnee"],
                condition=Q(handed_over_on__isnull=True, refused_on__isnull=True, withdrawn_at__isnull=True),
                name="paperwork_pending",
            )
        ]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="paperwork_steps_in_order",
                condition=(Q(submitted_on__isnull=True) | Q(submitted_on__gte=F("needed_on")))
                & (Q(issued_on__isnull=True) | Q(issued_on__gte=F("submitted_on")))
                & (Q(handed_over_on__isnull=True) | Q(handed_over_on__gte=F("issued_on"))),
                violation_error_message=_(
                    "The steps of a paper follow one another: needed, submitted, issued, handed over."
                ),
            ),
            models.CheckConstraint(
                name="paperwork_refused_with_reason",
                condition=Q(refused_on__isnull=True, refusal_reason="")
                | Q(refused_on__isnull=False, handed_over_on__isnull=True) & ~Q(refusal_reason=""),
                violation_error_message=_("A refusal needs its reason."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def state(self):
        """needed, submitted, issued, handed_over or refused: read off the dates, never typed."""
        if self.refused_on:
            return "refused"
        return next(step for step in reversed(self.STEPS) if getattr(self, f"{step}_on"))

    @property
    def next_step(self):
        """The step that comes next, or None where the request has ended."""
        if self.state in ("refused", "handed_over"):
            return None
        return self.STEPS[self.STEPS.index(self.state) + 1]

    @property
    def last_step_on(self):
        return self.refused_on or getattr(self, f"{self.state}_on")

    @property
    def state_name(self):
        return self.STATES[self.state]

    @property
    def next_step_name(self):
        return self.STATES.get(self.next_step, "")
