"""Many accounts from a workbook: each row is the form of one account; no two stand in each other's way."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.forms.user import ROLES, UserAddForm
from cases.importing.columns import comparable_text
from cases.importing.limits import MB, SHORT
from cases.importing.users import MOST_USERS, USERS, ListedUser
from cases.lib import text, usernames
from cases.models import Organisation, Posting, User
from cases.models.user import ROLE_NAMES

CELLS = tuple(column.field for column in USERS.columns)
LONGEST_CELL = 400


class UserListFileForm(HouseForm):
    """The workbook with the list."""

    file = forms.FileField(
        label=_("Excel workbook"),
        help_text=_("A file that ends in .xlsx, with one user in each row; at most 200."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > SHORT["upload"]:
            words = _("The file is larger than %(size)d MB: split it into several files.")
            raise ValidationError(words, params={"size": SHORT["upload"] // MB}, code="large")
        return file


class UserListForm(HouseForm):
    """The rows of a list on their way from the preview to the accounts."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    rows = forms.JSONField(widget=forms.HiddenInput)

    def clean_rows(self):
        rows = self.cleaned_data["rows"]
        if not isinstance(rows, list) or not 0 < len(rows) <= MOST_USERS or not all(map(is_row, rows)):
            raise ValidationError(_("The list came back damaged: upload the workbook again."), code="damaged")
        return [ListedUser(*row) for row in rows]


def is_row(row):
    """Whether what came back is the number of a row, its cells, and whether its user name was proposed."""
    if not isinstance(row, list) or [type(part) for part in row] != [int, dict, bool]:
        return False
    return all(name in CELLS and isinstance(cell, str) and len(cell) <= LONGEST_CELL for name, cell in row[1].items())


class ListedUserForm(UserAddForm):
    """One row: what is refused says what the cell should hold."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = ", ".join(str(name) for name in ROLE_NAMES.values())
        said = _now("“%(value)s” is no role: write one of %(roles)s.")
        self.fields["role"].error_messages["invalid_choice"] = said.replace("%(roles)s", roles)
        said = _now("No organisation is called so: write its name as on the page “Organisations”.")
        self.fields["organisation"].error_messages["invalid_choice"] = said


class UserListRow:
    """A row with its form; `proposed` where the list names no user name."""

    def __init__(self, listed, form, proposed):
        self.number, self.form, self.proposed = listed.number, form, proposed
        self.cells = listed.cells

    @property
    def role(self):
        """The role in words, as typed where it is none."""
        typed = self.cells.get("role", "")
        return dict(ROLES).get(typed, typed)

    @property
    def problems(self):
        """What is wrong: field, value, what to do."""
        for name, said in self.form.errors.items():
            label = self.form.fields[name].label if name in self.form.fields else ""
            for words in said:
                yield label, self.cells.get(name, ""), words


class UserList:
    """All rows of a list, checked together on the day `on` for the administrator `user`."""

    def __init__(self, listed, *, user, on):
        self.listed, self.user, self.on = listed, user, on

    @cached_property
    def rows(self):
        found = [self._row(listed, self.names[listed.number]) for listed in self.listed]
        self._refuse_twice(found)
        self._refuse_standing(found)
        return found

    @property
    def problems(self):
        return [(row.number, *problem) for row in self.rows for problem in row.problems]

    @cached_property
    def sent(self):
        """What the page carries to the confirmation."""
        return [
            [listed.number, {**listed.cells, "username": self.names[listed.number]}, listed.is_unnamed]
            for listed in self.listed
        ]

    @cached_property
    def names(self):
        """The user name of each row: as written, or the first proposal that nobody has."""
        names = {listed.number: listed.cells["username"] for listed in self.listed if not listed.is_unnamed}
        people = {each.number: each.cells.get("full_name", "") for each in self.listed if each.is_unnamed}
        tried = {name for person in people.values() for name in usernames.proposals(person)}
        taken = set(User.objects.filter(username__in=tried).values_list("username", flat=True))
        taken |= {name.lower() for name in names.values()}
        for number, person in people.items():
            names[number] = usernames.propose(person, taken)
            taken.add(names[number])
        return names

    @cached_property
    def organisations(self):
        return {
            comparable_text(words): body.pk
            for body in Organisation.objects.on(self.on)
            for words in (body.code, body.short, body.name)
        }

    def _row(self, listed, username):
        data = {**listed.cells, "username": username}
        data["since"] = data.get("since") or f"{self.on:%d/%m/%Y}"
        body = data.get("organisation", "")
        data["organisation"] = self.organisations.get(comparable_text(body), body)
        form = ListedUserForm(data, user=self.user, on=self.on)
        form.is_valid()
        return UserListRow(listed, form, proposed=listed.is_unnamed)

    def _refuse_twice(self, rows):
        seen = {}
        for row in rows:
            name = (row.form.data["username"] or "").lower()
            if name and name in seen:
                said = _now("“%(name)s” stands in row %(row)d already: every user has a name of their own.")
                row.form.add_error("username", said % {"name": name, "row": seen[name]})
            seen.setdefault(name, row.number)

    def _refuse_standing(self, rows):
        """A list loaded a second time makes nobody a second account unless it names a second user name."""
        asked = [row for row in rows if row.proposed and row.form.is_valid()]
        held = Posting.objects.on(self.on).filter(unit__in={row.form.cleaned_data["unit"] for row in asked})
        standing = {
            (posting.unit_id, text.match_key(posting.user.full_name)): posting.user.username
            for posting in held.filter(user__is_active=True).select_related("user")
        }
        said = _now(
            "There is an account for this name here already (%(name)s): leave the row out, or write another user name."
        )
        for row in asked:
            given = row.form.cleaned_data
            if name := standing.get((given["unit"].pk, text.match_key(given["full_name"]))):
                row.form.add_error("full_name", said % {"name": name})
