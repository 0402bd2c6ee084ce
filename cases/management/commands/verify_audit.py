import sys
from datetime import date
from itertools import islice

from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.lib.text import UNKNOWN
from cases.management.command import HouseCommand
from cases.models import AuditEvent, Unit
from cases.models.audit_seal import NO_UNIT
from cases.reports.administration.audit_proof import Break, SealProgress, breaks
from cases.reports.administration.audit_words import sentence

MOST_TOLD = 20

KINDS = {
    "changed": gettext_lazy("changed after it was sealed"),
    "missing": gettext_lazy("removed after it was sealed"),
    "added": gettext_lazy("added after its day was sealed"),
    "seal_changed": gettext_lazy("the seal was changed"),
    "seal_missing": gettext_lazy("a seal is missing"),
    "key_unknown": gettext_lazy("the key it was sealed with is not here"),
    "guard_missing": gettext_lazy("the database no longer refuses to change the log"),
}


class Command(HouseCommand):
    """Proves that the log is what was sealed, or names what the owner of the tables changed; changes nothing.

    The first break is named first: a row changed (and in which columns), removed, or added after its day was sealed; a
    seal changed or gone; a trigger gone. At most 20 are told. Exit status 1 where there is one. `--since` (yyyy-mm-dd)
    leaves out the rows of the days before, not their seals. `--printed` CODE says of which day a code on paper is.
    """

    help = "Verify the log against its seals and name the first break. Changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--since", type=date.fromisoformat, help="read the rows from this day on: yyyy-mm-dd")
        parser.add_argument("--printed", default="", metavar="CODE", help="the code on a printed report")

    def handle(self, *, since, printed, **options):
        with translation.override("vi"):
            progress = SealProgress()
            found = breaks(progress, since)
            told = list(islice(found, MOST_TOLD))
            for each in told:
                self.stdout.write(in_words(each))
            if told:
                self.stdout.write(_("The log is not what was sealed. The first break stands first."))
                sys.exit(1)
            self.tell(progress)
            if printed:
                self.tell_printed(progress, printed)

    def tell(self, progress):
        last = progress.last
        if last is None:
            self.stdout.write(_("Nothing is sealed yet: the nightly work seals every day that is over."))
        else:
            told = {"rows": progress.rows, "days": progress.days, "code": last.short, "day": f"{last.day:%d/%m/%Y}"}
            said = _("The log is whole: %(rows)d rows of %(days)d days. The last seal is %(code)s of %(day)s.")
            self.stdout.write(said % told)
            if progress.erased:
                said = _(
                    "Of %(count)d of them names were taken out because people were anonymised, each with a receipt."
                )
                self.stdout.write(said % {"count": progress.erased})
        self.stdout.write(_("Rows not sealed yet: %(count)d.") % {"count": progress.unsealed()})

    def tell_printed(self, progress, printed):
        days = [day for day, code in progress.codes.items() if code == printed.strip().upper()]
        if not days:
            raise CommandError(_("No day has the seal %(code)s.") % {"code": printed})
        self.stdout.write(_("%(code)s is the seal of %(day)s.") % {"code": printed, "day": f"{days[0]:%d/%m/%Y}"})


def in_words(found: Break) -> str:
    """One break on one line: the day, the unit, the row as it stands now, what was done to it."""
    parts = [f"{found.day:%d/%m/%Y}" if found.day else "", _unit(found.unit), _row(found.row)]
    columns = f" ({', '.join(found.columns)})" if found.columns else ""
    return ": ".join([", ".join(part for part in parts if part) or UNKNOWN, f"{KINDS[found.kind]}{columns}"])


def _unit(unit: int | None) -> str:
    if unit is None:
        return ""
    if unit == NO_UNIT:
        return _("of no unit")
    return Unit.objects.filter(pk=unit).values_list("name", flat=True).first() or _("unit %(number)d") % {
        "number": unit
    }


def _row(row: int | None) -> str:
    if row is None:
        return ""
    event = AuditEvent.objects.filter(pk=row).first()
    told = _("row %(number)d") % {"number": row}
    return f"{told} ({event.actor}: {sentence(event.verb)})" if event else told
