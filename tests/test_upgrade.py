"""A database of the first release comes along with all it holds, its texts cleaned, on the engine of this run."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "tests" / "released" / "0003.json.gz"


@pytest.fixture
def database(db, tmp_path):
    """The address of an empty database of the same engine."""
    if connection.vendor == "postgresql":
        with postgres.cluster(postgres.find_binaries()) as url:
            yield url.replace("/reintegration?", "/postgres?")  # the one that is there from the beginning
    else:
        yield f"sqlite:///{tmp_path / 'db.sqlite3'}"


def test_a_database_of_the_first_release_comes_along_with_all_it_holds(database):
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "HOME")},
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "reintegration.settings_test",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "tests.upgrade", "raise", str(RELEASED)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    with gzip.open(RELEASED) as file:
        before = {name: len(part["rows"]) for name, part in json.load(file).items()}
    del found["rows"]["AuditEvent"], before["AuditEvent"]  # the pages opened stand in the log
    before["Unit"] += 1  # the ministry, above the provinces from now on
    assert found["rows"] == {name: before[name] for name in found["rows"]}
    assert len(found["rows"]) > 50
    assert {page: status for page, status in found["pages"].items() if status != 200} == {}
    assert found["changed"] == []
    assert found["clear"] == []


def test_spoiled_texts_are_cleaned_what_only_grows_and_what_breaks_a_rule_keeps_its_bytes(database):
    settings = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "reintegration.settings_test"}
    command = [sys.executable, "-m", "tests.spoiled", RELEASED]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = json.loads(ran.stdout.splitlines()[-1])

    assert told["wrong"] == []
    assert {"AuditEvent", "Verdict", "ReportVersion", "ArrivalAnswer", "TransferStep"} < set(told["tables"])
    assert {"Returnee", "Employer", "Activity", "Snooze", "Organisation", "StagedRow"} < set(told["tables"])
    assert told["cells"] > 150
