"""How far the work on a run has come: a small locked file tells every process of the server, and a dead one nothing."""

import os
import tempfile
import time
from pathlib import Path
from types import ModuleType

from cases.models import ImportRun

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: only the process that works knows
    fcntl = None

UNLOCKED = "Files cannot be locked here: the work is done where it was asked for."
WIDTH = 40  # signs of "done of"
LOOK_SECONDS = 0.2  # between two looks for a free lock
_here: dict[str, tuple[int, int]] = {}  # runs of this process where files cannot be locked


class RunLock:
    """Held by whoever works on a run; the lock goes with the process, however that ends."""

    def __init__(self, run: ImportRun, file: int | None = None) -> None:
        """`file`: the open file that the process which started this one has locked."""
        self.key, self.path, self.file = str(run.uid), _path(run), file
        if fcntl and file is None:
            self.file = _open(self.path)
            fcntl.flock(self.file, fcntl.LOCK_EX)
        self.tell(0, 1)

    def locked(self) -> int:
        """The open file with the lock, for the process that goes on with the work."""
        if self.file is None:
            raise RuntimeError(UNLOCKED)
        return self.file

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


def take(name: str, count: int) -> int | None:
    """The open, locked file of one of `count` places of this kind on this machine; None where all are taken."""
    if fcntl is None:
        raise RuntimeError(UNLOCKED)
    for number in range(count):
        try:
            file = os.open(
                _folder() / f"import-{name}-{os.getuid()}-{number}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600
            )
        except OSError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return file
    return None


def wait(name: str, count: int) -> int:
    """The same, as soon as one is free; kept until this process ends."""
    while (file := take(name, count)) is None:
        time.sleep(LOOK_SECONDS)
    return file


def progress(run: ImportRun) -> int | None:
    """Percent done, None where nobody works on the run."""
    done, of = _here.get(str(run.uid)) or _told(run) or (None, 1)
    return None if done is None else min(99, 100 * done // max(of, 1))


def _told(run: ImportRun) -> tuple[int, int] | None:
    """Done and of how many, from the file that somebody else holds."""
    if fcntl is None:
        return None
    try:
        file = os.open(_path(run), os.O_RDONLY | os.O_NOFOLLOW)
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


def _path(run: ImportRun) -> Path:
    return _folder() / f"import-{run.uid}"


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _folder() -> Path:
    return Path(tempfile.gettempdir())
