"""What the system tells of a process: memory in megabytes, processor time in milliseconds; None where it does not."""

from pathlib import Path

from django.db import connection

MINE = Path("/proc/self")


def memory(line: str) -> float | None:
    """`VmRSS` for what is resident now, `VmHWM` for the most since `forget_peak`."""
    try:
        lines = (MINE / "status").read_text().splitlines()
    except OSError:
        return None
    return next((int(each.split()[1]) / 1000 for each in lines if each.startswith(f"{line}:")), None)


def forget_peak() -> None:
    try:
        (MINE / "clear_refs").write_text("5")
    except OSError:
        return


def backend_pid() -> int | None:
    """The process of the database that answers us, where it runs on this machine."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    name = Path(f"/proc/{pid}/comm")
    return pid if name.exists() and name.read_text().startswith("postgres") else None


def processor_ms(pid: int | None) -> float | None:
    """What that process has used; helpers it started for one query are not in it."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6 if pid else None
    except OSError:
        return None
