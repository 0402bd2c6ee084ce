import sys

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import actions
from cases.access.roles import manages_users, roles_that
from cases.forms.user import FirstAdministratorForm
from cases.management.command import HouseCommand
from cases.models import User

ASKED = ("full_name", "username", "unit")
COMMAND = "manage.py first_administrator"


class Command(HouseCommand):
    """Makes the account of the first administrator of an empty system and prints its slip, this once.

    What no option says is asked for in a terminal: the full name, the user name and the unit (code or name). Refused
    with status 1 where somebody serves as administrator already. `--new-slip USERNAME` prints another slip for an
    administrator whom no colleague can give one; the code from the phone is switched off with it. `--if-none` says
    nothing where there is an administrator, and names the command where there is no terminal to ask in.
    """

    help = "Make the first account of an empty system and print its slip with the one-time password."
    ask = staticmethod(input)

    def add_arguments(self, parser):
        parser.add_argument("--full-name", metavar="NAME", help="for example: Lê Văn An")
        parser.add_argument("--username", help="typed at sign-in: small letters without accents, digits, dot or dash")
        parser.add_argument("--unit", help="code or name of the unit, for example 68")
        parser.add_argument("--new-slip", metavar="USERNAME", help="another slip for an administrator there is")
        parser.add_argument("--if-none", action="store_true", help="do nothing where there is an administrator")

    def handle(self, *, new_slip, if_none, **options):
        on = timezone.localdate()
        with translation.override("vi"):
            try:
                if new_slip:
                    return self.print_slip(*self.renew(new_slip, on))
                if if_none and actions.user.administrators(on).exists():
                    return None
                if if_none and not sys.stdin.isatty():
                    self.stdout.write(
                        _("Nobody can sign in yet. Make the first account: %(command)s") % {"command": COMMAND}
                    )
                    return None
                actions.user.refuse_with_administrator(on)
                return self.print_slip(*self.make({name: options[name] for name in ASKED}, on))
            except ValidationError as error:
                raise CommandError("\n".join(error.messages)) from error

    def renew(self, username, on):
        user = actions.user.administrators(on).filter(username=username).first()
        if user is None:
            raise CommandError(_("“%(name)s” is no administrator: see the page “Users”.") % {"name": username})
        return user, actions.user.reset_password(user=user, by=None, drop_codes=True)

    def make(self, told, on):
        role = roles_that(manages_users)[0]
        form = FirstAdministratorForm(None, user=None, on=on)
        data = {name: value or self.asked(form.fields[name], name) for name, value in told.items()}
        form = FirstAdministratorForm({**data, "role": role, "since": f"{on:%d/%m/%Y}"}, user=None, on=on)
        if not form.is_valid():
            faults = [f"{form.fields[name].label}: {words}" for name, said in form.errors.items() for words in said]
            raise CommandError("\n".join(faults))
        user = form.account()
        return user, actions.user.engage_first(user=user, posting=form.posting())

    def asked(self, field, name):
        """What the terminal answers; without one the option is named."""
        if not sys.stdin.isatty():
            raise CommandError(_("Say %(option)s.") % {"option": f"--{name.replace('_', '-')}"})
        return self.ask(f"{field.label}{f' ({field.help_text})' if field.help_text else ''}: ")

    def print_slip(self, user: User, password):
        posting = user.postings.on().select_related("unit").get()
        lines = [
            _("Slip with the one-time password"),
            _("It is shown this once and kept nowhere: write it down now."),
            "",
            user.full_name,
            f"{posting.get_role_display()} · {posting.unit.name}",
            f"{_('User name')}: {user.username}",
            f"{_('One-time password')}: {password}",
            "",
            f"1. {_('Choose a password of at least 10 characters that only you know.')}",
            f"2. {_('Destroy this slip: it works once, within 72 hours.')}",
        ]
        self.stdout.write("\n".join(str(line) for line in [*lines, ""]))
