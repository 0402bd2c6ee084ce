from dataclasses import asdict
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.law import verdict as law
from cases.law.facts import CaseFacts
from cases.models import fields as models
from cases.models.law_edition import law_edition
from cases.models.scope import ReturneeScopedQuerySet


class VerdictQuerySet(ReturneeScopedQuerySet["Verdict"]):
    def newest(self) -> Self:
        """The newest verdict of each person."""
        return self.filter(pk=F("returnee__facts__verdict"))

    def update(self, **changes):
        raise TypeError("A verdict is never changed.")

    def delete(self):
        raise TypeError("A verdict is never deleted.")


class Verdict(models.Model):
    """What the clean-record clock said of a person, by which rules, with the facts as they stood; never updated.

    `status` is that of the day `on`; `due_on` follows from the facts alone and holds on later days too.
    """

    class Status(models.TextChoices):
        NO_RECORD = "no_record", _("No criminal record")
        INCOMPLETE = "incomplete", _("Not enough is known")
        WAIT_OBLIGATION = "wait_obligation", _("Waits for an obligation")
        RESET_PENDING = "reset_pending", _("New sentence not done yet")
        RUNNING = "running", _("Period running")
        HOLD = "hold", _("Held by an investigation")
        ELIGIBLE = "eligible_unconfirmed", _("Eligible, not confirmed")
        MAY_APPLY = "may_apply", _("May apply to the court")
        EXPUNGED = "expunged", _("Cleared by the court")

    class Cause(models.TextChoices):
        JUDGMENT = "judgment", _("A judgment was recorded, corrected or withdrawn")
        CRIME = "crime", _("A new crime was recorded, moved on or was withdrawn")
        COURT = "court", _("An application to the court was sent, refused or withdrawn")
        PERSON = "person", _("The person's own facts changed")
        RULES = "rules", _("The rules changed")
        REVIEW = "review", _("All files were reviewed")

    PERSONAL = ("returnee", "status", "due_on", "facts", "answer")
    PLAIN = ("id", "on", "rules", "edition", "cause", "made_at", "made_by")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="verdicts")
    on = models.DateField()
    status = models.CharField(max_length=20, choices=Status.choices)
    due_on = models.DateField(null=True)
    rules = models.CharField(max_length=40)
    edition = models.CharField(max_length=12, blank=True)  # of the law's code that told it
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    answer = models.JSONField(encoder=DjangoJSONEncoder)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["returnee", "-id"], name="verdict_returnee"),
            models.Index(fields=["due_on"], name="verdict_due"),
        ]

    def __str__(self):
        return f"{self.get_status_display()} {self.on:%d/%m/%Y}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A verdict is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A verdict is never deleted.")

    @classmethod
    def of(cls, facts: CaseFacts, verdict: law.Eligibility, **about):
        """An unsaved row that keeps a verdict and the facts it was built on."""
        answer = verdict.as_json()
        return cls(
            status=verdict.status,
            due_on=verdict.due_on,
            rules=verdict.rules,
            edition=law_edition(),
            facts=asdict(facts),
            answer=answer,
            **about,
        )

    def says(self):
        """What has to differ for a new verdict to be kept."""
        return self.status, self.due_on, self.rules, list(self.answer["steps"])
