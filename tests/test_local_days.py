"""No day is read off an aware moment but through the local clock."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.makers import TODAY, in_the_day_of_the_run

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = re.compile(
    r"\.date\(\)|date\.today\(|datetime\.(now|today|utcnow)\(|now\(\)\.(year|month|day)\b"
    r"|fromisoformat\([^()]*\[:10\]"
)

HOUR_WRITTEN = re.compile(r"\{([^{}]+):%[^{}]*%H[^{}]*\}|\{([^{}]+):%H[^{}]*\}")
LOCAL = ("timezone.localtime(", "local")


def sources():
    return [*(ROOT / "cases").rglob("*.py"), *(ROOT / "reintegration").rglob("*.py"), *ROOT.glob("*.py")]


def test_the_hour_of_a_moment_is_written_by_the_local_clock():
    read = [path for path in sources() if path.parent.name != "importing"]  # what stands in a cell has no zone
    told = [(path.name, "".join(found)) for path in read for found in HOUR_WRITTEN.findall(path.read_text("utf-8"))]

    assert len(told) > 5
    assert [each for each in told if not each[1].startswith(LOCAL)] == []


def test_the_moment_of_a_day_is_made_in_one_place():
    made = [path.name for path in sources() if re.search(r"make_aware\(\s*datetime\.combine", path.read_text("utf-8"))]

    assert made == ["moment.py"]


def test_the_source_never_takes_the_day_of_a_moment_in_another_zone():
    files = sources()
    found = [f"{path.name}: {match}" for path in files for match in FORBIDDEN.findall(path.read_text(encoding="utf-8"))]

    assert {"run.py", "manage.py"} <= {path.name for path in files}
    assert found == []


@pytest.mark.parametrize("days", [0, 1, 3])
def test_a_run_past_midnight_stays_on_the_day_on_which_it_began(days):
    moment = timezone.localtime().replace(hour=0, minute=3) + timedelta(days=days)

    assert timezone.localdate(in_the_day_of_the_run(moment)) == TODAY
