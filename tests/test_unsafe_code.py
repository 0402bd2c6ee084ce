"""What is known to be unsafe in Python does not pass the check, and what is allowed says why at its line."""

import re
import subprocess
from pathlib import Path

import run

ALLOWED = re.compile(r"# nosec( B\d{3})+ # \w+")


def is_passed(path):
    return subprocess.run([run.PYTHON, *run.UNSAFE, path], cwd=run.ROOT, capture_output=True).returncode == 0


def test_a_new_call_through_the_shell_fails_the_check(tmp_path):
    new = tmp_path / "new.py"
    new.write_text("import os\n\n\ndef show(name):\n    os.system(f'cat {name}')\n")
    assert not is_passed(new)

    new.write_text("def show(name):\n    return name\n")
    assert is_passed(new)


def test_what_is_allowed_is_named_with_its_reason():
    paths = [Path(run.__file__), *Path(run.ROOT, "cases").rglob("*.py"), *Path(run.ROOT, "reintegration").rglob("*.py")]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if "nosec" in line]

    assert len(lines) > 40
    assert [line for line in lines if not ALLOWED.search(line)] == []
