"""On what a run was measured."""

import os
import platform
from pathlib import Path

from django.db import connection

ASKED = ("server_version", "shared_buffers", "work_mem", "random_page_cost", "jit", "max_parallel_workers_per_gather")


def tell() -> dict[str, str]:
    """The processor, Python, and how the database is set."""
    told = {"cores": str(os.cpu_count()), "processor": processor(), "python": platform.python_version()}
    told["load average"] = f"{os.getloadavg()[1]:.1f}"
    if connection.vendor != "postgresql":
        return {**told, "database": connection.vendor}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s) name", [list(ASKED)])
        return {**told, **dict(cursor.fetchall())}


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
