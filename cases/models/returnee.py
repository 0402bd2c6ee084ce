from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.lib import identity, names, text
from cases.lib.dates import PartialDate
from cases.models import fields as models
from cases.models.name_key import NameKey
from cases.models.number_digests import KEYS, DigestQuerySet, HasDigests, digest_indexes
from cases.models.returnee_search import SearchedQuerySet
from cases.models.scope import SEALED, KeptQuerySet, ScopedQuerySet
from cases.models.stamped import CaseRow, Stamped

if TYPE_CHECKING:
    from cases.models.user import User


class ReturneeQuerySet(
    SearchedQuerySet["Returnee"], DigestQuerySet["Returnee"], KeptQuerySet["Returnee"], ScopedQuerySet["Returnee"]
):
    returnee_path = "pk"
    person_path = ""

    def sealed_under(self, user: "User") -> Self:
        """Sealed files of the user's units, to open one with a reason; for lists there is `visible_to`."""
        return self._in_scope_of(user).filter(close_reason=SEALED)

    def with_number(self, number: str) -> Self:
        """Files that bear an identity number, as the one in force or as the old one."""
        return self.with_numbers([number])

    def with_numbers(self, numbers) -> Self:
        return self.filter(Q(identity_number__in=numbers) | Q(old_identity_number__in=numbers))

    def in_activity(self, activity) -> Self:
        """Those whose part in a piece of work stands, in the order they were chosen."""
        return self.filter(entries__activity=activity, entries__withdrawn_at=None).order_by("entries__pk")

    def presented_by(self, on: date) -> Self:
        return self.filter(presented_on__lte=on)

    def not_presented(self, on: date) -> Self:
        """Completed, not presented and not closed on `on` (đã chấp hành xong, chưa trình diện)."""
        return self.filter(completed_on__lte=on).exclude(presented_on__lte=on).exclude(closed_on__lte=on)

    def held_by_nobody(self, on: date) -> Self:
        """Released by `on`, not closed, and no unit has them: not presented, or held by none that stands that day."""
        held = Placement.objects.covering(on).filter(returnee=OuterRef("pk"), unit__valid_from__lte=on)
        held = held.exclude(unit__valid_to__lt=on)
        released = self.filter(completed_on__lte=on).exclude(closed_on__lte=on)
        return released.exclude(Q(Exists(held), presented_on__lte=on))

    def managed(self, on: date) -> Self:
        """Files open on `on`: presented, and on the closing day no longer open."""
        return self.presented_by(on).exclude(closed_on__lte=on)

    def open(self, on: date) -> Self:
        """Everybody the unit still answers for on `on`, presented or not."""
        return self.exclude(closed_on__lte=on)

    def formerly_of(self, user: "User") -> Self:
        """People whom a unit of the user's held once and holds no longer: their history may still be read there.

        No page that changes a file starts here: what one works on is `visible_to` alone.
        """
        units = user.scope
        left = Placement.objects.filter(unit__in=units, until__isnull=False)
        return self.filter(pk__in=left.values("returnee")).exclude(unit__in=units).unsealed()

    def known_to(self, user: "User", opened: int | None = None) -> Self:
        """People the user may read of: those in scope, and those whose history may still be read."""
        if user.is_helper or user.sees_everything:
            return self.visible_to(user, opened)
        left = Placement.objects.filter(returnee=OuterRef("pk"), unit__in=user.scope, until__isnull=False)
        return self.filter(Q(unit__in=user.scope) | Exists(left) | self.outside(user)).unsealed(opened)

    def with_facts(self) -> Self:
        """Adds what is kept of each person in CurrentFacts, as it stands today.

        `last_contact_on`: when the person or the family was met last; `lead_id` and `lead_name`: who leads the 5+1;
        `group` and `group_on`: as approved last; `last_assessed_on`: proposed groups too; `taken_over_on`: since when
        people are held who came by a handover.
        """
        return self.annotate(
            last_contact_on=F("facts__last_contact_on"),
            lead_id=F("facts__lead"),
            lead_name=F("facts__lead__full_name"),
            group=F("facts__group"),
            group_on=F("facts__group_on"),
            last_assessed_on=F("facts__last_assessed_on"),
            taken_over_on=F("facts__taken_over_on"),
        )


