"""Accounts, postings, hand-over; and the filters above the list of users."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases import actions
from cases.access.roles import is_helper, works_at
from cases.forms.base import DayField, HouseForm
from cases.forms.conflict import ConflictMixin
from cases.forms.phone_field import PhoneField, read_phone
from cases.forms.unit_field import UnitField
from cases.lib import text
from cases.models import Organisation, Posting, User
from cases.models.moment import moment_on
from cases.models.user import ROLE_NAMES
from cases.reports.administration.accounts import QUIET_DAYS

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}", re.ASCII)
ROLES = [(role.value, name) for role, name in ROLE_NAMES.items()]
STATES = [
    ("open", pgettext_lazy("accounts", "Open")),
    ("slip", _("Slip not used yet")),
    ("unposted", _("No posting")),
    ("quiet", _("Not signed in for 90 days")),
    ("closed", pgettext_lazy("accounts", "Closed")),
]


class UserForm(HouseForm):
    """What is known of the person behind an account."""

    full_name = forms.CharField(label=_("Full name"), max_length=80)
    rank = forms.CharField(label=_("Rank or position"), max_length=60, required=False)
    phone = PhoneField(label=_("Phone"), required=False)

    def clean_full_name(self):
        name = text.normalise_name(self.cleaned_data["full_name"])
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("A name has letters: check it."), code="letters")
        return name

    def clean_phone(self):
        return read_phone(self.cleaned_data["phone"])

    def fill(self, user):
        for name in ("full_name", "rank", "phone"):
            setattr(user, name, self.cleaned_data[name])
        return user


class UserEditForm(ConflictMixin, UserForm):
    """What is known of the person behind an account there is; safe for two administrators at once."""

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, initial=self.stored_values(), **kwargs)

    def stored_values(self):
        return {name: getattr(self.instance, name) for name in ("full_name", "rank", "phone")}


class PostingForm(HouseForm):
    """A role at a unit from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "---------"), *ROLES])
    unit = UnitField(label=_("Unit"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, help_text=_("Only for a helper.")
    )
    since = DayField(of="posting.since", label=_("Since"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = self.on

    def clean(self):
        cleaned = super().clean()
        role, unit, since = cleaned.get("role"), cleaned.get("unit"), cleaned.get("since")
        if is_helper(role) and not cleaned.get("organisation"):
            self.add_error("organisation", _("A helper belongs to an organisation: choose which."))
        if role and unit and not works_at(role, commune=unit.is_commune):
            self.add_error(
                "unit",
                _("A reviewer looks after several communes: choose a cluster or the province.")
                if unit.is_commune
                else _("This role works at a commune: choose one."),
            )
        if unit and since and not unit.in_force(since):
            said = _("%(unit)s exists since %(day)s: choose that day or a later one.")
            self.add_error("since", said % {"unit": unit.name, "day": f"{unit.valid_from:%d/%m/%Y}"})
        return cleaned

    def posting(self, user=None):
        cleaned = self.cleaned_data
        body = cleaned["organisation"] if is_helper(cleaned["role"]) else None
        return Posting(user=user, role=cleaned["role"], unit=cleaned["unit"], organisation=body, since=cleaned["since"])


class UserAddForm(UserForm, PostingForm):
    """A new account with its first posting."""

    field_order = ["full_name", "username", "rank", "phone", "role", "unit", "organisation", "since"]

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("Typed at sign-in: small letters without accents, digits, dot or dash, for example an.lv"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_username(self):
        name = self.cleaned_data["username"].lower()
        if not USERNAME.fullmatch(name):
            raise ValidationError(
                _("Use at least two small letters without accents, digits, dot or dash; no spaces."), code="username"
            )
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(
                _("“%(name)s” is taken. Was the account made a moment ago? Then open it and print a new slip."),
                params={"name": name},
                code="taken",
            )
        return name

    def account(self):
        return self.fill(User(username=self.cleaned_data["username"]))


class FirstAdministratorForm(UserAddForm):
    """The account of the first administrator, asked for at the machine itself: any unit of today."""

    unit = UnitField(label=_("Unit"), among="all")


class ResetForm(HouseForm):
    """Whether the authenticator is forgotten together with the password."""

    drop_codes = forms.BooleanField(
        label=_("The phone is lost too: switch off the code from the phone"), required=False
    )


class HandOverForm(HouseForm):
    """To whom the caseload goes."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("To whom"))

    def __init__(self, *args, giver, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = actions.user.heirs(giver)


class UserFilter(HouseForm):
    """The list of users, narrowed."""

    q = forms.CharField(label=_("Name, user name or phone"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All")), *ROLES], required=False)
    unit = UnitField(label=_("Unit"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All but closed")), *STATES], required=False)

    def narrow(self, users):
        """The users asked for; a choice that is none leaves the list as it is."""
        self.is_valid()
        chosen = self.cleaned_data
        words = chosen.get("q") or ""
        users = users.search(words)
        if chosen.get("role"):
            users = users.posted(self.on, role=chosen["role"])
        if chosen.get("unit"):
            users = users.posted(self.on, unit__path__startswith=chosen["unit"].path)
        state = chosen.get("state")
        return users if words and not state else self.in_state(users, state)

    def in_state(self, users, state):
        if state == "closed":
            return users.filter(is_active=False)
        users = users.filter(is_active=True)
        if state in ("open", "slip"):
            return users.filter(must_change_password=state == "slip").posted(self.on)
        if state == "unposted":
            return users.exclude(pk__in=Posting.objects.on(self.on).values("user"))
        if state == "quiet":
            start = moment_on(self.on - timedelta(days=QUIET_DAYS))
            return users.filter(Q(last_login__lt=start) | Q(last_login=None, made_at__lt=start))
        return users
