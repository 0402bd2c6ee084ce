"""No day is read off an aware moment but through the local clock."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = re.compile(
    r"\.date\(\)|date\.today\(|datetime\.(now|today|utcnow)\(|now\(\)\.(year|month|day)\b"
    r"|fromisoformat\([^()]*\[:10\]"
)


def test_the_source_never_takes_the_day_of_a_moment_in_another_zone():
    files = [*(ROOT / "cases").rglob("*.py"), *(ROOT / "reintegration").rglob("*.py"), *ROOT.glob("*.py")]
    found = [f"{path.name}: {match}" for path in files for match in FORBIDDEN.findall(path.read_text(encoding="utf-8"))]

    assert {"run.py", "manage.py"} <= {path.name for path in files}
    assert found == []