class Returnee(HasDigests, CaseRow):
    """A person who finished a prison sentence and came home (người chấp hành xong án phạt tù)."""

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    class SubjectType(models.TextChoices):
        COMPLETED = "completed", _("Completed the prison sentence")
        CONDITIONAL = "conditional", _("Completed conditional early release")
        AMNESTIED = "amnestied", _("Amnestied")

    class CloseReason(models.TextChoices):
        EXPUNGED = SEALED, _("Criminal record cleared")
        DIED = "died", _("Died")
        IMPRISONED = "imprisoned", _("New prison sentence")
        MISSING = "missing", _("Declared missing")
        LEFT_COUNTRY = "left_country", _("Left the country")
        OTHER = "other", _("Other reason")

    PERSONAL = (
        "file_number",
        "full_name",
        "aliases",
        "sex",
        "born_on",
        "identity_number",
        "old_identity_number",
        *KEYS,
        "ethnicity",
        "hamlet",
        "address",
        "phone",
        "household_contact",
        "household_relation",
        "household_phone",
        "certificate_number",
        "prison",
        "note",
        "search_text",
        "sort_key",
        "subject_type",
        "completed_on",
        "presents_by",
        "presented_on",
        "close_note",
        "closed_on",
        "close_reason",
    )
    PLAIN = ("unit",)
    # All that a helper's page may show: name, hamlet, telephones; of the household's also whose it is
    SEEN_BY_HELPERS = ("full_name", "hamlet", "phone", "household_contact", "household_phone")

    file_number = models.CharField(_("file number"), max_length=40, unique=True)
    full_name = models.CharField(_("full name"), max_length=80)
    aliases = models.CharField(_("other names"), max_length=160, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices)
    born_on = models.CharField(_("born"), max_length=10)
    identity_number = models.EncryptedText(
        _("identity number"), max_length=12, null=True, blank=True, key="identity_key"
    )
    old_identity_number = models.EncryptedText(
        _("old identity number"), max_length=9, blank=True, key="old_identity_key"
    )
    ethnicity = models.CharField(_("ethnicity"), max_length=30, blank=True)
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="returnees", verbose_name=_("commune"))
    hamlet = models.CharField(_("hamlet"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    phone = models.EncryptedText(_("phone"), max_length=20, blank=True, key="phone_key")
    household_contact = models.EncryptedText(_("contact in the household"), max_length=80, blank=True)
    household_relation = models.CharField(_("relation"), max_length=30, blank=True)
    household_phone = models.EncryptedText(
        _("phone of the household"), max_length=20, blank=True, key="household_phone_key"
    )
    identity_key = models.KeyedDigest(of="identity_number")
    old_identity_key = models.KeyedDigest(of="old_identity_number")
    phone_key = models.KeyedDigest(of="phone")
    household_phone_key = models.KeyedDigest(of="household_phone")
    subject_type = models.CharField(
        _("subject type"), max_length=12, choices=SubjectType.choices, default=SubjectType.COMPLETED
    )
    prison = models.CharField(_("prison"), max_length=100, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=40, blank=True)
    completed_on = models.DateField(_("completed on"))
    presents_by = models.DateField(
        _("presents by"),
        null=True,
        blank=True,
        help_text=_("The day printed on the certificate; left empty where unknown"),
    )
    presented_on = models.DateField(_("presented on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_reason = models.CharField(_("reason for closing"), max_length=15, choices=CloseReason.choices, blank=True)
    close_note = models.CharField(_("note on closing"), max_length=300, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    search_text = models.CharField(max_length=400, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)

    # What some queries add, see ReturneeQuerySet; on any other row nothing has it.
    last_contact_on: date | None
    lead_id: int | None
    lead_name: str | None
    group: str | None
    group_on: date | None
    last_assessed_on: date | None
    taken_over_on: date | None

    objects = ReturneeQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["unit", "closed_on"], name="returnee_unit_closed"),
            models.Index(fields=["completed_on"], name="returnee_completed"),
            models.Index(fields=["presented_on"], name="returnee_presented"),
            *digest_indexes("returnee_identity", "returnee_old_identity", "returnee_phone", "returnee_household_phone"),
            models.Index(fields=["full_name"], name="returnee_full_name"),
        ]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="returnee_presented_not_before_completed",
                condition=Q(presented_on__isnull=True) | Q(presented_on__gte=F("completed_on")),
                violation_error_message=_("The presenting day is before the completion day."),
            ),
            models.CheckConstraint(
                name="returnee_presents_not_before_completed",
                condition=Q(presents_by__isnull=True) | Q(presents_by__gte=F("completed_on")),
                violation_error_message=_("The day to present by is before the completion day."),
            ),
            models.CheckConstraint(
                name="returnee_closed_not_before_completed",
                condition=Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("completed_on"))
                & (Q(presented_on__isnull=True) | Q(closed_on__gte=F("presented_on"))),
                violation_error_message=_("The closing day is before the completion or presenting day."),
            ),
            models.CheckConstraint(
                name="returnee_closed_with_reason",
                condition=Q(closed_on__isnull=True, close_reason="") | Q(closed_on__isnull=False) & ~Q(close_reason=""),
                violation_error_message=_("A closed file needs a reason, an open one has none."),
            ),
            models.UniqueConstraint(
                fields=["identity_key"],
                condition=Q(closed_on__isnull=True, withdrawn_at__isnull=True),
                name="returnee_one_open_file",
                violation_error_message=_("There is already an open file with this identity number."),
            ),
        ]

    def __str__(self):
        return self.full_name

    def prepare(self):
        """Fill in what follows from what was typed, before the row is stored."""
        self.full_name = text.normalise_name(self.full_name)
        self.identity_number = self.identity_number or None
        self.sort_key = text.sort_key(self.full_name)
        self.search_text = self.text_to_search()[:400]
        return self

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)
        NameKey.objects.keep(self)

    def text_to_search(self):
        """Every name and the file number between bars, so that a whole one can be told from a part; no number else."""
        known = [names.search_key(name) for name in self.all_names]
        known += [identity.tidy(self.file_number or ""), self.file_number]
        return "".join(f"| {part} " for part in known if part) + "|"

    @property
    def all_names(self):
        """The full name, then each other name."""
        return names.names_in(self.full_name, self.aliases)

    @property
    def born(self):
        return PartialDate.from_storage(self.born_on)

    def tell_apart(self, user):
        """What tells two people of one name apart, as far as `user` may know it."""
        named = [name for name in ("birth_year", "hamlet") if not user.is_helper or name in self.SEEN_BY_HELPERS]
        return " · ".join(filter(None, (getattr(self, name) for name in named)))

    @property
    def birth_year(self):
        return self.born_on[:4]

    @property
    def is_sealed(self):
        return self.close_reason == SEALED

    def status(self, on):
        """waiting, not_presented, managed or closed: a pure function of the dates, never typed."""
        if self.closed_on and self.closed_on <= on:
            return "closed"
        if self.presented_on and self.presented_on <= on:
            return "managed"
        return "not_presented" if self.completed_on <= on else "waiting"

    def unit_on(self, day):
        """The unit that held the person on `day` (as-was), or None."""
        placement = self.placements.covering(day).select_related("unit").first()
        return placement and placement.unit


class PlacementQuerySet(ScopedQuerySet["Placement"]):
    returnee_path = "returnee"

    def covering(self, day: date) -> Self:
        return self.filter(since__lte=day).exclude(until__lt=day)


class Placement(Stamped):
    """Which unit holds a person, from day to day; both ends inclusive, one open at a time."""

    class Reason(models.TextChoices):
        INTAKE = "intake", _("First place of return")
        TRANSFER = "transfer", _("Handed over")
        SUCCESSION = "succession", _("Unit reorganised")

    PERSONAL = ("returnee", "unit", "since", "until")
    PLAIN = ("reason",)

    returnee = models.ForeignKey(Returnee, models.PROTECT, related_name="placements")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="placements")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=10, choices=Reason.choices)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["unit", "since"], name="placement_unit_since"),
            models.Index(fields=["returnee", "unit"], name="placement_returnee_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="placement_since_before_until", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=["returnee"], condition=Q(until__isnull=True), name="placement_one_open_owner"
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.since:%d/%m/%Y}"
