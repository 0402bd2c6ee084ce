import io
import json

import pytest
from django.core.management import CommandError, call_command

from cases.models import Notice
from tests.books import notices


def run(*arguments):
    out = io.StringIO()
    call_command("import_notices", *arguments, "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def test_the_command_checks_and_loads_a_list(an, chi, em, tmp_path):
    path = tmp_path / "ds.xlsx"
    path.write_bytes(notices({}).getvalue())

    checked = run(str(path), "--by", "an")
    assert (checked["committed"], Notice.objects.count()) == (False, 0)
    loaded = run(str(path), "--by", "chi", "--commit")

    assert loaded["sheets"] == {"Thông báo": {"rows": 1, "create": 1, "update": 0, "same": 0, "errors": 0}}
    assert (loaded["committed"], Notice.objects.count()) == (True, 1)
    with pytest.raises(CommandError):
        run(str(path), "--by", "em")
