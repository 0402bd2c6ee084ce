"""The table by which a browser folds names is the one of today's `cases/lib/text.py`."""

import pytest
from django.core.management import CommandError, call_command

from cases.management.commands.fold_table import TABLE


def test_the_committed_table_is_the_one_of_the_sources():
    call_command("fold_table", check=True)


def test_a_table_that_is_out_of_date_is_found_and_written_anew(tmp_path):
    table = tmp_path / "fold-table.js"
    with pytest.raises(CommandError, match="fold_table"):
        call_command("fold_table", table, check=True)

    call_command("fold_table", table, verbosity=0)

    assert table.read_bytes() == TABLE.read_bytes()
