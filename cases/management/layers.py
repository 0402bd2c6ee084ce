"""The layers of the application, the one table of them, and what each imports, read from the sources."""

import ast
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Lowest first. A layer imports only from layers to its left; names inside one string do not import each other.
LAYERS = [
    "lib",
    "law access",
    "models templatetags",
    "actions reports checks",
    "jobs",
    "importing demo nation",
    "forms",
    "views",
    "urls tasks",
    "management",
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names.split()}
CASES = Path(__file__).resolve().parent.parent


def layer(path: Path) -> str:
    """The layer a file of the application lies in, by its place."""
    return path.relative_to(CASES).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    """Every module that lies in a layer, in order of its path."""
    return [path for path in sorted(CASES.rglob("*.py")) if layer(path) in RANK]


class Running(ast.NodeTransformer):
    """A module without what is read for its types alone."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        for_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return node.orelse if for_types else self.generic_visit(node)


@cache
def imports_of(path: Path, *, for_types: bool = True) -> tuple[str, ...]:
    """The dotted name of everything a module imports, wherever in it; `for_types`: also what is never imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[str] = []
    for node in ast.walk(tree if for_types else Running().visit(tree)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(found)


def imported_layers(path: Path) -> list[str]:
    """The layer of everything a module imports from the application, its own among them."""
    return [name.split(".")[1] for name in imports_of(path) if name.startswith("cases.")]


@dataclass(frozen=True)
class Layer:
    """`rooms`: the modules of each package inside it, "" for those in none; `uses`: modules that import a layer."""

    name: str
    says: str
    rooms: dict[str, list[str]]
    uses: Counter

    @property
    def size(self) -> int:
        return sum(len(names) for names in self.rooms.values())


def read_layers() -> dict[str, Layer]:
    """Every layer with its rooms and with how many of its modules import from each lower one."""
    found = {name: Layer(name, _says(name), {}, Counter()) for name in RANK}
    for path in modules():
        own = found[layer(path)]
        own.uses.update({name for name in imported_layers(path) if RANK.get(name, -1) >= 0} - {own.name})
        *folders, file = path.relative_to(CASES).parts
        if file != "__init__.py":
            own.rooms.setdefault(folders[1] if len(folders) > 1 else "", []).append(file.removesuffix(".py"))
    return found


def uses_of_rows() -> Counter:
    """How many modules of a row of LAYERS import from each lower row, by (upper, lower)."""
    pairs = Counter()
    for path in modules():
        own = RANK[layer(path)]
        pairs.update({(own, RANK[name]) for name in imported_layers(path) if RANK.get(name, own) < own})
    return pairs


def _says(name):
    path = CASES / name / "__init__.py"
    path = path if path.exists() else CASES / f"{name}.py"
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0].rstrip(".")
