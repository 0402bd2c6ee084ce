import os
import time
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import actions
from cases.lib import numbers
from cases.management.backup import copies, scratch
from cases.management.backup.passphrase import read_passphrase
from cases.management.command import HouseCommand
from cases.models import Backup
from cases.models.backup import FOLDER_LENGTH


class Command(HouseCommand):
    """Writes the whole database into one encrypted FILE while people go on working; SQLite and PostgreSQL.

    Where FILE is a folder, a file named by the moment is made in it, and with `--keep N` the N newest there stay.
    The passphrase stands in the file of `--passphrase-file` or of BACKUP_PASSPHRASE_FILE, or in BACKUP_PASSPHRASE; with
    another one nobody restores the file. `--verify` restores it into a scratch database and compares the rows of
    every table. A copy that came to its end is recorded for the page of the administrator; errors end with status 1
    and leave no file.
    """

    help = "Back the database up into one encrypted file; --verify proves that it can be restored."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="a file that is not there yet, or a folder")
        parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="the passphrase or key, in a file")
        parser.add_argument("--verify", action="store_true", help="restore it into a scratch database and compare")
        parser.add_argument("--keep", type=int, metavar="N", help="in a folder: delete all but the N newest")

    def handle(self, *, file, passphrase_file, verify, keep, **options):
        with translation.override("vi"), scratch.ended_in_order():
            if keep is not None and (keep < 1 or not file.is_dir()):
                raise CommandError(_("%(option)s needs a folder and at least 1.") % {"option": "--keep"})
            passphrase, began, now = read_passphrase(passphrase_file), time.monotonic(), timezone.now()
            target = file / copies.name_of(now) if file.is_dir() else file
            people = copies.make(target, passphrase, made_at=now, verify=verify)
            made = Backup(name=target.name[:120], made_at=now, people=people, size=os.path.getsize(target))
            made.seconds, made.is_verified = round(time.monotonic() - began), verify
            made.folder = str(target.resolve().parent)[:FOLDER_LENGTH]
            actions.backup.keep(backup=made)
            if keep:
                copies.rotate(file, keep)
            self.stdout.write(self.tell(made))

    def tell(self, made):
        size = numbers.group(round(made.size / 1_000_000, 1), 1)
        said = _("%(name)s: %(size)s MB, %(people)d people, %(seconds)d seconds.")
        told = said % {"name": made.name, "size": size, "people": made.people, "seconds": made.seconds}
        return f"{told} {_('Restored for a trial: every table is whole.') if made.is_verified else ''}".strip()
