"""The licences of what the product stands on."""

from email.message import Message

import pytest
from django.core.management import CommandError, call_command

from cases.management import licences


def told(**headers):
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize("dev", [False, True])
def test_every_locked_dependency_comes_under_a_licence_that_is_allowed(dev, capsys):
    call_command("licences", dev=dev)

    said = capsys.readouterr().out
    assert "psycopg2-binary" in said
    assert ("ruff" in said) is dev


@pytest.mark.parametrize("name", licences.EXAMINED)
def test_what_was_examined_is_still_locked(name, settings):
    assert f"\n{name}==" in (settings.BASE_DIR / "requirements-dev.txt").read_text()


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-or-later", False),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("Apache-2.0 AND MIT", True),
        ("", False),
    ],
)
def test_all_of_a_sum_and_one_of_a_choice_must_be_allowed(licence, allowed):
    assert bool(licences.why_allowed(licence)) is allowed


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ({"License_Expression": "MIT", "License": "see LICENSE"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "BSD"}, "BSD"),
        ({"Classifier": "License :: Other/Proprietary License"}, "License :: Other/Proprietary License"),
        ({"License": "Copyright\nand more"}, "Copyright"),
        ({}, ""),
    ],
)
def test_a_licence_is_read_as_the_package_tells_it(headers, licence):
    assert licences.expression(told(**headers)) == licence


def test_a_licence_that_is_not_allowed_ends_the_command(tmp_path, settings, monkeypatch):
    (tmp_path / "requirements.txt").write_text("pytest==0.0.1\nno-such-thing==1\n")
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError, match="(?s)pytest 0.0.1.*install the lock first.*no-such-thing 1.*not installed"):
        call_command("licences")


def test_a_licence_struck_off_the_list_is_noticed(monkeypatch):
    monkeypatch.delitem(licences.ALLOWED, "PSF-2.0")

    with pytest.raises(CommandError, match="typing-extensions"):
        call_command("licences", dev=True)
