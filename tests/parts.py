"""What the tests need of a machine and pip cannot bring; standard library only, as run.py asks before it installs.

What is missing is given to `install` (what it is, its Debian packages), which brings it or stops the run.
"""

import shutil
import sys

from tests import postgres


def require_chromium(install):
    return _require(find_chromium, install, "chromium", ["chromium", "fonts-liberation2"])


def find_chromium():
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


def require_postgres(install):
    return _require(postgres.find_binaries, install, f"PostgreSQL {postgres.OLDEST} or later", ["postgresql"])


def require_pgbouncer(install):
    return _require(lambda: shutil.which("pgbouncer"), install, "PgBouncer", ["pgbouncer"])


def require_nginx(install):
    return _require(lambda: shutil.which("nginx"), install, "nginx", ["nginx"])


def _require(find, install, what, packages):
    found = find()
    if not found:
        install(what, packages)
        found = find() or sys.exit(f"{what} was installed but cannot be found.")
    return found
