import json
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.lib.period import Period
from cases.management.command import HouseCommand
from cases.models import Unit
from cases.reports import report_sheet
from cases.reports.administration import last_seal
from cases.reports.periodic import letter_draft, reintegration
from cases.reports.periodic.report_scope import Lens, NoStandingUnitError, where_of
from cases.reports.writers import docx, xlsx

FORMATS = ("json", "xlsx", "docx")
FILES = ("xlsx", "docx")  # nobody reads these on a terminal


class Command(HouseCommand):
    """Print the periodic report of a unit: both ends of the period are inclusive.

    CODE is the unit that bears the code on the day after `@`, else on the --to day. json: the figures. xlsx and docx:
    the same beside the period before, with what was written on the official report of that unit and period, if
    anything was; they need --out, or a standard output that is no terminal. Exit status 1 for a wrong value.
    """

    help = "Print the periodic report of a unit as JSON, a workbook or the official document."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="REPORT", help="reintegration")
        parser.add_argument("--unit", required=True, metavar="CODE[@YYYY-MM-DD]")
        parser.add_argument("--from", required=True, metavar="YYYY-MM-DD", dest="start")
        parser.add_argument("--to", required=True, metavar="YYYY-MM-DD", dest="end")
        parser.add_argument("--lens", default=Lens.AS_WAS.value, metavar="as-was|as-is")
        parser.add_argument("--format", default="json", metavar="json|xlsx|docx")
        parser.add_argument("--out", metavar="FILE", help="write here instead of printing")

    def handle(self, *, name, unit, start, end, lens, format, out, **options):
        if name != reintegration.NAME:
            raise CommandError(f"There is no report {name}: the one there is is called {reintegration.NAME}.")
        _check_format(format, out)
        if lens not in list(Lens):
            raise CommandError(f"--lens {lens}: write as-was (the unit on the day) or as-is (the unit of today).")
        period = _period(start, end)
        try:
            place = where_of(_unit(unit, period.end), lens, period, timezone.localdate())
        except NoStandingUnitError as error:
            raise CommandError(f"--unit {unit} --lens {lens}: {error} Use --lens as-was.") from None
        if format == "json":
            text = json.dumps(reintegration.build(place, period).as_json(), ensure_ascii=False, indent=2)
            self.stdout.write(text) if out is None else _write(Path(out), f"{text}\n".encode())
        else:
            made = _file(format, place, period)
            sys.stdout.buffer.write(made) if out is None else _write(Path(out), made)


def _check_format(asked, out):
    if asked not in FORMATS:
        raise CommandError(f"--format {asked}: there is no such format; use json, xlsx or docx.")
    if asked in FILES and out is None and sys.stdout.isatty():
        raise CommandError(f"--format {asked}: a file is no text for a terminal; name it with --out FILE.")


def _file(format, place, period):
    document = letter_draft.load_document(place.unit, period, place.lens, timezone.localdate())
    if format == "docx":
        return docx.write(letter_draft.official(document, place, period, period))
    comparison = letter_draft.comparison(document, place, period, period)
    out, now = BytesIO(), timezone.now()
    foot = _("Exported on %(day)s") % {"day": f"{timezone.localtime(now):%d/%m/%Y %H:%M}"}
    xlsx.write(out, report_sheet.sheets(comparison), foot=last_seal.under(foot), made_at=now)
    return out.getvalue()


def _day(option, text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != 10:
        raise CommandError(f"{option} {text}: a day is written YYYY-MM-DD, for example 2024-03-05.")
    return day


def _period(start, end):
    start, end = _day("--from", start), _day("--to", end)
    if end < start:
        raise CommandError(f"--from {start} --to {end}: the period ends before it starts; swap the two days.")
    return Period(start, end)


def _unit(text, last_day):
    code, _, day = text.partition("@")
    on = _day(f"--unit {code}@", day) if "@" in text else last_day
    if found := Unit.objects.on(on).filter(code=code).first():
        return found
    lives = [
        f"{unit.name} from {unit.valid_from}" + (f" to {unit.valid_to}" if unit.valid_to else "")
        for unit in Unit.objects.filter(code=code).order_by("valid_from")
    ]
    if not lives:
        raise CommandError(f"--unit {text}: no unit has ever had the code {code}; see the unit tree for its code.")
    raise CommandError(
        f"--unit {text}: nobody bears the code {code} on {on}. It was borne by {'; '.join(lives)}: "
        f"write {code}@YYYY-MM-DD with a day of that time."
    )


def _write(path, made):
    try:
        path.write_bytes(made)
    except OSError as error:
        raise CommandError(f"--out {path}: {error.strerror or error}; choose a file that can be written.") from None
