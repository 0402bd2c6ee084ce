"""A folder for what is unencrypted for a moment: nobody else may read it, and it goes, however the work ends."""

import contextlib
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "reintegration-backup-"
LEFT_BEHIND = 24 * 60 * 60  # seconds: nothing takes so long, the machine went down


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own; what a run that was cut off left behind goes first."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if is_left_behind(path):
            shutil.rmtree(path, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as made:
        yield Path(made)


def is_left_behind(path: Path) -> bool:
    """Whether nobody has touched it for a day."""
    try:
        return time.time() - path.stat().st_mtime > LEFT_BEHIND
    except OSError:  # gone meanwhile
        return False


@contextlib.contextmanager
def ended_in_order() -> Iterator[None]:
    """While this lasts, a service that is stopped tidies up as after an error."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
