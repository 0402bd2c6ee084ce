"""The migrations: none missing, one line, the released ones frozen."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cases.management import migration_line

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "cases" / "migrations"
FIRST_DATA = ROOT / "tests" / "released" / "0003.json.gz"


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_stand_in_one_line_and_the_released_ones_are_as_they_were():
    assert migration_line.faults(FOLDER) == []
    assert len(migration_line.released_digests(FOLDER)) >= 3


def test_the_database_of_the_tests_went_through_every_migration(db, request):
    if request.config.getoption("nomigrations"):
        pytest.skip("asked to make the tables from the models")
    applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "cases"}

    assert applied == {path.stem for path in migration_line.files(FOLDER)}


def test_migrations_are_named_for_what_they_do():
    assert not [path.name for path in migration_line.files(FOLDER) if re.search(r"_auto_|_initial", path.name)]


@pytest.fixture
def line(tmp_path):
    """A line of three migrations of which two are released."""
    for name in ("0001_people", "0002_visits"):
        write(tmp_path, name, None if name[:4] == "0001" else "0001_people")
    migration_line.release(tmp_path)
    write(tmp_path, "0010_notes", "0002_visits")
    return tmp_path


def write(folder, name, follows):
    dependency = f'("cases", "{follows}")' if follows else ""
    (folder / f"{name}.py").write_text(f"dependencies = [{dependency}]\n")


def test_a_released_migration_that_is_edited_or_gone_is_a_fault(line):
    assert migration_line.faults(line) == []

    (line / "0002_visits.py").write_text('dependencies = [("cases", "0001_people")]  # and more\n')
    assert [fault.split()[0] for fault in migration_line.faults(line)] == ["0002_visits.py"]

    (line / "0002_visits.py").unlink()
    assert "0002_visits.py" in migration_line.faults(line)[0]


def test_a_released_sum_is_never_written_anew(line):
    (line / "0002_visits.py").write_text('dependencies = [("cases", "0001_people")]  # and more\n')

    assert migration_line.release(line) == ["0010_notes.py"]
    assert migration_line.faults(line)


def test_two_branches_are_a_fork_until_they_are_linked_anew(line):
    write(line, "0020_employers", "0002_visits")
    assert "0020_employers.py follows 0002_visits instead of 0010_notes." in migration_line.faults(line)

    assert migration_line.relink(line) == ["0020_employers.py"]
    assert migration_line.faults(line) == []


def test_a_number_taken_twice_is_a_fault(line):
    write(line, "0010_other", "0010_notes")

    assert "0010_other.py has the number of 0010_notes.py." in migration_line.faults(line)


def test_the_data_of_the_first_release_stays_small():
    assert FIRST_DATA.stat().st_size < 1_000_000
