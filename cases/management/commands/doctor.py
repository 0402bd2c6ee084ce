import json as notation
import sys
from dataclasses import asdict

from django.utils import translation
from django.utils.translation import gettext as _

from cases.management import doctor
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Says in Vietnamese what an installation lacks, or where it is weak, and what to do; changes nothing.

    Exit status 1 where something is wrong. `--json` prints one object for a machine that watches: `well`, and for each
    row of the table in cases/management/doctor.py `name`, `title`, `fault` and `remedy`, empty where all is well.
    """

    help = "Look an installation over: settings, database, disk, clock, backups, workers. Changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, json, **options):
        with translation.override("vi"):
            findings = list(doctor.examine())
            wrong = [finding for finding in findings if finding.fault]
            if json:
                told = {"well": not wrong, "findings": [asdict(finding) for finding in findings]}
                self.stdout.write(notation.dumps(told, ensure_ascii=False))
            else:
                self.tell(findings, wrong)
        if wrong:
            sys.exit(1)

    def tell(self, findings, wrong):
        for finding in findings:
            self.stdout.write(f"{'✗' if finding.fault else '✓'} {finding.title}")
            for words in filter(None, [finding.fault, finding.remedy and f"→ {finding.remedy}"]):
                self.stdout.write(f"    {words}")
        self.stdout.write(_("All is well.") if not wrong else _("To be mended: %(count)d.") % {"count": len(wrong)})
