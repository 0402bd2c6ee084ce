"""The collection of a period's report: opened by a unit above, answered by communes, frozen when accepted."""

import hashlib
import json
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.lib.period import Period
from cases.models import fields as models
from cases.models.anonymisation import Erasure
from cases.models.scope import ScopedQuerySet
from cases.models.stamped import Stamped, by_user

if TYPE_CHECKING:
    from cases.models.unit import Unit
    from cases.models.user import User


DAYS_TO_SEND = 5


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def asking(self, unit: "Unit", period: Period) -> Self:
        """What this unit may answer for the period: it collects it itself, or a unit above does."""
        above = [int(pk) for pk in unit.path.strip("/").split("/")]
        return self.filter(unit__in=above, period_start=period.start, period_end=period.end)

    def visible_to(self, user: "User") -> Self:
        """Whoever opened it or stands above, and every unit that is asked to answer."""
        units = user.scope
        return self.filter(Q(unit__in=units) | Q(submissions__unit__in=units)).distinct()

    def asked_of(self, unit: "Unit") -> Self:
        """Those that have asked this unit itself; collecting for oneself is no asking."""
        return self.filter(submissions__unit=unit.pk).exclude(unit=unit.pk)


class Campaign(Stamped):
    """A period for which a unit above wants the figures of its communes by a day (đợt báo cáo)."""

    PERSONAL = ()
    PLAIN = ("unit", "period_start", "period_end", "due_on", "note")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="campaigns", verbose_name=_("opened by"))
    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    due_on = models.DateField(_("to be sent by"))
    note = models.CharField(_("note to the communes"), max_length=300, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period_start", "period_end"],
                name="campaign_once_a_period",
                violation_error_message=_("The report of this period is being collected already."),
            ),
            models.CheckConstraint(
                name="campaign_period_in_order",
                condition=Q(period_start__lte=F("period_end")),
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                name="campaign_due_after_period",
                condition=Q(due_on__gt=F("period_end")),
                violation_error_message=_("The report is due after the last day of its period."),
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.period_start:%d/%m/%Y}–{self.period_end:%d/%m/%Y}"

    @property
    def period(self):
        return Period(self.period_start, self.period_end)

    def usual_due(self, asked_on: date) -> date:
        """Some days after the period; asked later than that, as many after the day on which it is asked."""
        after_period, after_asking = (day + timedelta(days=DAYS_TO_SEND) for day in (self.period_end, asked_on))
        return after_period if after_period > asked_on else after_asking


