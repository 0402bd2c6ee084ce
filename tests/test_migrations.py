import re
from pathlib import Path

from django.core.management import call_command

MIGRATIONS = sorted((Path(__file__).resolve().parent.parent / "cases" / "migrations").glob("0*.py"))


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_stand_in_one_line_and_are_named_for_what_they_do():
    assert [int(path.name[:4]) for path in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert not [path.name for path in MIGRATIONS if re.search(r"_auto_|_initial", path.name)]
