"""The texts stored before they were cleaned: the demo of the first release, spoiled, on the engine of this run."""

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
