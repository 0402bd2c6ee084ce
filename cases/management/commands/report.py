import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.lib.period import Period
from cases.models import Unit
from cases.reports import reintegration
from cases.reports.where import Lens, NoStandingUnitError, where_of

LATER = {"xlsx": "a spreadsheet", "docx": "a document"}


class Command(BaseCommand):
    """Print the periodic report of a unit: both ends of the period are inclusive.

    CODE is the unit that bears the code on the day after `@`, else on the --to day. Exit status 1 for a wrong value,
    2 for a format that is not written yet.
    """

    help = "Print the periodic report of a unit as JSON."

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
        _check_format(format)
        if lens not in list(Lens):
            raise CommandError(f"--lens {lens}: write as-was (the unit on the day) or as-is (the unit of today).")
        period = _period(start, end)
        try:
            place = where_of(_unit(unit, period.end), lens, period, timezone.localdate())
        except NoStandingUnitError as error:
            raise CommandError(f"--unit {unit} --lens {lens}: {error} Use --lens as-was.") from None
        text = json.dumps(reintegration.build(place, period).as_json(), ensure_ascii=False, indent=2)
        if out is None:
            self.stdout.write(text)
        else:
            _write(Path(out), text)


def _check_format(asked):
    if asked in LATER:
        raise CommandError(f"--format {asked}: {LATER[asked]} comes later; use --format json.", returncode=2)
    if asked != "json":
        raise CommandError(f"--format {asked}: there is no such format; use --format json.")


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


def _write(path, text):
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"--out {path}: {error.strerror or error}; choose a file that can be written.") from None
