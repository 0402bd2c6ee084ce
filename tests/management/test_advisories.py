import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from cases.management import advisories

LOCK = "alpha==1.4.2 \\\n    --hash=sha256:00\nBeta_Gamma==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:01\n"


def record(name="alpha", events=(), versions=(), **more):
    span = [{"type": "ECOSYSTEM", "events": list(events)}]
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": span, "versions": list(versions)}
    return {"id": "PYSEC-2026-1", "summary": "Invented.", "affected": [affected], **more}


@pytest.mark.parametrize(
    ("events", "is_found"),
    [
        ([{"introduced": "0"}, {"fixed": "1.4.2"}], False),
        ([{"introduced": "0"}, {"fixed": "1.4.10"}], True),
        ([{"introduced": "1.5"}], False),
        ([{"introduced": "1.4.2rc1"}, {"last_affected": "1.4.2"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.4.1"}], False),
        ([{"fixed": "1.2"}, {"introduced": "0"}, {"introduced": "1.4"}, {"fixed": "1.6"}], True),
        ([{"introduced": "no version"}], True),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_locked_version_is_found_where_a_range_holds_it(events, is_found):
    assert bool(advisories.find(LOCK, iter([record(events=events)]))) is is_found


def test_a_version_that_is_named_is_found_whatever_the_spelling_of_the_package():
    (found,) = advisories.find(LOCK, iter([record("beta.gamma", versions=["2.0"], aliases=["CVE-2026-1"])]))

    assert (found.package, found.version, found.aliases) == ("Beta_Gamma", "2.0", ("CVE-2026-1",))


def test_the_first_version_without_the_weakness_is_told():
    events = [{"introduced": "0"}, {"fixed": "1.1"}, {"introduced": "1.2"}, {"fixed": "1.10"}]

    assert advisories.find(LOCK, iter([record(events=events)]))[0].fixed == "1.10"


def test_what_was_withdrawn_or_is_of_another_ecosystem_is_passed_over():
    elsewhere = record(versions=["1.4.2"])
    elsewhere["affected"][0]["package"]["ecosystem"] = "npm"

    assert advisories.find(LOCK, iter([elsewhere, record(versions=["1.4.2"], withdrawn="2026-01-01T00:00:00Z")])) == []


def test_the_command_reads_a_zip_names_the_weakness_and_ends_with_an_error(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("PYSEC-2026-1.json", json.dumps(record("django", events=[{"introduced": "0"}])))
    out = io.StringIO()

    with pytest.raises(CommandError, match="1 known"):
        call_command("advisories", str(tmp_path / "all.zip"), stdout=out)

    assert "PYSEC-2026-1; not mended yet. Invented." in out.getvalue()


def test_the_command_is_content_where_nothing_is_known(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps([record("nobody-uses-this", versions=["1"])]))
    out = io.StringIO()

    call_command("advisories", str(tmp_path / "one.json"), "--dev", stdout=out)

    assert "No known weakness" in out.getvalue()


@pytest.mark.parametrize("content", ["", "[1]", '{"name": "x"}', "<html>"])
def test_a_file_of_something_else_is_refused_in_words(tmp_path, content):
    (tmp_path / "it.json").write_text(content)

    with pytest.raises(CommandError, match="it.json"):
        call_command("advisories", str(tmp_path / "it.json"))
