"""How long `manage.py clean_record` takes for 10,000 cases, as a whole process: figures to read, never asserted.

.venv/bin/python -m tests.benchmarks.clean_record [--runs 5] [--keep FOLDER]
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path

CASES = 10_000
ON = "2026-06-01"
ROOT = Path(__file__).resolve().parents[2]
ARTICLES = (134, 168, 173, 174, 249, 250, 318, 321, 110, 260)
NOWHERE = {"SECRET_KEY": "only-for-a-benchmark", "DATABASE_URL": "postgres://nobody@localhost:1/none"}


def conviction(number, act_on, chance):
    """One judgment three months to two years after the act, its penalty done after the months it says."""
    effective_on = act_on + timedelta(days=chance.randint(90, 720))
    months = chance.randint(6, 120)
    done_on = effective_on + timedelta(days=months * 30)
    article = chance.choice(ARTICLES)
    offence = {"article": article, "clause": 1, "fault": "deliberate", "severity": 2, "act_on": str(act_on)}
    return {
        "id": f"A{number}",
        "offences": [offence],
        "main_penalty": {"kind": "prison", "months": months},
        "effective_on": str(effective_on),
        "main_done_on": str(done_on),
        "main_done_how": chance.choice(("served", "served", "amnesty", "conditional_release")),
        "additional": [{"kind": "residence_control", "done_on": str(done_on + timedelta(days=400))}],
        "obligations": [
            {"kind": "court_fee", "state": "done", "done_on": str(effective_on + timedelta(days=60))},
            {"kind": "compensation", "state": chance.choice(("done", "done", "open")), "done_on": None},
        ],
    }


def case(number, convictions, chance):
    """A person with so many judgments; one in ten lacks a day, as records do."""
    first = date(2003, 1, 1) + timedelta(days=chance.randint(0, 4000))
    rows = [conviction(each, first + timedelta(days=each * 1500), chance) for each in range(convictions)]
    for row in rows:
        paid = row["obligations"][1]
        paid["done_on"] = row["main_done_on"] if paid["state"] == "done" else None
    if chance.random() < 0.1:
        rows[0]["main_done_on"] = None
    return {"id": number, "born_on": "1975-03-05", "convictions": rows, "open_investigation_act_on": None}


def one_each(chance):
    return [case(number, 1, chance) for number in range(CASES)]


def mixed(chance):
    """Seven in ten people have one judgment, two in ten two, one in ten three."""
    return [case(number, chance.choices((1, 2, 3), (7, 2, 1))[0], chance) for number in range(CASES)]


def measure(file, runs):
    """Run the command so often; return the seconds on the clock and on the processor of each run."""
    command = [sys.executable, "manage.py", "clean_record", str(file), "--on", ON]
    clock, processor = [], []
    for _ in range(runs):
        used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=ROOT, env={**os.environ, **NOWHERE}, stdout=subprocess.DEVNULL, check=True)
        clock.append(time.perf_counter() - begun)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)
    return clock, processor


def main():
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the input files here and leave them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        sets = {"no case": lambda _: [], "one judgment each": one_each, "mixed": mixed}
        for name, make in sets.items():
            file = folder / f"{name.replace(' ', '-')}.json"
            file.write_text(json.dumps(make(random.Random(7))), encoding="utf-8")
            clock, processor = measure(file, options.runs)
            lead = f"{name:20} {file.stat().st_size / 1e6:5.1f} MB in"
            print(f"{lead}   clock {_figures(clock)}   processor {_figures(processor)}")


def _figures(seconds):
    return f"median {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


if __name__ == "__main__":
    main()
