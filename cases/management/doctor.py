"""What an installation lacks: one table of what is looked at, in which order, and what to do about it."""

import shutil
import subprocess  # nosec B404 # a program of the system, by its own name
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import actions, checks
from cases.jobs import queue
from cases.lib import numbers
from cases.management.backup import faults
from cases.models import AuditEvent, AuditSeal, Backup, Unit, row_rules
from cases.models.audit_seal import seal_keys
from cases.reports.administration.backups import backup_state
from cases.reports.administration.schema import applied_migrations, pending_migrations, unknown_migrations

MOST_DRIFT = timedelta(seconds=5)
MOST_UNSEALED = timedelta(days=3)
LEAST_FREE_BYTES, LEAST_FREE_PERCENT = 2_000_000_000, 10
OLDEST_POSTGRESQL = 150000
EXTENSIONS = {"btree_gin", "btree_gist", "pg_trgm"}
COLLATION = "vi-x-icu"
ROOM_FOR_COPIES = 2
MOST_NAMED = 3
NEW_DATABASE = gettext_lazy("Make the database anew, as UTF8 with ICU.")


class Needs(IntEnum):
    """What a look asks for: where that is missing, it was said already, and the look is left out."""

    NOTHING = 0
    DATABASE = 1
    TABLES = 2


@dataclass(frozen=True)
class Examination:
    """`look` gives what is wrong in words, None where all is well; `remedy` what to do about it."""

    name: str
    title: str
    look: Callable[[], str | None]
    remedy: str
    needs: Needs = Needs.TABLES


@dataclass(frozen=True)
class Diagnosis:
    """What one look gave; `fault` and `remedy` are empty where all is well."""

    name: str
    title: str
    fault: str
    remedy: str


def examine() -> Iterator[Diagnosis]:
    """One finding for each row of the table, none of those that need a database or tables that are not there."""
    given = Needs.TABLES
    for row in EXAMINATIONS:
        if row.needs > given:
            continue
        try:
            fault = row.look()
        except Error as error:
            fault = _("It could not be looked at: %(fault)s") % {"fault": faults.words(error)}
        if fault:
            given = min(given, LOST_WITH.get(row.name, given))
        yield Diagnosis(row.name, str(row.title), fault or "", str(row.remedy) if fault else "")


def _of(check) -> Callable[[], str | None]:
    """What refuses to serve (cases/checks.py), in its own words."""
    return lambda: (found := check()) and f"{found.msg} {found.hint}"


def _https() -> str | None:
    if settings.DEMO:
        return _("DEMO is on: pages and passwords go over the network unencrypted.")
    proxied, counted = settings.SECURE_PROXY_SSL_HEADER is not None, settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
    return None if proxied == counted else _("Only one of BEHIND_PROXY and TRUSTED_PROXY_COUNT is set.")


def _static() -> str | None:
    root = settings.STATIC_ROOT
    whole = root is None or (Path(root) / "staticfiles.json").exists()
    return None if whole else _("STATIC_ROOT (%(folder)s) holds no collected files.") % {"folder": root}


def _disk() -> str | None:
    found = []
    for folder in sorted(_folders()):
        usage = shutil.disk_usage(folder)
        if usage.free < LEAST_FREE_BYTES or usage.free / usage.total < LEAST_FREE_PERCENT / 100:
            found.append(_("%(folder)s: %(free)s GB free") % {"folder": folder, "free": _gigabytes(usage.free)})
    return "; ".join(found) or None


def _folders() -> set[Path]:
    """Where files grow: the database of SQLite, the log of errors."""
    database = [settings.DATABASES["default"]["NAME"]] if connection.vendor == "sqlite" else []
    paths = [Path(str(name)).resolve().parent for name in [*database, settings.LOG_FILE] if name]
    return {path for path in [settings.BASE_DIR, *paths] if path.exists()}


def _database() -> str | None:
    try:
        connection.ensure_connection()
        if connection.vendor == "postgresql" and connection.pg_version < OLDEST_POSTGRESQL:
            return _("PostgreSQL is older than 15.")
    except Error as error:
        if faults.is_damaged(error):
            said = faults.words(error)
            return said[0].upper() + said[1:]
        return _("The database does not answer (%(fault)s).") % {"fault": type(error).__name__}
    return None


