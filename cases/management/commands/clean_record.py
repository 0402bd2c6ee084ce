import gc
import json
import multiprocessing
import os
import re
from functools import partial
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from cases.law.expungement import evaluate
from cases.law.read_case import day_of, read_case
from cases.management.command import HouseCommand

PORTION = 500  # cases told at once by one process
_work = {}  # of a process that is a copy: what it answers
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
        cases = _cases(Path(file))
        portions = [cases[start : start + PORTION] for start in range(0, len(cases), PORTION)]
        answers = _side_by_side(partial(_answers, day=day, plain=plain), portions)
        self.stdout.write("[\n" + ",\n".join(answers) + "\n]" if answers else "[]")


def _side_by_side(answer, portions):
    """The answers to each portion in their order, by as many processes as the machine has processors.

    Nothing is shared and no database is open: a process is a copy of this one. Where none can be copied, or one
    portion is all, this process does it alone.
    """
    workers = min(os.cpu_count() or 1, len(portions))
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return list(map(answer, portions))
    with multiprocessing.get_context("fork").Pool(workers, initializer=_begin, initargs=(answer, portions)) as pool:
        return pool.map(_one_portion, range(len(portions)), chunksize=1)


def _begin(answer, portions):
    """What a copy has with it from the start: nothing is sent to it but the number of a portion.

    Nothing a case leaves behind points back at itself: a copy that lives for some portions collects nothing.
    """
    gc.disable()
    _work.update(answer=answer, portions=portions)


def _one_portion(number):
    return _work["answer"](_work["portions"][number])


def _answers(cases, day, plain):
    return ",\n".join(_encoded(evaluate(read_case(raw), day).as_json(), plain) for raw in cases)


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
