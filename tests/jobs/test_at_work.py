"""Every process of the machine knows how far a job is; of one that was killed nothing is left."""

import subprocess
import sys
from uuid import uuid4

import pytest

from cases.jobs import at_work

HOLDING = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(file, fcntl.LOCK_EX)
os.write(file, b"30 60")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def uid(tmp_path, monkeypatch):
    monkeypatch.setattr(at_work.tempfile, "gettempdir", lambda: str(tmp_path))
    return uuid4()


def test_the_work_of_another_process_is_seen_until_that_process_is_killed(uid):
    command = [sys.executable, "-c", HOLDING, str(at_work._path(uid))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        assert at_work.far(uid) == (30, 60)
        other.kill()
        other.wait()

    assert at_work.far(uid) is None


@pytest.mark.parametrize("locks", [True, False])
def test_one_s_own_work_is_seen_until_it_ends(uid, monkeypatch, tmp_path, locks):
    monkeypatch.setattr(at_work, "fcntl", at_work.fcntl if locks else None)
    work = at_work.JobLock(uid)

    seen = [at_work.far(uid)]
    work.tell(30, 60)
    seen.append(at_work.far(uid))
    work.end()

    assert seen == [(0, 1), (30, 60)]
    assert at_work.far(uid) is None
    assert not list(tmp_path.iterdir())
