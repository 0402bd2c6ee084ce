import sys
from collections import Counter

from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from cases.lib.field_cipher import UnreadableValueError
from cases.management import rotation
from cases.management.command import HouseCommand
from cases.models.field_keys import cipher


class Command(HouseCommand):
    """Puts everything encrypted under the first of FIELD_KEYS: `manage.py rotate_keys`, while the work goes on.

    A new key is written in front of the others and the server started anew, then this is run; broken off it goes on
    where it was. `--check` changes nothing and says how many values each key has, by the name of the key; exit status 1
    where some are under another one. The log keeps the keys of its time, which stay in FIELD_KEYS behind the new one.
    """

    help = "Encrypt numbers and telephones anew with the first key of FIELD_KEYS."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="count what each key has encrypted, change nothing")

    def handle(self, *, check, **options):
        with translation.override("vi"):
            if check:
                self.count()
                return
            try:
                self.rotate()
            except UnreadableValueError as error:
                said = _("The database is encrypted with a key that is not among FIELD_KEYS (%(column)s).")
                raise CommandError(said % {"column": error}) from error

    def rotate(self):
        for model in rotation.tables():
            name = model._meta.db_table
            changed = rotation.rotate(model, lambda rows, name=name: self.tell(name, rows))
            self.stdout.write(_("%(table)s: %(count)d rows encrypted anew.") % {"table": name, "count": changed})
        said = _("Everything is under the key %(key)s. Keep the keys of before as long as the log is to be read.")
        self.stdout.write(said % {"key": cipher().name})

    def tell(self, table, rows):
        if rows:
            self.stdout.write(f"{table}: {rows}", ending="\r")
            self.stdout.flush()

    def count(self):
        found: Counter[str] = Counter()
        for model in rotation.tables():
            found += rotation.counted_keys(model)
        for name, count in found.most_common():
            said = _("in clear") if not name else _("the key in use") if name == cipher().name else _("another key")
            self.stdout.write(f"{name or '–'} ({said}): {count}")
        if set(found) - {cipher().name}:
            sys.exit(1)