class SubmissionQuerySet(ScopedQuerySet["Submission"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(unit__in=user.scope)

    def of_period(self, period: Period) -> Self:
        """What is asked for this very period, by whichever unit above."""
        return self.filter(campaign__period_start=period.start, campaign__period_end=period.end)

    def asked_too(self, submission: "Submission") -> Self:
        """What other units above ask of the same unit for the same period, and nothing was accepted of yet; of what is
        corrected, what they accepted.
        """
        state, same = Submission.State, self.of_period(submission.campaign.period).filter(unit=submission.unit_id)
        if submission.accepted_id:
            waits = same.filter(accepted__isnull=False, state__in=[state.ACCEPTED, state.RETURNED])
        else:
            waits = same.filter(state__in=[state.DRAFT, state.RETURNED], accepted=None)
        return waits.exclude(pk=submission.pk).select_related("campaign__unit", "unit", "accepted")

    def below(self, unit: "Unit", period: Period) -> Self:
        """What the units below reported of this period: of one that several units above asked, that which counts comes
        last, and so stays where rows are laid by unit.
        """
        under = self.of_period(period).filter(unit__path__startswith=unit.path).exclude(unit=unit.pk)
        counts_last = F("accepted__made_at").asc(nulls_first=True), F("accepted_id").asc(nulls_first=True)
        return under.select_related("unit", "campaign", "accepted").order_by(*counts_last, "pk")

    def with_first_sent(self) -> Self:
        """Adds `first_sent`: the first moment at which each was sent."""
        return self.annotate(first_sent=models.Min("versions__made_at"))


class Submission(models.Model):
    """What one unit owes to a campaign, and how far it is: who did the last step, when and, given back, why.

    Communes are asked when it is opened; a unit above answers with a report of its own, to itself where it collects.

    `accepted` is the version that counts; it stays so while a correction is on its way, whatever the state.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        SUBMITTED = "submitted", _("Sent, to be looked through")
        RETURNED = "returned", _("Given back")
        ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")

    PERSONAL = ()
    PLAIN = ("id", "campaign", "unit", "state", "stepped_by", "stepped_at", "comment", "accepted")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="submissions")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    stepped_by = by_user(null=True)
    stepped_at = models.DateTimeField(null=True)
    comment = models.CharField(_("what is to be corrected"), max_length=500, blank=True)
    accepted = models.ForeignKey("cases.ReportVersion", models.PROTECT, null=True, related_name="+")

    first_sent: datetime | None  # added by `with_first_sent`; on any other row nothing has it

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["unit__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="submission_once_a_unit"),
            models.CheckConstraint(
                name="submission_known_state",
                condition=Q(state__in=["draft", "submitted", "returned", "accepted"]),
            ),
            models.CheckConstraint(
                name="submission_stepped_by_somebody",
                condition=Q(state="draft", stepped_by__isnull=True, stepped_at__isnull=True)
                | ~Q(state="draft") & Q(stepped_by__isnull=False, stepped_at__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_given_back_with_comment",
                condition=Q(state="returned") & ~Q(comment="") | ~Q(state="returned") & Q(comment=""),
                violation_error_message=_("Say what is to be corrected."),
            ),
            models.CheckConstraint(
                name="submission_accepted_has_figures",
                condition=~Q(state="accepted") | Q(accepted__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {self.campaign}"

    @property
    def is_own(self):
        """Whether it is the report of the unit that collects: nobody accepts it, it is frozen when it is sent."""
        return self.unit_id == self.campaign.unit_id


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(submission__unit__in=user.scope)

    def frozen_since(self, units, day: date) -> Self:
        """Accepted figures of a period that reaches `day`, of these units, of those below them, or of those above, that
        are made of theirs.
        """
        own = [Q(submission__unit__path__startswith=unit.path) for unit in units if unit.path]
        above = {int(step) for unit in units for step in unit.path.strip("/").split("/") if step}
        return self.filter(
            reduce(or_, own, Q(submission__unit__in=above)),
            pk__in=Submission.objects.filter(accepted__isnull=False).values("accepted"),
            submission__campaign__period_end__gte=day,
        )

    def accepted_of(self, units, period: Period) -> Self:
        """Accepted figures of these units for this very period, the last sent first; without the files."""
        of_period = {"campaign__period_start": period.start, "campaign__period_end": period.end}
        accepted = Submission.objects.filter(unit__in=units, **of_period).values("accepted")
        rows = self.filter(pk__in=accepted).order_by("-made_at", "-pk")
        return rows.defer("letter", "workbook", "lines", "texts")

    def update(self, **changes):
        raise TypeError("Figures that were sent are never changed.")

    def delete(self):
        raise TypeError("Figures that were sent are never deleted.")


class ReportVersion(models.Model):
    """The figures a unit sent, with the records behind each, as they stood; never changed, numbered from 1."""

    PERSONAL = ("lines", "texts", "letter", "workbook")
    PLAIN = ("id", "submission", "number", "figures", "previous", "typed", "checksum", "reason", "made_by", "made_at")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField(encoder=DjangoJSONEncoder)  # as they are reported, those written by hand among them
    previous = models.JSONField(encoder=DjangoJSONEncoder)  # of the period before, as it was known then; or nothing
    typed = models.JSONField(encoder=DjangoJSONEncoder)  # indicator written by hand: what was counted, why, by whom
    lines = models.JSONField(encoder=DjangoJSONEncoder)  # indicator: unit, record, person, day of each line
    texts = models.JSONField(encoder=DjangoJSONEncoder)  # the words of the letter by their place in it
    letter = models.BinaryField()  # the official report as it was sent, a Word document
    workbook = models.BinaryField()  # its figures as an Excel workbook
    checksum = models.CharField(max_length=64)
    reason = models.CharField(_("why the figures are corrected"), max_length=300, blank=True)
    made_by = by_user()
    made_at = models.DateTimeField()

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="report_version_numbered")]

    def __str__(self):
        return f"{self.submission}, {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("Figures that were sent are never changed.")
        self.checksum = self.counted_checksum()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Figures that were sent are never deleted.")

    @property
    def is_intact(self):
        """Whether everything stands as it was sent, or as the receipt for a name taken out of it says."""
        counted = self.counted_checksum()
        if counted == self.checksum:
            return True
        receipt = Erasure.objects.newest("reportversion", self.pk)
        return receipt is not None and receipt.is_true(counted)

    @property
    def content(self):
        """What was reported, in one fixed spelling: two versions that spell alike say the same."""
        return _spelled([self.figures, self.previous, self.typed, self.lines, self.texts])

    def counted_checksum(self):
        """SHA-256 of all that was sent and of the files it was sent as: whether anybody changed it since."""
        files = [hashlib.sha256(made).hexdigest() for made in (self.letter, self.workbook)]
        kept = _spelled([self.submission_id, self.number, self.reason, self.content, files])
        return hashlib.sha256(kept.encode()).hexdigest()


def _spelled(kept):
    return json.dumps(kept, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class CellComment(models.Model):
    """What a reviewer asks about one figure of a version."""

    PERSONAL = ()
    PLAIN = ("id", "version", "indicator", "text", "made_by", "made_at")

    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="comments")
    indicator = models.CharField(max_length=40)
    text = models.CharField(_("comment"), max_length=300)
    made_by = by_user()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "indicator"], name="cell_comment_once")]

    def __str__(self):
        return self.text
