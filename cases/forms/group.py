"""The 5+1 group: its lead, its members, the accounts of helpers."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.access.roles import is_helper, roles_that
from cases.forms.base import CaseForm, DayField, HouseForm
from cases.models import GroupMember, Organisation, Posting, User

POLICE = "police"


class AccountField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.full_name} ({user.username})"


def helpers_of(unit, on):
    """Accounts of helpers posted at the commune on `on`: nobody else's may be linked to a group there."""
    posted = Posting.objects.on(on).filter(role__in=roles_that(is_helper), unit__standing=unit.of_today)
    return User.objects.filter(is_active=True, pk__in=posted.values("user")).order_by("full_name", "pk")


class GroupForm(HouseForm):
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    lead = forms.ModelChoiceField(label=_("Lead officer"), queryset=User.objects.none())
    since = DayField(of="helpergroup.since", label=_("Since"))

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = User.objects.leading([unit.of_today, unit], self.on)
        self.fields["lead"].initial = self.user.pk
        self.fields["since"].initial = self.on


class MemberRow(HouseForm):
    """One line of the form of a new group; a line without name and account is left out."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.all(), required=False)
    user = AccountField(label=_("Account"), queryset=User.objects.none(), required=False)
    name = forms.CharField(label=_("Name of the member"), max_length=80, required=False)
    position = forms.CharField(label=_("Position"), max_length=80, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)

    def __init__(self, *args, accounts, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies
        self.fields["user"].queryset = accounts
        if not accounts:
            del self.fields["user"]

    @property
    def is_filled(self):
        return any(self.cleaned_data.get(name) for name in ("name", "user", "position", "phone"))

    def clean(self):
        if not self.is_filled or self.errors:
            return self.cleaned_data
        account = self.cleaned_data.get("user")
        if not self.cleaned_data["name"] and account:
            self.cleaned_data["name"] = account.full_name
        if account and account.posting.organisation:
            self.cleaned_data["organisation"] = account.posting.organisation
        for name, words in (("name", _("Write the name.")), ("organisation", _("Choose the organisation."))):
            if not self.cleaned_data[name]:
                self.add_error(name, words)
        return self.cleaned_data


class Members(forms.BaseFormSet):
    def clean(self):
        """One account helps a person once."""
        accounts = [form.cleaned_data.get("user") for form in self.forms if form.is_valid() and form.is_filled]
        linked = [account for account in accounts if account]
        if len(linked) > len(set(linked)):
            raise forms.ValidationError(_("One account stands in two lines: choose it once."))

    def members(self, since):
        """Unsaved members of the lines that were filled in."""
        filled = [form.cleaned_data for form in self.forms if form.is_filled]
        return [GroupMember(**values, since=since) for values in filled]


def member_rows(typed, *, unit, user, on):
    """The lines for members, one organisation already chosen in each; works without script."""
    bodies, size = Organisation.objects.exclude(code=POLICE), settings.HELPER_GROUP_SIZE
    chosen = [{"organisation": body.pk} for body in bodies[:size]]
    most = size + 5
    rows = forms.formset_factory(MemberRow, formset=Members, extra=size - len(chosen), max_num=most, absolute_max=most)
    return rows(
        typed,
        prefix="members",
        initial=chosen,
        form_kwargs={"accounts": helpers_of(unit, on), "bodies": bodies, "user": user, "on": on},
    )


class MemberForm(CaseForm):
    user = AccountField(
        label=_("Account"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Where the member signs in here: an account of a helper of this commune."),
    )
    name = forms.CharField(label=_("Name of the member"), max_length=80, required=False)

    class Meta(CaseForm.Meta):
        model = GroupMember
        fields = ["organisation", "user", "name", "position", "phone", "since"]

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        taken = self.instance.group.members.current(self.on).filter(user__isnull=False).values("user")
        self.fields["user"].queryset = helpers_of(unit, self.on).exclude(pk__in=taken)

    def clean(self):
        account = self.cleaned_data.get("user")
        if not self.cleaned_data.get("name"):
            if account:
                self.cleaned_data["name"] = account.full_name
            elif "name" not in self.errors:
                self.add_error("name", _("Write the name."))
        return self.cleaned_data

    def clean_since(self):
        since, formed = self.cleaned_data["since"], self.instance.group.since
        if since < formed:
            raise forms.ValidationError(_("The group began on %(day)s."), params={"day": f"{formed:%d/%m/%Y}"})
        return since


class MemberEndForm(HouseForm):
    on = DayField(of="groupmember.until", label=_("Last day in the group"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.on


class LeadForm(HouseForm):
    lead = forms.ModelChoiceField(label=_("New lead officer"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("For example: the former lead officer moved to another post.")
    )

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        unit = group.returnee.unit
        self.fields["lead"].queryset = User.objects.leading([unit.of_today, unit], self.on).exclude(pk=group.lead_id)
