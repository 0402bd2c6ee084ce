"""How far a job has come, from second to second: a small locked file tells every process of this machine.

A load on SQLite is one long transaction that keeps everybody else, the worker too, from writing how far it is.
"""

import os
import tempfile
import time
from pathlib import Path
from types import ModuleType
from uuid import UUID

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: the row of the job tells
    fcntl = None

UNLOCKED = "Files cannot be locked here: the work is done where it was asked for."
WIDTH = 40  # signs of "done of"
LOOK_SECONDS = 0.2  # between two looks for a free lock
_here: dict[str, tuple[int, int]] = {}  # jobs of this process where files cannot be locked


class JobLock:
    """Held by the process that works on a job; the lock goes with the process, however that ends."""

    def __init__(self, uid: UUID) -> None:
        self.key, self.path = str(uid), _path(uid)
        self.file: int | None = None
        if fcntl:
            self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            fcntl.flock(self.file, fcntl.LOCK_EX)
        self.tell(0, 1)

    def tell(self, done: int, of: int) -> None:
        if self.file is None:
            _here[self.key] = done, of
        else:
            os.pwrite(self.file, f"{done} {of}".ljust(WIDTH).encode(), 0)

    def end(self) -> None:
        _here.pop(self.key, None)
        if self.file is not None:
            self.path.unlink(missing_ok=True)
            os.close(self.file)


def take(name: str) -> int | None:
    """The open, locked file of this name on this machine; None where another process has it."""
    if fcntl is None:
        raise RuntimeError(UNLOCKED)
    path = _folder() / f"reintegration-{name}-{os.getuid()}"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def wait(name: str, seconds: float) -> int | None:
    """The same, as soon as it is free; None where it was not within `seconds`."""
    until = time.monotonic() + seconds
    while (file := take(name)) is None and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
    return file


def far(uid: UUID) -> tuple[int, int] | None:
    """Done and of how many, where a process of this machine works on the job."""
    return _here.get(str(uid)) or _told(uid)


def percent(done: int, of: int) -> int:
    """How far that is; what is not done is never 100."""
    return min(99, 100 * done // max(of, 1))


def _told(uid: UUID) -> tuple[int, int] | None:
    """The same, from the file that somebody else holds."""
    if fcntl is None:
        return None
    try:
        file = os.open(_path(uid), os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        done, of = os.pread(file, WIDTH, 0).split() or (0, 1)
        return int(done), int(of)
    finally:
        os.close(file)
    return None


def _path(uid: UUID) -> Path:
    return _folder() / f"job-{uid}"


def _folder() -> Path:
    return Path(tempfile.gettempdir())
