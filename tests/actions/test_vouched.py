"""What an import and the demo vouch for is said with every call, down to the last; nobody else says it."""

import ast
import inspect
import pkgutil
from importlib import import_module

import pytest

import cases
from cases import actions, demo, importing


def modules(package):
    names = [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [import_module(name) for name in names if "migrations" not in name]


def meant(node, names):
    """What a name or a chain of attributes stands for in a module, or None."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    return getattr(meant(node.value, names), node.attr, None) if isinstance(node, ast.Attribute) else None


def takes(function):
    return inspect.isfunction(function) and "vouched" in inspect.signature(function).parameters


def calls(module, within=None):
    """Each call of what takes `vouched` with what is said of it there, or None."""
    for node in ast.walk(ast.parse(inspect.getsource(within or module))):
        if isinstance(node, ast.Call) and takes(meant(node.func, vars(module))):
            said = next((each.value for each in node.keywords if each.arg == "vouched"), None)
            yield ast.unparse(node.func), said and ast.unparse(said)


VOUCHING = [module for package in (importing, demo) for module in modules(package)]
UPLOADING = ("import_run",)  # what is written of the workbook itself, not of what stands in it


@pytest.mark.parametrize("module", VOUCHING, ids=lambda module: module.__name__)
def test_an_import_and_the_demo_vouch_for_every_row(module):
    assert [name for name, said in calls(module) if said != "True" and name.split(".")[1] not in UPLOADING] == []


@pytest.mark.parametrize("module", modules(actions), ids=lambda module: module.__name__)
def test_what_is_vouched_for_is_vouched_for_all_the_way_down(module):
    own = [each for each in vars(module).values() if takes(each) and each.__module__ == module.__name__]
    assert [name for function in own for name, said in calls(module, function) if said != "vouched"] == []


def test_nobody_else_vouches():
    others = [module for module in modules(cases) if module not in VOUCHING and module not in modules(actions)]

    assert len(others) > 150
    assert [(module.__name__, name) for module in others for name, said in calls(module) if said] == []
    assert sum(len(list(calls(module))) for module in VOUCHING) > 50
