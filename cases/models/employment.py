from datetime import date, timedelta
from typing import Self

from django.apps import apps
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.lib import text
from cases.models import fields as models
from cases.models.counted import count_of
from cases.models.scope import CaseRowQuerySet, KeptQuerySet, ReturneeScopedQuerySet, ScopedQuerySet
from cases.models.stamped import CaseRow, Stamped

CHECK_DAYS = (7, 30, 90, 180)


class EmployerQuerySet(KeptQuerySet["Employer"], ScopedQuerySet["Employer"]):
    def search(self, words: str) -> Self:
        """Names, trades, addresses and contacts that hold every word, whatever the accents and case."""
        found = self
        for word in text.match_key(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def with_counts(self) -> Self:
        """Adds `referred_count`, `working_count`."""
        referred = JobReferral.objects.filter(withdrawn_at__isnull=True)
        begun = Q(started_on__isnull=False) | Q(begin_unknown=True)
        return self.annotate(
            referred_count=count_of(referred, "employer"),
            working_count=count_of(referred.filter(begun, ended_on__isnull=True), "employer"),
        )


class Employer(CaseRow):
    """A firm, workshop or farm that may take somebody on."""

    PERSONAL = ("contact_name", "phone", "search_text")
    PLAIN = ("unit", "name", "trade", "address", "note")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="employers", verbose_name=_("commune"))
    name = models.CharField(_("name"), max_length=120)
    trade = models.CharField(_("trade"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    search_text = models.CharField(max_length=500, blank=True, editable=False)

    objects = EmployerQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["search_text", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = text.normalise_name(self.name)
        known = [self.name, self.trade, self.address, self.contact_name, self.phone]
        self.search_text = text.match_key(" ".join(part for part in known if part))[:500]
        super().save(*args, **kwargs)


class ReferralQuerySet(CaseRowQuerySet["JobReferral"]):
    def waiting(self) -> Self:
        """Referred, not answered yet or accepted and not begun."""
        return self.kept().filter(refused_on__isnull=True, started_on__isnull=True, begin_unknown=False)

    def working(self, on: date) -> Self:
        """At work on `on`, also where nobody knows since when."""
        begun = Q(started_on__lte=on) | Q(begin_unknown=True, referred_on__lte=on)
        return self.kept().filter(begun).exclude(ended_on__lte=on)

    def with_checks(self) -> Self:
        """Adds what the checks of each job found, and when the person was met last.

        `kept_day` and `kept_on`: the last check at which they were still there; `gone_day`: at which they were not.
        `said_STEP`: whether the person was congratulated on that milestone.
        """
        said = apps.get_model("cases", "Congratulation").objects.filter(referral=OuterRef("pk"))
        kept = Q(checks__still_working=True)
        return self.annotate(
            kept_day=Max("checks__day", filter=kept),
            kept_on=Max("checks__on", filter=kept),
            gone_day=Max("checks__day", filter=Q(checks__still_working=False)),
            met_on=F("returnee__facts__last_contact_on"),
            said_month=Exists(said.filter(step="month")),
            said_half_year=Exists(said.filter(step="half_year")),
            said_year=Exists(said.filter(step="year")),
        )


class JobReferral(CaseRow):
    """A person sent to an employer: referred → accepted, or refused with a reason → started → ended."""

    class RefusalReason(models.TextChoices):
        NO_VACANCY = "no_vacancy", _("No vacancy any more")
        SKILLS = "skills", _("Skills do not fit")
        DISTANCE = "distance", _("Too far")
        PAPERS = "papers", _("Papers are missing")
        DECLINED = "declined", _("The person declined")
        OTHER = "other", _("Other reason")

    STATES = {
        "referred": pgettext_lazy("job", "Referred"),
        "accepted": pgettext_lazy("job", "Accepted"),
        "refused": pgettext_lazy("job", "Refused"),
        "started": pgettext_lazy("job", "At work"),
        "ended": pgettext_lazy("job", "Left"),
    }

    PERSONAL = (
        "returnee",
        "referred_on",
        "accepted_on",
        "refused_on",
        "refusal_reason",
        "started_on",
        "begin_unknown",
        "ended_on",
        "end_reason",
        "monthly_income",
        "note",
    )
    PLAIN = ("employer", "job")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="referrals")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="referrals", verbose_name=_("employer"))
    job = models.CharField(_("job"), max_length=100)
    referred_on = models.DateField(_("referred on"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason for refusal"), max_length=12, choices=RefusalReason.choices, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    begin_unknown = models.BooleanField(_("at work, begin not known"), default=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    monthly_income = models.PositiveIntegerField(_("monthly income (đồng)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    # What `with_checks` adds; on any other row nothing has it.
    kept_day: int | None
    kept_on: date | None
    gone_day: int | None
    met_on: date | None
    said_month: bool
    said_half_year: bool
    said_year: bool

    objects = ReferralQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-referred_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="referral_steps_in_order",
                condition=(Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("referred_on")))
                & (Q(started_on__isnull=True) | Q(started_on__gte=F("accepted_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))),
                violation_error_message=_(
                    "The steps of a referral follow one another: referred, accepted, started, ended."
                ),
            ),
            models.CheckConstraint(
                name="referral_begin_known_or_not",
                condition=Q(begin_unknown=False)
                | Q(accepted_on__isnull=True, refused_on__isnull=True, started_on__isnull=True),
                violation_error_message=_("A job whose begin is not known has no day of its begin."),
            ),
            models.CheckConstraint(
                name="referral_refused_with_reason",
                condition=Q(refused_on__isnull=True, refusal_reason="")
                | Q(refused_on__gte=F("referred_on"), accepted_on__isnull=True) & ~Q(refusal_reason=""),
                violation_error_message=_("A refusal needs its reason, and comes instead of an acceptance."),
            ),
        ]

    def __str__(self):
        return f"{self.job}, {self.employer}"

    @property
    def state(self):
        """referred, accepted, refused, started or ended: read off the dates."""
        for state in ("refused", "ended", "started", "accepted"):
            if getattr(self, f"{state}_on"):
                return state
        return "started" if self.begin_unknown else "referred"

    @property
    def state_name(self):
        return self.STATES[self.state]

    @property
    def last_step_on(self):
        return getattr(self, f"{self.state}_on") or self.referred_on

    def check_days(self):
        """Each check of the job with its day and, where it was made, what was found."""
        if not self.started_on:
            return []
        made = {check.day: check for check in self.checks.all()}
        return [(day, self.started_on + timedelta(days=day), made.get(day)) for day in CHECK_DAYS]


class JobCheckQuerySet(ReturneeScopedQuerySet["JobCheck"]):
    unit_path = "referral__returnee__unit"


class JobCheck(Stamped):
    """What was found 7, 30, 90 or 180 days after a job began."""

    PERSONAL = ("referral", "on", "still_working", "monthly_income", "note")
    PLAIN = ("day",)

    referral = models.ForeignKey(JobReferral, models.PROTECT, related_name="checks")
    day = models.PositiveSmallIntegerField(_("day"), choices=[(day, str(day)) for day in CHECK_DAYS])
    on = models.DateField(_("checked on"))
    still_working = models.BooleanField(_("still working there"))
    monthly_income = models.PositiveIntegerField(_("monthly income (đồng)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = JobCheckQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["referral", "day"], name="job_check_once")]

    def __str__(self):
        return f"{self.day}: {self.referral}"
