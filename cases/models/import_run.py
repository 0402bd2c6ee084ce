from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext_lazy as _

from cases.access.permissions import Permission
from cases.models import fields as models
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: "User") -> Self:
        """One's own files only, and only while the unit is one's own and one may load that kind of workbook."""
        return self.filter(created_by=user, unit__in=user.scope, kind__in=ImportRun.kinds_of(user))

    def unfinished(self) -> Self:
        return self.exclude(state__in=[ImportRun.State.LOADED, ImportRun.State.DISCARDED])


class ImportRun(Stamped):
    """A workbook on its way into the register; what was uploaded is kept only until it is loaded or discarded."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("Register of the commune")
        NOTICES = "notices", _("List of notices or amnesty wave")

    MAY = {Kind.REGISTER: Permission.IMPORT, Kind.NOTICES: Permission.IMPORT_NOTICES}

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        MAPPING = "mapping", _("Columns to be matched")
        CHECKED = "checked", _("Checked")
        LOADING = "loading", _("Being loaded")
        LOADED = "loaded", _("Loaded")
        FAILED = "failed", _("Not readable")
        DISCARDED = "discarded", _("Discarded")

    CORRECTABLE = (State.CHECKED, State.CHECKING)  # a check under way finds at its end what was chosen meanwhile

    PERSONAL = ("content", "corrections", "notices", "mapping")
    PLAIN = (
        "kind",
        "unit",
        "mapped",
        "file_name",
        "file_hash",
        "size",
        "state",
        "counts",
        "good_rows",
        "told",
        "begun_at",
        "shares",
    )

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.REGISTER)
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=120)
    file_hash = models.CharField(max_length=64)
    size = models.PositiveIntegerField(default=0)
    content = models.EncryptedBytes(null=True, editable=False)
    corrections = models.EncryptedJSON(default=dict)
    mapping = models.EncryptedJSON(default=dict)  # of a sheet that is no template: its columns, with samples
    mapped = models.BooleanField(default=False)  # the importer has agreed to the mapping
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    counts = models.JSONField(default=dict)
    notices = models.EncryptedJSON(default=list)
    shares = models.JSONField(default=list)  # of a list of notices: unit, officer, people before, people given
    good_rows = models.BooleanField(default=False)
    told = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_content_only_until_done",
                condition=~models.Q(state__in=["loaded", "discarded"]) | models.Q(content__isnull=True),
            )
        ]

    def __str__(self):
        return self.file_name

    @classmethod
    def kinds_of(cls, user):
        """The kinds of workbook that `user` may load."""
        return [kind for kind, permission in cls.MAY.items() if user.may(permission)]

    @property
    def under_way(self):
        return self.state in (self.State.CHECKING, self.State.LOADING)

    @property
    def has_nothing_to_load(self):
        """Nobody could read it, or all of it stands in the register already."""
        checked = self.state == self.State.CHECKED and not (self.fresh or self.errors)
        return checked or self.state == self.State.FAILED

    @property
    def errors(self):
        return sum(count["errors"] for count in self.counts.values())

    @property
    def fresh(self):
        """How many rows would be entered or changed."""
        return sum(count["create"] + count["update"] for count in self.counts.values())


class StagedRow(models.Model):
    """A row of an uploaded workbook as it was typed, for the preview; it goes when the run is loaded or discarded."""

    PERSONAL = ("cells", "messages", "changes")
    PLAIN = ("id", "run", "sheet", "number", "state", "flagged", "choices")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=6)
    flagged = models.BooleanField(default=False)
    cells = models.EncryptedJSON(default=dict)
    messages = models.EncryptedJSON(default=list)
    changes = models.EncryptedJSON(default=list)  # of a known row: what, as it is, as it would be
    choices = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "sheet", "state"], name="staged_row_state")]
        constraints = [models.UniqueConstraint(fields=["run", "sheet", "number"], name="staged_row_once")]

    def __str__(self):
        return f"{self.sheet} {self.number}"


class ImportedRow(models.Model):
    """Which record a row of a workbook became: the same row loaded again is known by its key."""

    PERSONAL = ("target_id",)
    PLAIN = ("id", "run", "sheet", "key", "digest", "code", "unit", "target_type")

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="imported")
    sheet = models.CharField(max_length=20)
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=32)
    code = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, related_name="+")
    target_type = models.CharField(max_length=40)
    target_id = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="imported_row_once")]
        indexes = [models.Index(fields=["code"], condition=~models.Q(code=""), name="imported_row_code")]

    def __str__(self):
        return f"{self.sheet} {self.key}"
