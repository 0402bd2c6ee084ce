"""A disk of its own, of four megabytes: what fills it fills nothing else."""

import os
import subprocess

import pytest


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Only root may mount a disk, and only on Linux.")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder, share):
    """Take this share of what is free on the disk of a folder."""
    free = os.statvfs(folder)
    (folder / "full").write_bytes(b"0" * int(free.f_bavail * free.f_frsize * share))
