"""The house rules that a machine can see: direction of imports, scope in views, sizes."""

import ast
import re
from pathlib import Path

import pytest

from cases.management.layers import CASES, RANK, imported, imported_layers, layer, modules

ROOT = Path(__file__).resolve().parent.parent

FILE_LINES, FUNCTION_LINES, TEST_FILE_LINES, TEST_LINES = 350, 45, 450, 40


def functions(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def named(paths):
    return {"argvalues": paths, "ids": [str(path.relative_to(ROOT)) for path in paths]}


MODULES = modules()
PURE = [path for path in MODULES if layer(path) in ("law", "lib", "access")]
VIEWS = [path for path in MODULES if layer(path) == "views"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", **named(MODULES))
def test_imports_point_down(path):
    own = layer(path)
    assert not [name for name in imported_layers(path) if name != own and RANK.get(name, 0) >= RANK[own]]


@pytest.mark.parametrize("path", **named(PURE))
def test_law_lib_and_access_stand_on_the_standard_library_alone(path):
    own = layer(path)
    assert not [name for name in imported(path) if name.split(".")[0] in ("django", "reintegration")]
    assert not [name for name in imported_layers(path) if name != own]


@pytest.mark.parametrize("path", **named(VIEWS))
def test_views_read_only_what_the_user_may_see(path):
    scoped = r"(?:visible_to|known_to|changed_by)\("
    assert not re.findall(rf"\w+\.objects\.(?!{scoped})\w+", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", **named(MODULES))
def test_files_and_functions_of_the_application_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES
    assert not [(name, lines) for name, lines in functions(path) if lines > FUNCTION_LINES]


@pytest.mark.parametrize("path", **named(TESTS))
def test_files_and_functions_of_the_tests_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEST_FILE_LINES
    assert not [(name, lines) for name, lines in functions(path) if lines > TEST_LINES]


PACKAGES = [path for path in sorted(CASES.rglob("__init__.py")) if layer(path) in RANK and layer(path) != "management"]


@pytest.mark.parametrize("path", **named(PACKAGES))
def test_every_package_says_what_lives_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_percentage_is_made_but_where_its_rule_stands():
    """A share of a hundred made elsewhere would be shown of any few people; how far a job has come is no figure."""
    rule, progress = "lib/percentage.py", ("importing/at_work.py", "management/import_command.py")
    free = (rule, "lib/identity.py", "lib/survival.py", *progress)
    paths = [path for path in CASES.rglob("*.py") if path.relative_to(CASES).as_posix() not in free]

    assert len(paths) > 250
    assert [str(path) for path in paths if re.search(r"\* ?100\b|\b100 ?\*", path.read_text(encoding="utf-8"))] == []
