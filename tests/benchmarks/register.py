"""How long a large register takes and how much memory: 5,000 people with 100,000 activities.

    DATABASE_URL=… python tests/benchmarks/register.py USERNAME CODE [people] [activities]

CODE is the commune (its code on every day since 2016) that USERNAME works for. The workbook is made beside, checked,
loaded, and loaded again; each line tells seconds and the highest peak of the resident
memory so far.
"""

import os
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cases.management.bench.register import make  # noqa: E402


def timed(*arguments):
    """Run the command and print what it took."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, str(ROOT / "manage.py"), "import_register", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    took = f"{time.monotonic() - start:.0f} s ({spent:.0f} s of one core), {after.ru_maxrss / 1024:.0f} MB"
    print(f"{' '.join(arguments[1:])}: {took}, exit {done.returncode}")
    print("\n".join(done.stdout.splitlines()[:6]) or done.stderr[-2000:], flush=True)


if __name__ == "__main__":
    username, unit, *sizes = sys.argv[1:]
    people, activities = [int(size) for size in sizes] or (5000, 100_000)
    with TemporaryDirectory() as folder:
        book = str(Path(folder) / "register.xlsx")
        make(book, unit, people, activities, date.today() - timedelta(days=1))
        print(f"{people} people, {activities} activities: {Path(book).stat().st_size / 1e6:.1f} MB")
        timed(book, "--by", username)
        timed(book, "--by", username, "--commit")
        timed(book, "--by", username, "--commit")
