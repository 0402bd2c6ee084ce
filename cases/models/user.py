from datetime import date
from functools import cached_property
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cases.access import roles
from cases.access.permissions import Permission
from cases.access.roles import Role, Sees
from cases.access.row_scope import RowScope
from cases.lib import text
from cases.models import fields as models
from cases.models.id_list import IdList
from cases.models.unit import Unit

ROLE_NAMES = {
    Role.OFFICER: _("Commune officer"),
    Role.CHIEF: _("Commune chief"),
    Role.REVIEWER: _("Reviewer"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.HELPER: _("Helper"),
}
FEW_LISTED = 20  # units that Django may prepare one by one
MOST_LISTED = 2000  # units in one list: a province of today with all it ever was has some hundreds


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Accounts an administrator looks after: all of them; nobody else lists users."""
        return self.all() if user.manages_users else self.none()

    def search(self, words: str) -> Self:
        """Names, user names and phones that hold every word, whatever the accents and case."""
        found = self
        for word in text.match_key(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def posted(self, on: date | None = None, **where) -> Self:
        """Who holds a posting on `on`; `where` narrows the posting."""
        return self.filter(pk__in=Posting.objects.on(on).filter(**where).values("user"))

    def colleagues_of(self, user: "User") -> Self:
        """Officers and chiefs posted today under the user's units: those who may lead a case."""
        return self.leading(user.scope)

    def leading(self, units, on: date | None = None) -> Self:
        """Who may lead a case of the units; nobody whose posting waits for a second account, and who sees none."""
        posted = {"unit__in": units, "role__in": roles.roles_that(roles.leads_cases), "asked_by": None}
        return self.filter(is_active=True).posted(on, **posted)


class User(AbstractBaseUser):
    """One account for one person; what it may do comes from its posting."""

    PERSONAL = ("username", "full_name", "phone", "search_text", "sort_key")
    PLAIN = (
        *("id", "password", "last_login", "rank", "is_active", "must_change_password", "slip_until", "is_demo"),
        *("sign_in_edition", "made_at"),
    )

    username = models.CharField(_("user name"), max_length=40, unique=True)
    full_name = models.CharField(_("full name"), max_length=80)
    rank = models.CharField(_("rank or position"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    slip_until = models.DateTimeField(null=True, editable=False)  # of a one-time password nobody has used yet
    sign_in_edition = models.PositiveIntegerField(default=0, db_default=0, editable=False)  # all before it are ended
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    search_text = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = models.CharField(max_length=400, blank=True, editable=False)

    # Of the page of the moment alone: the person beyond the scope whose file it shows, and the unit that holds it
    outside: tuple[int, ...] = ()
    outside_units: tuple[int, ...] = ()

    objects = BaseUserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["full_name"], name="user_full_name")]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.search_text = text.match_key(f"{self.full_name} {self.username} {self.phone}")[:200]
        self.sort_key = text.sort_key(self.full_name)[:400]
        super().save(*args, **kwargs)

    @cached_property
    def posting(self):
        """The posting in force today, or None: without one nothing is allowed."""
        return self.postings.on().select_related("unit__standing", "organisation").first()

    @property
    def role(self):
        """The role of the posting; None without one, where what is stored is no role, and once the account is closed.

        None too until a second account has confirmed a posting that needs it. What goes on without its user, a job of
        the queue, asks here too.
        """
        serves = self.is_active and self.posting and not self.awaits_second
        return roles.find_role(self.posting.role) if serves else None

    @property
    def awaits_second(self):
        """Whether the posting in force opens nothing yet: see `Posting.asked_by`."""
        return bool(self.posting and self.posting.asked_by_id)

    def acts_as(self):
        """Role and id of the unit for the log, as the page has read the posting.

        Outside of pages they are asked once and kept beside: what an action records must not decide on which posting
        a later question goes by.
        """
        known = vars(self)
        if posting := known.get("posting"):
            return posting.role, posting.unit.standing_id or posting.unit_id
        if "_acts_as" not in known:
            found = self.postings.on().values_list("role", "unit__standing_id", "unit_id").first()
            if found is None:
                return "", None
            role, standing, unit = found
            self._acts_as = (role, standing or unit)
        return self._acts_as

    @property
    def sees(self):
        """Whose files: see `access.roles.Sees`."""
        return roles.terms(self.role).sees

    @property
    def is_helper(self):
        return roles.is_helper(self.role)

    @property
    def is_chief(self):
        return roles.is_chief(self.role)

    @property
    def manages_users(self):
        return roles.manages_users(self.role)

    @property
    def unit(self):
        """The unit one acts for: the posting's, or the one that stands in its place today."""
        return self.posting and self.posting.unit.of_today

    @property
    def sees_everything(self):
        """A reviewer at the ministry: no list of units narrows what is asked, for all of them are below."""
        return self.sees == Sees.UNITS and self.unit.is_ministry

    def may(self, permission):
        return roles.may(self.role, permission)

    def units(self):
        """Units under the posting, of today and of the past in their place; none for who has no cases."""
        if self.sees != Sees.UNITS:
            return Unit.objects.none()
        return Unit.objects.all() if self.sees_everything else Unit.objects.standing_under(self.unit)

    @cached_property
    def scope(self):
        """`units()` for an `__in`: their ids, read once a request, so that the database goes straight to their rows.

        Where they are too many to be listed the question itself.
        """
        if self.sees_everything or len(self._units_read) > MOST_LISTED:
            return self.units()
        return [pk for pk, _kind, _path in self._units_read]

    @cached_property
    def scope_asked(self):
        """`scope` as questions ask for it: many ids go as one value, for each alone takes longer than the answer."""
        return IdList(self.scope) if isinstance(self.scope, list) and len(self.scope) > FEW_LISTED else self.scope

    @cached_property
    def scope_paths(self):
        """Paths under which every unit of the scope lies that is no commune, the first of each branch alone."""
        rows = (
            self._units_read if len(self._units_read) <= MOST_LISTED else self.units().values_list("pk", "kind", "path")
        )
        found: list[str] = []
        for path in sorted(path for _pk, kind, path in rows if kind != Unit.Kind.COMMUNE):
            if not found or not path.startswith(found[-1]):
                found.append(path)
        return found

    @cached_property
    def _units_read(self):
        return list(self.units().order_by("pk").values_list("pk", "kind", "path")[: MOST_LISTED + 1])

    def helped(self):
        """Ids of the people whom this member of an organisation helps today."""
        return self.memberships.current().values("group__returnee")

    def row_scope(self):
        """Whose rows PostgreSQL lets the pages of this user reach, whatever they ask."""
        if self.sees_everything:
            return RowScope(country=True, reader=self.pk)
        if self.is_helper:
            return RowScope(people=tuple(self.helped().values_list("group__returnee", flat=True)), reader=self.pk)
        return RowScope(units=tuple(self.scope_ids()), people=self.outside, reader=self.pk)

    def scope_ids(self):
        return self.scope if isinstance(self.scope, list) else list(self.scope.values_list("pk", flat=True))

    def _get_session_auth_hash(self, secret=None):
        """As Django's, of the password; and of the edition once the sign-ins elsewhere were ended."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        told = f"{self.password}{self.sign_in_edition or ''}"
        return salted_hmac(salt, told, secret=secret, algorithm="sha256").hexdigest()

    def may_sign_in(self, now):
        """Whether a right password lets in: a one-time one does so once, within its time."""
        return not self.must_change_password or (self.slip_until is not None and now < self.slip_until)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split()[-1] if self.full_name else self.username


class PostingQuerySet(models.QuerySet["Posting"]):
    def on(self, day: date | None = None) -> Self:
        day = day or timezone.localdate()
        return self.filter(since__lte=day).exclude(until__lt=day)

    def awaiting(self, on: date) -> Self:
        """Postings of open accounts that a second account has still to confirm."""
        return self.filter(asked_by__isnull=False, user__is_active=True).exclude(until__lt=on)

    def visible_to(self, user: "User") -> Self:
        """Postings that the user may confirm as the second account: not one's own, nor one that one asked for.

        An administrator may each, a reviewer those at the units below.
        """
        if not user.may(Permission.POSTING_CONFIRM):
            return self.none()
        others = self.exclude(user=user).exclude(asked_by=user)
        return others if user.manages_users else others.filter(unit__in=user.scope).exclude(unit__standing=user.unit)


class Posting(models.Model):
    """A role at a unit between two dates; one at a time for each user.

    `asked_by` gave it, or made a new slip for it, and it waits for a second account; None where nothing waits.
    """

    PERSONAL = ("user",)
    PLAIN = ("id", "unit", "role", "organisation", "since", "until", "asked_by")

    user = models.ForeignKey(User, models.PROTECT, related_name="postings")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="postings", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=15, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    organisation = models.ForeignKey(
        "cases.Organisation", models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("asked for by")
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="posting_since_before_until",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                violation_error_message=_("The posting ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(until__isnull=True),
                name="posting_one_open",
                violation_error_message=_("This user already has an open posting."),
            ),
            models.CheckConstraint(
                name="posting_helper_has_organisation",
                condition=~models.Q(role="helper") | models.Q(organisation__isnull=False),
                violation_error_message=_("A helper belongs to an organisation: choose which."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} – {self.unit}"
