import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User


FETCHED_WITHIN = timedelta(hours=24)  # a prepared file is deleted afterwards


class JobQuerySet(models.QuerySet["QueuedJob"]):
    def open(self) -> Self:
        """Jobs that wait or are at work."""
        return self.filter(state__in=QueuedJob.OPEN)

    def visible_to(self, user: "User") -> Self:
        """One's own; whoever looks after the accounts sees that there are others, never what they are about."""
        if user.role is None:
            return self.none()
        return self.all() if user.manages_users else self.filter(made_by=user)


class QueuedJob(models.Model):
    """A piece of work that left the request: what, for whom, how far, how it ended.

    The row of the task library says which worker takes it; this one says what people ask about. Of one `key` there is
    one open job. Whoever works on it holds it under `owner` until `lease_until`, and renews that while it lives.
    """

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", _("Workbook checked or loaded")
        EXPORT = "export", _("Excel file prepared")
        REPORT = "report", _("Report counted and sent")
        UNITS = "units", _("Changes of units whose day has come")
        VERDICTS = "verdicts", _("Clean-record clocks told anew")
        CUSTODY = "custody", _("Nobody without an owner")
        FIGURES = "figures", _("Figures of a large unit counted")
        USUAL = "usual", _("Usual figures of large units counted")
        CLEANUP = "cleanup", _("Old files and jobs deleted")
        SEAL = "seal", _("Log sealed")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being worked on")
        DONE = "done", _("Done")
        FAILED = "failed", _("Unsuccessful")

    OPEN = (State.WAITING, State.RUNNING)

    PERSONAL = ("arguments", "told")
    PLAIN = (
        *("id", "uid", "key", "kind", "state", "unit", "made_by", "made_at", "begun_at", "ended_at", "language"),
        *("address", "task", "edition", "owner", "lease_until", "attempts", "done", "of", "error"),
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    arguments = models.EncryptedJSON(default=dict)
    unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("asked for at"))
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, default="vi")
    address = models.GenericIPAddressField(null=True)  # of the request that asked, for the log
    task = models.UUIDField(null=True)  # the row of the task library
    edition = models.CharField(max_length=12, blank=True)  # of the law's code in the process that works on it
    owner = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=300, blank=True)
    error = models.CharField(_("error number"), max_length=6, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="job_latest"),
            models.Index(fields=["made_by", "-made_at"], name="job_of_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state__in=["waiting", "running"]), name="job_open_once"
            ),
            models.CheckConstraint(
                name="job_at_work_is_held",
                condition=models.Q(state="running", lease_until__isnull=False) & ~models.Q(owner="")
                | ~models.Q(state="running") & models.Q(owner="", lease_until__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self):
        return self.state in self.OPEN

    def is_fetchable(self, now):
        """Whether the file it prepared is still handed out."""
        is_prepared = self.kind == self.Kind.EXPORT and self.state == self.State.DONE
        return is_prepared and now < self.ended_at + FETCHED_WITHIN


class WorkerProcess(models.Model):
    """A worker that is there, as long as it says so."""

    PERSONAL = ()
    PLAIN = ("id", "name", "seen_at")

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PreparedPart(models.Model):
    """A piece of a file that a job has prepared, in order; kept in the database, so that any server hands it out."""

    PERSONAL = ("content",)
    PLAIN = ("id", "job", "number")

    job = models.ForeignKey(QueuedJob, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.EncryptedBytes()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="prepared_part_once")]

    def __str__(self):
        return f"{self.job_id} {self.number}"
