import json
import re
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from cases.law.expungement import evaluate
from cases.law.read_case import day_of, read_case
from cases.management.command import HouseCommand

HALF = re.compile("[\ud800-\udfff]")


class Command(HouseCommand):
    """Read a list of cases from FILE.json, print a list of verdicts in the same order; no database is opened."""

    help = "Print the clean-record verdict of every case in a JSON file."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.json")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day of the verdict; today where it is left out")

    def handle(self, *, file, on, **options):
        day = _day(on) if on else timezone.localdate()
        # Vietnamese as it is where the terminal can write it, escaped (and still the same JSON) where it cannot.
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        plain = json.JSONEncoder(ensure_ascii=not encoding.lower().startswith("utf")).encode
        answers = [_encoded(evaluate(read_case(raw), day).as_json(), plain) for raw in _cases(Path(file))]
        self.stdout.write("[\n" + ",\n".join(answers) + "\n]" if answers else "[]")


def _encoded(answer, plain):
    """Half a character (a lone surrogate) of somebody's id is in no alphabet: such an answer is escaped."""
    text = plain(answer)
    return json.dumps(answer) if HALF.search(text) else text


def _day(text):
    if day := day_of(text):
        return day
    raise CommandError(f"--on {text}: a day is written YYYY-MM-DD.")


def _cases(path):
    try:
        cases = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}.") from None
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{path}: not a JSON file: {error}.") from None
    if not isinstance(cases, list):
        raise CommandError(f"{path}: a list of cases is expected, not {type(cases).__name__}.")
    return cases
