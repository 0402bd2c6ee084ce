from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import fields as models
from cases.models.activity_kind import ActivityKind
from cases.models.returnee import Returnee
from cases.models.scope import CaseRowQuerySet, KeptQuerySet, OfReachedAlone, ScopedQuerySet, SharedQuerySet
from cases.models.stamped import CaseRow, Withdrawable

if TYPE_CHECKING:
    from cases.models.user import User


KIND_WORDS = dict(ActivityKind.choices)


class ActivityQuerySet(KeptQuerySet["Activity"], SharedQuerySet["Activity"]):
    def visible_to(self, user: "User") -> Self:
        """Activities with at least one person in scope; a helper sees only what they logged themselves."""
        people = Returnee.objects.visible_to(user)
        parts = ActivityEntry.objects.filter(withdrawn_at__isnull=True, returnee__in=people)
        seen = self.filter(pk__in=parts.order_by().values("activity"))
        return seen.filter(created_by=user) if user.is_helper else seen

    def among(self, people):
        """A part that was withdrawn counts here too: what was noted may still tell of that person."""
        known = Exists(people.order_by().filter(pk=OuterRef("returnee")))
        unknown = ActivityEntry.objects.order_by().filter(~known, activity=OuterRef("pk"))
        return Q(~Exists(unknown), OfReachedAlone("pk"))


class Activity(CaseRow):
    """One piece of work on one day, with one or several people (một lần gặp gỡ, tư vấn, hướng dẫn…)."""

    Kind = ActivityKind

    class Detail(models.TextChoices):
        IDENTITY = "identity", _("Identity card")
        INSURANCE = "insurance", _("Health insurance")
        RESIDENCE = "residence", _("Residence")
        OTHER = "other", _("Other paper")

    class Place(models.TextChoices):
        HOME = "home", _("At home")
        OFFICE = "office", _("At the commune office")
        WORK = "work", _("At the workplace")
        PHONE = "phone", _("By telephone")
        OTHER = "other", _("Elsewhere")

    PERSONAL = ("result", "note")  # said of everybody in it at once: for whoever may read of all of them
    PLAIN = ("kind", "detail", "on", "place", "organisations")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    detail = models.CharField(_("paper"), max_length=10, choices=Detail.choices, blank=True)
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=10, choices=Place.choices, default=Place.HOME)
    organisations = models.ManyToManyField("cases.Organisation", blank=True, verbose_name=_("who took part"))
    result = models.CharField(_("result"), max_length=300, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on", "kind"], name="activity_on_kind")]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="activity_paper_named",
                condition=Q(kind="paperwork") & ~Q(detail="") | ~Q(kind="paperwork") & Q(detail=""),
                violation_error_message=_("Choose which paper the help was about."),
            ),
        ]

    def __str__(self):
        return f"{KIND_WORDS.get(self.kind, self.kind)} {self.on:%d/%m/%Y}"

    @property
    def icon(self):
        return ActivityKind(self.kind).row.icon


class EntryQuerySet(ScopedQuerySet["ActivityEntry"]):
    unit_path = "returnee__unit"
    returnee_path = "returnee"

    def visible_to(self, user: "User", opened: int | None = None) -> Self:
        """Parts of the people in scope; a helper sees only those of what they logged themselves."""
        seen = super().visible_to(user, opened)
        return seen.filter(activity__created_by=user) if user.is_helper else seen

    def kept(self) -> Self:
        """Parts that stand: neither they nor the whole were withdrawn."""
        return self.filter(kept_on__isnull=False)

    def met(self) -> Self:
        """Entries in which the person or the family was met: only these count as contacts."""
        return self.kept().filter(outcome__in=ActivityEntry.MET)

    def kept_wrongly(self) -> Self:
        """Rows whose copies are not what the activity says; there are none while the triggers stand."""
        stands = Q(withdrawn_at__isnull=True, activity__withdrawn_at__isnull=True)
        copied = Q(kept_kind=F("activity__kind"), kept_detail=F("activity__detail"))
        day = stands & Q(kept_on__isnull=False, kept_on=F("activity__on")) | ~stands & Q(kept_on__isnull=True)
        return self.exclude(copied & day)


class ActivityEntry(Withdrawable):
    """One person in an activity: how it went with this one (lượt). It can be withdrawn alone.

    `kept_on`, `kept_kind` and `kept_detail` are those of the activity, the day only while the part stands. Nobody
    writes them: triggers of the database do, so that the contacts of a province are counted from one index.
    """

    class Outcome(models.TextChoices):
        MET = "met", pgettext_lazy("outcome", "Met")
        FAMILY = "family", _("Family met")
        ABSENT = "absent", _("Not at home")

    class Attitude(models.TextChoices):
        GOOD = "good", _("Cooperative")
        FAIR = "fair", _("Reserved")
        POOR = "poor", _("Negative")

    MET = (Outcome.MET, Outcome.FAMILY)
    PERSONAL = ("activity", "returnee", "outcome", "attitude", "note", "kept_on", "kept_kind", "kept_detail")
    PLAIN = ("id",)

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="entries")
    # No index of its own: entry_kept begins with the person
    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="entries", db_index=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.MET)
    attitude = models.CharField(_("attitude"), max_length=5, choices=Attitude.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    kept_on = models.DateField(null=True, editable=False)
    kept_kind = models.CharField(max_length=30, default="", editable=False)
    kept_detail = models.CharField(max_length=10, default="", editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["returnee", "kept_on", "outcome", "kept_kind", "kept_detail"], name="entry_kept")
        ]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["activity", "returnee"], name="entry_once_per_person"),
        ]

    def __str__(self):
        return f"{self.returnee}: {self.get_outcome_display()}"

    @property
    def is_met(self):
        """Whether it was a contact: the person or the family was met."""
        return self.outcome in self.MET


class AppointmentQuerySet(CaseRowQuerySet["Appointment"]):
    returnee_path = "returnee"

    def pending(self) -> Self:
        return self.kept().filter(kept_by__isnull=True, missed_on__isnull=True)


class Appointment(CaseRow):
    """The next meeting agreed with a person (hẹn lần sau); an activity keeps it, or it is missed."""

    PERSONAL = ("returnee", "on", "note", "missed_reason")
    PLAIN = ("kind", "made_in", "kept_by", "missed_on")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="appointments")
    kind = models.CharField(_("kind"), max_length=30, choices=Activity.Kind.choices)
    on = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_in = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="appointments_made")
    kept_by = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="appointments_kept")
    missed_on = models.DateField(null=True, blank=True)
    missed_reason = models.CharField(_("why it was missed"), max_length=300, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["on", "pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="appointment_kept_or_missed", condition=Q(kept_by__isnull=True) | Q(missed_on__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class SnoozeQuerySet(CaseRowQuerySet["Snooze"]):
    def in_force(self, on: date) -> Self:
        return self.kept().filter(since__lte=on, until__gte=on)


class Snooze(CaseRow):
    """A duty put off until a day, with the reason (tạm hoãn): how the truth enters the list."""

    PERSONAL = ("returnee", "reason")
    PLAIN = ("duty", "since", "until")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="snoozes")
    duty = models.CharField(max_length=60)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)

    objects = SnoozeQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-until", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(name="snooze_since_before_until", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(name="snooze_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.duty} → {self.until:%d/%m/%Y}"
