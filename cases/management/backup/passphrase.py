"""The passphrase of a backup: from a file or from the environment, never from the command line, where others see it."""

import os
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.management.backup import faults

VARIABLE, FILE_VARIABLE = "BACKUP_PASSPHRASE", "BACKUP_PASSPHRASE_FILE"
SHORTEST = 16


def read_passphrase(file: Path | None) -> bytes:
    """The passphrase, or the key, of `file`, else of the file or the text the environment names; at least 16 bytes."""
    named = os.environ.get(FILE_VARIABLE)
    file = file or (Path(named) if named else None)
    try:
        found = file.read_bytes() if file else os.environ.get(VARIABLE, "").encode()
    except OSError as error:
        raise CommandError(
            _("The file of the passphrase cannot be read: %(fault)s") % {"fault": faults.words(error)}
        ) from error
    found = found.strip()
    if len(found) < SHORTEST:
        raise CommandError(
            _("A passphrase of at least %(count)d characters is needed: in a file (%(file)s) or in %(variable)s.")
            % {"count": SHORTEST, "file": "--passphrase-file", "variable": VARIABLE}
        )
    return found
