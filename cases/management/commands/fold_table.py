import json
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from cases.lib import text
from cases.management.command import HouseCommand

TABLE = settings.BASE_DIR / "static" / "js" / "fold-table.js"


class Command(HouseCommand):
    """Writes the table by which a browser searches names without accents as the server does: `manage.py fold_table`.

    --check writes nothing and ends with status 1 where the table is not the one of today's `cases/lib/text.py`.
    """

    help = "Write the table for searching without accents in a browser, or check that it is up to date."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("table", type=Path, nargs="?", default=TABLE, metavar="FILE.js")
        parser.add_argument("--check", action="store_true", help="fail where the table is out of date")

    def handle(self, *, table, check, **options):
        if not check:
            table.write_text(script(), encoding="utf-8", newline="\n")
            self.stdout.write(f"Written: {table}")
        elif not table.exists() or table.read_text(encoding="utf-8") != script():
            raise CommandError(f"{table} is out of date: manage.py fold_table")


def script() -> str:
    """The file: under what each letter is folded to, the letters that are; and the pattern of i and y."""
    letters: dict[str, str] = defaultdict(str)
    for char, folded in text.fold_table().items():
        letters[folded] += char
    rows = "".join(f"    {json.dumps(folded)}: {json.dumps(chars)},\n" for folded, chars in sorted(letters.items()))
    head = "// Written by manage.py fold_table from cases/lib/text.py: never by hand.\n"
    return f"{head}window.FOLD_TABLE = {{\n  letters: {{\n{rows}  }},\n  y: {json.dumps(text.I_OR_Y.pattern)},\n}};\n"
