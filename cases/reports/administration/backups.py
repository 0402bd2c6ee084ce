"""The last copy of the database, and whether it is too old to be counted on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.lib import numbers
from cases.models import Backup

OLD = timedelta(days=2)  # a copy is made every night; one night may fail


@dataclass(frozen=True)
class BackupState:
    """The last copy there is, None where none was ever made."""

    last: Backup | None
    is_old: bool

    @property
    def sentences(self) -> str:
        """When it was made, how large it is, whether it was tried, and what is to be done where it is old."""
        said = [self._told()]
        if self.last:
            tried = self.last.is_verified
            said.append(_("It was restored for a trial.") if tried else _("It was not restored for a trial."))
        if self.is_old:
            said.append(_("A copy is to be made every night: tell whoever runs the server."))
        return " ".join(said)

    def _told(self) -> str:
        if self.last is None:
            return _("No backup has been made yet.")
        local = timezone.localtime(self.last.made_at)
        size = numbers.group(round(self.last.size / 1_000_000, 1), 1)
        return _("Last backup: %(at)s, %(size)s MB.") % {"at": f"{local:%d/%m/%Y %H:%M}", "size": size}


def backup_state(now: datetime) -> BackupState:
    """How the last copy that came to its end stands at a moment."""
    last = Backup.objects.first()
    return BackupState(last, last is None or last.made_at < now - OLD)
