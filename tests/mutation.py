"""Change the law one small thing at a time and see whether a test notices: python -m tests.mutation [FILE.py …].

Not part of the suite. Every comparison, sum, number, word, condition, return and call in the modules of cases/law (or
in those named) is changed in turn, and tests/law runs against each change in a process of its own. What no test notices
is printed; exit status 1 then.
"""

import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import os
import resource
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
LAW, TESTS = ROOT / "cases" / "law", ROOT / "tests" / "law"
SECONDS = 60  # on the processor, whatever else the machine does; an endless loop is noticed too
EXAMPLES = 10
FIRST = ("test_worked_examples.py", "test_clock.py", "test_read_case.py")  # where most changes are noticed at once

SWAPS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
}


class Changer(ast.NodeTransformer):
    """Counts the places where something can be changed, and changes the one numbered `wanted`."""

    def __init__(self, wanted=None):
        self.wanted, self.number, self.told = wanted, -1, None

    def _offer(self, node, change):
        self.number += 1
        if self.number != self.wanted:
            return node
        before = ast.unparse(node)
        changed = change(copy.deepcopy(node))
        self.told = f"{node.lineno}: {before}  →  {ast.unparse(changed) if changed else 'nothing'}"
        return ast.copy_location(changed or ast.Pass(), node)

    def visit_FunctionDef(self, node):
        """Neither decorators nor annotations nor docstrings are behaviour."""
        node.args.defaults = [self.visit(each) for each in node.args.defaults]
        return self._visit_body(node)

    def _visit_body(self, node):
        node.body = [each if _is_text(each) else self.visit(each) for each in node.body]
        return node

    visit_ClassDef = visit_Module = _visit_body  # noqa: N815

    def visit_AnnAssign(self, node):
        node.value = self.visit(node.value) if node.value else None
        return node

    def visit_Compare(self, node):
        self.generic_visit(node)
        return self._offer(node, _swap_compared) if type(node.ops[0]) in SWAPS else node

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        return self._offer(node, _swap)

    def visit_BinOp(self, node):
        self.generic_visit(node)
        return self._offer(node, _swap) if type(node.op) in SWAPS else node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return self._offer(node, lambda each: each.operand) if isinstance(node.op, ast.Not) else node

    def visit_Constant(self, node):
        return self._offer(node, _another) if node.value not in (None, Ellipsis, "") else node

    def visit_JoinedStr(self, node):
        """Words in a sentence change; how a value in it is written does not."""
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                each.value = self.visit(each.value)
        words = [each for each in node.values if isinstance(each, ast.Constant)]
        return self._offer(node, _another_sentence) if words else node

    def visit_Return(self, node):
        self.generic_visit(node)
        nothing = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
        return node if nothing else self._offer(node, lambda each: ast.Return(ast.Constant(None)))

    def visit_If(self, node):
        self.generic_visit(node)
        node.test = self._offer(node.test, lambda each: ast.UnaryOp(ast.Not(), each))
        return node

    visit_IfExp = visit_If  # noqa: N815

    def visit_Expr(self, node):
        self.generic_visit(node)
        return self._offer(node, lambda each: None) if isinstance(node.value, ast.Call) else node


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _swap_compared(node):
    node.ops[0] = SWAPS[type(node.ops[0])]()
    return node


def _swap(node):
    node.op = SWAPS[type(node.op)]()
    return node


def _another(node):
    value = node.value
    return ast.Constant(not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"?{value}")


def _another_sentence(node):
    node.values.insert(0, ast.Constant("?"))
    return node


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets one module be imported in its changed form."""

    def __init__(self, name, code):
        self.name, self.code = name, code

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module):
        exec(self.code, module.__dict__)


def notices(name="", tree=None):
    """Whether a test of tests/law fails, or does not end, with the module in this form; without one, as it is."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        status = 1
        with contextlib.suppress(BaseException):
            if tree:
                sys.meta_path.insert(0, Changed(name, compile(tree, name, "exec")))
            status = run()
        os._exit(1 if status else 0)
    return os.waitpid(child, 0)[1] != 0


def run():
    """The tests of the law without Django, those first that notice most; no file is written."""
    hypothesis.settings.register_profile("few", max_examples=EXAMPLES, database=None, derandomize=True, deadline=None)
    hypothesis.settings.load_profile("few")
    options = ["--noconftest", "--import-mode=importlib", "-c", os.devnull, "--rootdir", str(ROOT), "-x", "-q"]
    plugins = ["no:cacheprovider", "no:xdist", "no:django", "no:playwright", "no:base_url"]
    files = sorted(TESTS.glob("test_*.py"), key=lambda path: (path.name not in FIRST, "properties" in path.name))
    return pytest.main([*options, *[word for each in plugins for word in ("-p", each)], *map(str, files)])


def main(files):
    os.chdir(ROOT)
    if notices():
        sys.exit("The tests fail already: mend them first.")
    unnoticed = total = 0
    for path in [Path(each).resolve() for each in files] or sorted(LAW.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        counter = Changer()
        counter.visit(ast.parse(source))
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for number in range(counter.number + 1):
            changer = Changer(number)
            tree = ast.fix_missing_locations(changer.visit(ast.parse(source)))
            if not notices(name, tree):
                unnoticed += 1
                print(f"{path.relative_to(ROOT)}:{changer.told}", flush=True)
        total += counter.number + 1
        print(f"{path.name}: {counter.number + 1} changes", file=sys.stderr, flush=True)
    print(f"{total} changes, {unnoticed} not noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
