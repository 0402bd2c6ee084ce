"""What a disk or a database complains of, in the words of whoever has to mend it."""

import contextlib
import errno
import sqlite3
import tempfile
from collections.abc import Iterator

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def words(error: BaseException) -> str:
    """The fault in a sentence, with what to do about it where that is known."""
    cause = error.__cause__ or error
    number = getattr(cause, "errno", None)
    if number in NO_SPACE or _code(cause) == sqlite3.SQLITE_FULL:
        return _("the disk is full: free some space, then try again.")
    if number in NOT_ALLOWED or _code(cause) == sqlite3.SQLITE_READONLY:
        return _("this account may not: run the command as the user of the services.")
    if _code(cause) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _("the database is busy: try again in a few minutes.")
    if number == errno.ENOENT:
        return _("there is no such file or folder.")
    if number in (errno.EISDIR, errno.ENOTDIR):
        return _("a file is needed where a folder is named, or the other way round.")
    if is_damaged(error):
        return _("the database file is damaged. Stop the services, move %(file)s away, restore into a new one.") % {
            "file": f"{connection.settings_dict['NAME']}*"
        }
    return getattr(error, "strerror", None) or str(error).strip()


def is_damaged(error: BaseException) -> bool:
    """Whether the file of SQLite can be read by nobody any more."""
    return _code(error.__cause__ or error) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def in_use() -> CommandError:
    """That others hold the database, for longer than anybody waits."""
    return CommandError(
        _("Others are using the database: stop the services, then try again. Nothing has been changed.")
    )


@contextlib.contextmanager
def name_full_folder() -> Iterator[None]:
    """While something is written to the folder of temporary files: when that is full, it is named, not the target."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "errno", None) in NO_SPACE or _code(error) == sqlite3.SQLITE_FULL:
            said = _("There is no room to unpack in %(folder)s: free some, or name another folder in TMPDIR.")
            raise CommandError(said % {"folder": tempfile.gettempdir()}) from error
        raise


def _code(error):
    """The number SQLite gives a fault, without what it adds to it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