def _clock() -> str | None:
    return _drift() or (_("The clock is not set by the network.") if _runs_alone() else None)


def _runs_alone() -> bool:
    """Whether the system says that nothing sets its clock; one that has no systemd says nothing."""
    program = shutil.which("timedatectl")
    if program is None:
        return False
    asked = [program, "show", "--property=NTPSynchronized", "--value"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False)  # nosec B603 # a list of words, no shell
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.stdout.strip() == "no"


def _drift() -> str | None:
    """Against the clock of the database; SQLite has none of its own, there against the last line of the log."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        drift = abs(_value("SELECT clock_timestamp()") - now)
    else:
        last = AuditEvent.objects.order_by("-pk").values_list("at", flat=True).first()
        drift = max(last - now, timedelta()) if last else timedelta()
    return _("%(seconds)d seconds apart.") % {"seconds": drift.total_seconds()} if drift > MOST_DRIFT else None


def wrong_encoding() -> str | None:
    """What keeps a database from holding and sorting Vietnamese."""
    asked = "SHOW server_encoding" if connection.vendor == "postgresql" else "PRAGMA encoding"
    if (found := _value(asked)) not in ("UTF8", "UTF-8"):
        return _("The database is stored as %(encoding)s.") % {"encoding": found}
    if connection.vendor == "postgresql" and not _value(
        "SELECT count(*) FROM pg_collation WHERE collname = %s", COLLATION
    ):
        return _("PostgreSQL was built without the Vietnamese collation %(name)s.") % {"name": COLLATION}
    return None


def _extensions() -> str | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = EXTENSIONS - {name for (name,) in cursor.fetchall()}
    return ", ".join(sorted(missing)) or None


def _rows() -> str | None:
    return row_rules.fault(connection) if settings.APPLICATION_ROLE else None


def _value(statement: str, *values: str):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]


def _migrations() -> str | None:
    if newer := unknown_migrations(applied_migrations()):
        return _("The database is of a newer version (%(name)s).") % {"name": newer[-1][1]}
    names = [name for _app, name in pending_migrations()]
    if len(names) > MOST_NAMED:
        return _("%(count)d steps are missing, the last is %(name)s.") % {"count": len(names), "name": names[-1]}
    return ", ".join(names) or None


def _workers() -> str | None:
    return None if queue.is_worker_there() else _("No worker has been heard of for 20 seconds.")


def _administrator() -> str | None:
    return None if actions.user.administrators(timezone.localdate()).exists() else _("Nobody can open accounts.")


def _units() -> str | None:
    return None if Unit.objects.on().communes().exists() else _("The list of units is empty.")


def _backup() -> str | None:
    state = backup_state(timezone.now())
    return state.sentences if state.is_old or not state.last.is_verified else None


def _backup_place() -> str | None:
    """Where the last copy was put: it is still there, and there is room for the next one and for its trial."""
    last = Backup.objects.first()
    if last is None or not last.folder:
        return None
    folder, trial = Path(last.folder), Path(tempfile.gettempdir())
    if not (folder / last.name).exists():
        return _("%(file)s is not there any more.") % {"file": folder / last.name}
    found = [
        _("%(folder)s: %(free)s GB free, %(need)s GB needed") % {"folder": place, "free": free, "need": need}
        for place, needed in [(folder, ROOM_FOR_COPIES * last.size), (trial, _database_size())]
        if (left := shutil.disk_usage(place).free) < needed
        for free, need in [(_gigabytes(left), _gigabytes(needed))]
    ]
    return "; ".join(found) or None


def _database_size() -> int:
    if connection.vendor == "postgresql":
        return _value("SELECT pg_database_size(current_database())")
    return _value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")


def _gigabytes(size: int) -> str:
    return numbers.group(round(size / 1_000_000_000, 1), 1)


def _seals() -> str | None:
    """Whether the log is sealed to the day before yesterday at least, and with keys that are here."""
    last = AuditSeal.objects.of_days().order_by("-day").first()
    oldest = AuditEvent.objects.order_by("at", "pk").values_list("at", flat=True).first()
    if oldest is None:
        return None
    sealed_to = last.day if last else timezone.localdate(oldest) - timedelta(days=1)
    if timezone.localdate() - sealed_to > MOST_UNSEALED:
        return _("The log is sealed to %(day)s only.") % {"day": f"{sealed_to:%d/%m/%Y}"}
    keys = seal_keys()
    if last and (last.key not in keys or last.code_with(keys[last.key]) != last.code):
        return _("The last seal of the log was not made with a key of this installation.")
    return None


EXAMINATIONS = (
    Examination("secret", "SECRET_KEY", _of(checks.weak_secret), "", needs=Needs.NOTHING),
    Examination("debug", "DEBUG", _of(checks.open_debug), "", needs=Needs.NOTHING),
    Examination("hosts", "ALLOWED_HOSTS", _of(checks.any_host), "", needs=Needs.NOTHING),
    Examination(
        "https",
        gettext_lazy("Encrypted pages"),
        _https,
        gettext_lazy("Take DEMO away; behind a proxy set BEHIND_PROXY=true and TRUSTED_PROXY_COUNT, or neither."),
        needs=Needs.NOTHING,
    ),
    Examination(
        "static",
        gettext_lazy("Files of the pages"),
        _static,
        "sh deploy/manage.sh collectstatic --noinput",
        needs=Needs.NOTHING,
    ),
    Examination(
        "disk",
        gettext_lazy("Disk space"),
        _disk,
        gettext_lazy("Free some space: see “Disk full” in docs/operations.md."),
        needs=Needs.NOTHING,
    ),
    Examination(
        "database",
        gettext_lazy("Database"),
        _database,
        gettext_lazy("Check DATABASE_URL and that its server runs."),
        needs=Needs.NOTHING,
    ),
    Examination(
        "encoding",
        gettext_lazy("Vietnamese letters"),
        wrong_encoding,
        NEW_DATABASE,
        needs=Needs.DATABASE,
    ),
    Examination(
        "migrations",
        gettext_lazy("Tables of this version"),
        _migrations,
        gettext_lazy("Run sh deploy/manage.sh prepare; after a way back, restore the copy of before."),
        needs=Needs.DATABASE,
    ),
    Examination("field_keys", "FIELD_KEYS", _of(checks.field_keys_fault), "sh deploy/manage.sh rotate_keys"),
    Examination("demo", gettext_lazy("Demo accounts"), _of(checks.demo_in_production), ""),
    Examination(
        "clock", gettext_lazy("Clock"), _clock, gettext_lazy("Set the clock by the network (timedatectl set-ntp true).")
    ),
    Examination(
        "extensions",
        gettext_lazy("Extensions of PostgreSQL"),
        _extensions,
        gettext_lazy("As the owner of the database: CREATE EXTENSION, then sh deploy/manage.sh prepare."),
    ),
    Examination(
        "rows",
        gettext_lazy("The rule of who sees whom, in the database"),
        _rows,
        gettext_lazy("Run sh deploy/manage.sh prepare."),
    ),
    Examination(
        "worker", gettext_lazy("Background work"), _workers, gettext_lazy("Start the service tai-hoa-nhap-worker.")
    ),
    Examination(
        "backup",
        gettext_lazy("Backup"),
        _backup,
        gettext_lazy("Run sh deploy/manage.sh backup var/backups --verify --keep 14."),
    ),
    Examination(
        "backup_place",
        gettext_lazy("Place of the backups"),
        _backup_place,
        gettext_lazy("Free some space or name another folder in TMPDIR, then back up again."),
    ),
    Examination(
        "seals",
        gettext_lazy("Seals of the log"),
        _seals,
        gettext_lazy(
            "Run sh deploy/manage.sh nightly and the worker, then sh deploy/manage.sh verify_audit; check AUDIT_KEY."
        ),
    ),
    Examination(
        "administrator", gettext_lazy("Administrator"), _administrator, "sh deploy/manage.sh first_administrator"
    ),
    Examination("units", gettext_lazy("Units"), _units, "sh deploy/manage.sh load_units"),
)
LOST_WITH = {"database": Needs.NOTHING, "migrations": Needs.DATABASE}
