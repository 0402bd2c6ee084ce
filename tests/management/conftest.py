import os
import subprocess

import pytest

from tests.reports.lands import lands

__all__ = ["lands", "small_disk"]


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own, of four megabytes: what fills it fills nothing else."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Only root may mount a disk, and only on Linux.")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
