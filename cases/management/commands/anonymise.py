from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.management.command import HouseCommand
from cases.models import RetentionVersion, Unit, User
from cases.reports.people import retention


class Command(HouseCommand):
    """Lists whose files are kept long enough, whom and what; with --for-real --by CHIEF anonymises those that are due.

    Nobody is named: each stands with the number of the file in the database, its ending and its day. Without
    --for-real nothing is changed. `--by` is the user name of the chief of the unit, who answers for it in the log.
    `--unit` is a code; without it the whole country is listed. It cannot be undone.
    """

    help = "List whose files are kept long enough; with --for-real --by CHIEF anonymise those that are due."

    def add_arguments(self, parser):
        parser.add_argument("--unit", metavar="CODE", help="the official code of a unit; its units below count too")
        parser.add_argument("--by", metavar="USERNAME", help="the chief who confirms it")
        parser.add_argument("--for-real", action="store_true", dest="for_real", help="anonymise those that are due")
        parser.add_argument("--dry-run", action="store_true", dest="dry_run", help="list only, as without --for-real")

    def handle(self, *, unit, by, for_real, dry_run, **options):
        with translation.override("vi"):
            if for_real and dry_run:
                raise CommandError(_("Either --dry-run or --for-real."))
            on = timezone.localdate()
            chief = self.chief(by) if by else None
            if for_real and chief is None:
                raise CommandError(_("Name the chief who confirms it: --by USERNAME."))
            rules = RetentionVersion.objects.rules()
            people = retention.files_to_tell(chief, on, rules, self.unit(unit) if unit else None)
            files = retention.kept_files(people, on, rules)
            for each in files:
                told = _("File %(number)d: %(ending)s %(closed)s, kept until %(until)s")
                facts = {"number": each.person.pk, "ending": each.ending, "closed": f"{each.person.closed_on:%d/%m/%Y}"}
                self.stdout.write(told % {**facts, "until": f"{each.until.due_on:%d/%m/%Y}"})
            self.tell_or_do(files, chief if for_real else None, on)

    def tell_or_do(self, files, chief, on):
        due = [each.person.pk for each in files if each.is_due]
        if chief is None:
            counts = retention.count_rows(due)
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
            said = _("%(due)d files are due, %(soon)d soon will be. Nothing was changed.")
            self.stdout.write(said % {"due": len(due), "soon": len(files) - len(due)})
            return
        for first in range(0, len(due), retention.AT_MOST):
            try:
                actions.anonymisation.anonymise(people=due[first : first + retention.AT_MOST], by=chief, on=on)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("%(count)d people anonymised.") % {"count": len(due)})

    def chief(self, username):
        user = User.objects.filter(username=username).first()
        if user is None or not user.may(Permission.ANONYMISE):
            raise CommandError(_("“%(name)s” is no chief of a commune.") % {"name": username})
        return user

    def unit(self, code):
        found = Unit.objects.on().filter(code=code).first()
        if found is None:
            raise CommandError(_("There is no unit with the code %(code)s today.") % {"code": code})
        return found
