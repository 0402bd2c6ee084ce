"""The types of the lower layers are judged whole: no layer, module or line is left out without a word."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
LAYERS = {"lib", "law", "access", "actions", "reports", "importing", "jobs", "tasks"}
UNEXPLAINED = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*mypy:")


def test_each_layer_of_rules_writes_figures_and_jobs_is_judged():
    assert {package.removeprefix("cases.") for package in SETTINGS["packages"]} == LAYERS


def test_no_module_of_ours_is_excused():
    excused = [name for override in SETTINGS["overrides"] for name in override["module"]]
    assert [name for name in excused if name.startswith("cases")] == []
    assert not SETTINGS.get("exclude")
    assert not SETTINGS.get("ignore_errors")


def test_a_line_is_excused_by_the_code_of_its_error_alone():
    modules = [path for name in LAYERS for path in (ROOT / "cases" / name).rglob("*.py")]
    assert [path.name for path in modules if UNEXPLAINED.search(path.read_text(encoding="utf-8"))] == []
