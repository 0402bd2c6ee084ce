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
from pathlib import Path

from cases.management.bench.law_cases import CASES, case, mix, mix_with_gaps

ON = "2026-06-01"
ROOT = Path(__file__).resolve().parents[2]
NOWHERE = {"SECRET_KEY": "only-for-a-benchmark", "DATABASE_URL": "postgres://nobody@localhost:1/none"}


def one_each(chance):
    return [case(number, 1, chance) for number in range(CASES)]


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
        sets = {"no case": lambda _: [], "one judgment each": one_each, "mixed": mix, "mixed, gaps": mix_with_gaps}
        for name, make in sets.items():
            file = folder / f"{name.replace(', ', '-').replace(' ', '-')}.json"
            file.write_text(json.dumps(make(random.Random(7))), encoding="utf-8")
            clock, processor = measure(file, options.runs)
            lead = f"{name:20} {file.stat().st_size / 1e6:5.1f} MB in"
            print(f"{lead}   clock {_figures(clock)}   processor {_figures(processor)}")


def _figures(seconds):
    return f"median {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


if __name__ == "__main__":
    main()
