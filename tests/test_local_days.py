"""No day is read off an aware moment but through the local clock."""

import re
from pathlib import Path

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
