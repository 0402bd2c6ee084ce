"""Change the code one small thing at a time and see whether a test notices.

    python -m tests.mutation [FILE.py …]              every place of cases/law, or of these files of it
    python -m tests.mutation --sample 60 --seed 1     so many places of the other layers, the same for the same seed
                             … --first 11 --last 20   of them these alone: a long try in parts
                             … --plain                neither words nor the layer of commands: conditions, numbers,
                                                      calls and returns of what pages and reports do

Not part of the suite. A place is a comparison, sum, number, word, condition, return or call; each change is run in a
process of its own. Against a change of the law runs tests/law; against one of the other layers the tests of its noun,
then the tests that name its module. What no test notices is printed; exit status 1 then.
"""

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import os
import random
import re
import resource
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
LAW, TESTS = ROOT / "cases" / "law", ROOT / "tests" / "law"
LAYERS = (*("lib access models templatetags actions reports importing forms views management".split()),)
PLAIN = (*"access lib actions models reports importing forms views templatetags jobs tasks".split(),)
SLOW = ("browser", "benchmarks", "demo", "law")  # folders whose tests say little about one noun, or take minutes
MOST = 12  # files that only name a module
SECONDS, LONGER = 60, 600  # on the processor, whatever else the machine does; an endless loop is noticed too
EXAMPLES = 10
FIRST = ("test_worked_examples.py", "test_clock.py", "test_read_case.py")  # where most changes are noticed at once

_GETTEXTS = ("gettext", "ngettext", "pgettext")
MESSAGES = ("_", "_lazy", "gettext_now", *_GETTEXTS, *(f"{name}_lazy" for name in _GETTEXTS))
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

    def visit_Call(self, node):
        """What a sentence says is for its readers: messages to translate stay as they are."""
        is_message = isinstance(node.func, ast.Name) and node.func.id in MESSAGES
        return node if is_message else self.generic_visit(node)

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


class PlainChanger(Changer):
    """Leaves words as they are."""

    def visit_Constant(self, node):
        return node if isinstance(node.value, str) else super().visit_Constant(node)

    def visit_JoinedStr(self, node):
        return node


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets one module be imported in its changed form."""

    def __init__(self, name, path, tree):
        self.name, self.path, self.code = name, path, compile(tree, str(path), "exec")

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def exec_module(self, module):
        exec(self.code, module.__dict__)


def notices(run, path=None, tree=None):
    """Whether a test that `run` runs fails, or does not end, with the module in this form; without one, as it is."""
    child = os.fork()
    if child == 0:
        seconds = SECONDS if run is run_law else LONGER
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        status = 1
        with contextlib.suppress(BaseException):
            if tree:
                sys.meta_path.insert(0, Changed(module_of(path), path, tree))
            status = run()
        os._exit(1 if status else 0)
    return os.waitpid(child, 0)[1] != 0


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def few_examples():
    hypothesis.settings.register_profile("few", max_examples=EXAMPLES, database=None, derandomize=True, deadline=None)
    hypothesis.settings.load_profile("few")


def run_law():
    """The tests of the law without Django, those first that notice most; no file is written."""
    few_examples()
    options = ["--noconftest", "--import-mode=importlib", "-c", os.devnull, "--rootdir", str(ROOT), "-x", "-q"]
    plugins = ["no:cacheprovider", "no:xdist", "no:django", "no:playwright", "no:base_url"]
    files = sorted(TESTS.glob("test_*.py"), key=lambda path: (path.name not in FIRST, "properties" in path.name))
    return pytest.main([*options, *[word for each in plugins for word in ("-p", each)], *map(str, files)])


def run_files(files):
    """Some tests of the other layers, on a database in memory, up to the first that fails."""
    few_examples()
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--nomigrations", "-W", "ignore:Module already"]
    return pytest.main([*options, *map(str, files)])


def tests_of(path):
    """The tests of a module's noun, then the nearest that name the module, else all of its layer and of the pages."""
    word = path.stem.removesuffix("s")
    tests = [each for each in ROOT.glob("tests/**/test_*.py") if each.parent.name not in SLOW]
    tests.sort(key=lambda each: (each.parent.name != path.parent.name, each))
    nouns = {each: each.stem.removeprefix("test_") for each in tests}
    own = [each for each in tests if nouns[each].startswith(word) or word.startswith(f"{nouns[each]}_")]
    named = re.compile(rf"\b{path.stem}\b")
    others = [each for each in tests if each not in own and named.search(each.read_text(encoding="utf-8"))]
    layer = [each for each in tests if each.parent.name in (path.parent.name, "views")]
    return [some for some in (own, others[:MOST]) if some] or [layer]


def changes_of(path, changer=Changer):
    """How many places of a module can be changed."""
    counter = changer()
    counter.visit(ast.parse(path.read_text(encoding="utf-8")))
    return counter.number + 1


def changed(path, number, changer=Changer):
    """The module with one place changed, and the change in words."""
    changer = changer(number)
    tree = ast.fix_missing_locations(changer.visit(ast.parse(path.read_text(encoding="utf-8"))))
    return tree, f"{path.relative_to(ROOT)}:{changer.told}"


def every_place(files):
    """Each place of the law against all its tests."""
    if notices(run_law):
        sys.exit("The tests fail already: mend them first.")
    unnoticed = total = 0
    for path in files or sorted(LAW.glob("*.py")):
        count = changes_of(path)
        for number in range(count):
            tree, told = changed(path, number)
            if not notices(run_law, path, tree):
                unnoticed += 1
                print(told, flush=True)
        total += count
        print(f"{path.name}: {count} changes", file=sys.stderr, flush=True)
    return total, unnoticed


def sample(size, seed, first, last, *, plain):
    """Some places of the other layers, each against the tests of its noun, which must be green before; on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    changer, layers = (PlainChanger, PLAIN) if plain else (Changer, LAYERS)
    modules = [each for layer in layers for each in sorted((ROOT / "cases" / layer).rglob("[a-z]*.py"))]
    places = [(path, number) for path in modules for number in range(changes_of(path, changer))]
    some = sorted(random.Random(seed).sample(places, size))[first - 1 : last]
    unnoticed = 0
    for path, number in some:
        tree, told = changed(path, number, changer)
        stages = [lambda files=files: run_files(files) for files in tests_of(path)]
        noticed = next((place for place, run in enumerate(stages) if notices(run, path, tree)), None)
        unnoticed += noticed is None
        print(f"{'no test' if noticed is None else 'noticed'}  {told}", flush=True)
    return len(some), unnoticed


def main(arguments):
    os.chdir(ROOT)
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("files", nargs="*", type=lambda each: Path(each).resolve())
    parser.add_argument("--sample", type=int, help="so many places of the layers other than the law")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="number of the first of these places")
    parser.add_argument("--last", type=int, help="number of the last of them")
    parser.add_argument("--plain", action="store_true", help="leave words and the commands alone")
    asked = parser.parse_args(arguments)
    if asked.sample:
        total, unnoticed = sample(asked.sample, asked.seed, asked.first, asked.last or asked.sample, plain=asked.plain)
    else:
        total, unnoticed = every_place(asked.files)
    print(f"{total} changes, {unnoticed} not noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
