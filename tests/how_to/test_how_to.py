"""docs/how-to.md is followed to the letter in a copy of the project, and what came of it is used."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

COPIED = (
    "cases",
    "reintegration",
    "templates",
    "static",
    "locale",
    "tests",
    "docs",
    "manage.py",
    "run.py",
    "pyproject.toml",
)
NOT_COPIED = shutil.ignore_patterns("__pycache__", "browser", "screens")
FAILS_FIRST = (  # what the recipes say will fail until they are followed, as far as it judges one thing alone
    "tests/models/test_activity_kind.py",
    "tests/test_glossary.py::test_every_thing_has_one_row",
    "tests/management/test_report.py::test_the_indicators_are_those_of_the_contract_in_its_order",
    "tests/reports/test_recount.py::test_the_recount_knows_every_indicator_and_shares_no_code_with_the_report",
    "tests/test_privacy.py",
    "tests/test_roles.py",
    "tests/test_access.py::test_the_table_names_every_route",
    "tests/test_queries.py::test_every_page_that_reads_is_measured",
    "tests/test_architecture.py::test_a_list_has_the_same_name_on_both_floors",
    "tests/law/test_worked_examples.py",
    "tests/law/test_tables.py",
    "tests/law/test_provisions.py",
)


def blocks():
    words = (settings.BASE_DIR / "docs" / "how-to.md").read_text(encoding="utf-8")
    return re.findall(r"^```diff\n(.*?)^```$", words, re.MULTILINE | re.DOTALL)


def follow(block, root):
    """Make the changes of one block: `+++ path` is a new file, `--- path` one that stands, each @@ a place in it."""
    for sign, path, body in re.findall(r"^(---|\+\+\+) (\S+)\n((?:(?!--- |\+\+\+ ).*\n)*)", block, re.MULTILINE):
        file = root / path
        if sign == "+++":
            file.parent.mkdir(exist_ok=True)
            file.write_text("".join(f"{line[1:]}\n" for line in body.splitlines()), encoding="utf-8")
            continue
        text = file.read_text(encoding="utf-8")
        for place in body.split("@@\n")[1:]:
            before, after = (
                "".join(f"{line[1:]}\n" for line in place.splitlines() if line[:1] in signs) for signs in (" -", " +")
            )
            assert text.count(before) == 1, f"{path} does not say this once:\n{before}"
            text = text.replace(before, after)
        file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        source = settings.BASE_DIR / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=NOT_COPIED)
        else:
            shutil.copy(source, root)
    for block in blocks():
        follow(block, root)
    return root


def run(root, *words):
    told = {"DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "reintegration.settings_test"}
    environment = {**os.environ, **told}
    ended = subprocess.run([sys.executable, *words], cwd=root, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_every_recipe_has_its_example():
    assert len(blocks()) == 6


def test_what_the_recipes_say_is_all_there_is_to_do(copy):
    run(copy, "manage.py", "makemigrations", "cases", "--name", "as_the_recipes_say")
    run(copy, "-m", "pytest", "-n0", "--nomigrations", "tests/how_to/as_the_recipes_say.py", *FAILS_FIRST)


def test_what_the_recipes_say_is_written_as_the_house_writes(copy):
    run(copy, "-m", "ruff", "check", ".")
    run(copy, "-m", "ruff", "format", "--check", ".")
