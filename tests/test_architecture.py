"""The house rules that a machine can see: direction of imports, scope in views, sizes."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from cases.access.roles import Role
from cases.management.layers import CASES, RANK, imported_layers, imports_of, layer, modules
from tests.test_access import routes

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
BESIDE = sorted(path for folder in (".", "reintegration", "docs") for path in (ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("path", **named(MODULES))
def test_imports_point_down(path):
    own = layer(path)
    assert not [name for name in imported_layers(path) if name != own and RANK.get(name, 0) >= RANK[own]]


def test_everything_lies_in_a_layer():
    """A folder beside the layers would be read by none of these tests; official tables are data and import nothing."""
    assert {layer(path) for path in CASES.rglob("*.py")} - RANK.keys() == {"__init__", "apps", "migrations", "official"}
    assert not [name for path in (CASES / "official").glob("*.py") for name in imported_layers(path)]


@pytest.mark.parametrize("path", **named(MODULES))
def test_an_import_names_its_module_in_full(path):
    """The readers of imports know no dots."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    assert [node.lineno for node in nodes if isinstance(node, ast.ImportFrom) and node.level] == []


OF_A_MIGRATION = CASES / "models" / "fact_triggers.py"  # a migration's name begins with a number


@pytest.mark.parametrize("path", **named([path for path in MODULES if path != OF_A_MIGRATION]))
def test_nothing_is_imported_but_by_an_import(path):
    """What is imported by a word is seen by no reader of imports."""
    assert not re.findall(r"\b(?:import_module|import_string|__import__)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", **named(PURE))
def test_law_and_access_stand_on_lib_and_lib_on_the_standard_library_alone(path):
    own = layer(path)
    assert not [name for name in imports_of(path) if name.split(".")[0] in ("django", "reintegration")]
    assert not [name for name in imported_layers(path) if name not in (own, "lib")]


@pytest.mark.parametrize("path", **named(VIEWS))
def test_views_read_only_what_the_user_may_see(path):
    scoped = r"(?:visible_to|known_to|changed_by)\("
    assert not re.findall(rf"\w+\.objects\.(?!{scoped})\w+", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", **named([*BESIDE, *MODULES]))
def test_files_and_functions_of_the_application_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES
    assert not [(name, lines) for name, lines in functions(path) if lines > FUNCTION_LINES]


@pytest.mark.parametrize("path", **named(TESTS))
def test_files_and_functions_of_the_tests_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEST_FILE_LINES
    assert not [(name, lines) for name, lines in functions(path) if lines > TEST_LINES]


def closed_answers(tree):
    """The answers of the client that a test closes by hand: on the way out of a request the connection is closed."""
    asking = ("get", "post", "generic")
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        inside = list(ast.walk(function))
        given = [node for node in inside if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
        answers = {
            node.targets[0].id
            for node in given
            if isinstance(node.targets[0], ast.Name) and getattr(node.value.func, "attr", "") in asking
        }
        for node in inside:
            if isinstance(node, ast.Attribute) and node.attr == "close" and getattr(node.value, "id", "") in answers:
                yield function.name


def test_an_answer_is_read_to_its_end_and_not_closed():
    """`getvalue()` reads it and closes it as the client does: the connection of the test stays open on PostgreSQL."""
    found = {path.name: list(closed_answers(ast.parse(path.read_text(encoding="utf-8")))) for path in TESTS}
    assert {name: closing for name, closing in found.items() if closing} == {}


def test_an_answer_that_is_closed_is_found():
    closing = "def test(client):\n    told = client.post('/')\n    told.close()\n    client.close()"
    assert list(closed_answers(ast.parse(closing))) == ["test"]


# --- rooms: the folders of reports and views ---

MODULES_IN_A_ROOM = 20
ROOMS = [folder for floor in ("reports", "views") for folder in [CASES / floor, *(CASES / floor).iterdir()]]
ROOMS = [folder for folder in ROOMS if folder.is_dir() and folder.name != "__pycache__"]
PAGES = {callback.__module__ for _name, _arguments, callback in routes() if callback.__module__.startswith("cases.")}


def dotted(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_no_room_is_crowded():
    crowded = {folder: len([path for path in folder.glob("*.py") if path.stem != "__init__"]) for folder in ROOMS}
    assert {str(folder): count for folder, count in crowded.items() if count > MODULES_IN_A_ROOM} == {}


def test_rooms_have_the_same_name_on_every_floor():
    """What pages have a room for, reports have it too; writers are the one room nobody opens as a page."""
    rooms = {floor: {folder.name for folder in ROOMS if folder.parent.name == floor} for floor in ("reports", "views")}
    assert rooms["reports"] == rooms["views"] | {"writers"}


def test_a_list_has_the_same_name_on_both_floors():
    """What a list shows is a report; what was asked of it, and that it may be taken away, is a view."""
    shown, asked = ({path.stem for path in (CASES / floor / "lists").glob("*.py")} for floor in ("reports", "views"))
    assert shown - {"columns"} == asked - {"registry", "workbook"}


@pytest.mark.parametrize("path", **named(VIEWS))
def test_no_page_imports_a_page(path):
    """What two pages share stands beside both: a page can be changed or deleted without reading another."""
    assert PAGES
    names = {part for name in imports_of(path) for part in (name, name.rpartition(".")[0])}
    assert names & PAGES == set()


def test_nothing_is_imported_in_a_circle():
    """Two modules may name each other's classes in their types: such an import is never made."""
    known = {dotted(path): path for path in MODULES}
    graph = {name: set(needed(name, imports_of(path, for_types=False), known)) for name, path in known.items()}
    assert circle(graph) is None


def needed(name, imports, known):
    """The modules that `imports` run; the package a module lies in only where it asks it for more than a module."""
    for each in imports:
        package = each.rpartition(".")[0]
        if each in known:
            yield each
        if package in known.keys() - {name} and not (each in known and name.startswith(f"{package}.")):
            yield package


def test_a_circle_is_found():
    """Over a third module, or over the package that gathers what its modules hold."""
    known = dict.fromkeys(["cases.a", "cases.a.b", "cases.a.c", "cases.d"])
    asked = {"cases.a": ["cases.a.b"], "cases.a.b": ["cases.a.c"], "cases.a.c": [], "cases.d": ["cases.a.Row"]}
    assert circle({name: set(needed(name, those, known)) for name, those in asked.items()}) is None
    for closing in ("cases.a.Row", "cases.d.part"):
        closed = {**asked, "cases.a.c": [closing]}
        assert circle({name: set(needed(name, those, known)) for name, those in closed.items()})


def circle(graph):
    """A way from a module over its imports back to itself, or None."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return None


PACKAGES = [path for path in sorted(CASES.rglob("__init__.py")) if layer(path) in RANK and layer(path) != "management"]


@pytest.mark.parametrize("path", **named(PACKAGES))
def test_every_package_says_what_lives_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


TOLD = ("law", "lib", "reports", "importing")  # what others call here is said with its units and its source


def test_every_public_function_of_the_lower_layers_says_what_it_does():
    found = [
        f"{path.relative_to(CASES)}: {node.name}"
        for room in TOLD
        for path in (CASES / room).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert found == []


def test_no_percentage_is_made_but_where_its_rule_stands():
    """A share of a hundred made elsewhere would be shown of any few people; how far a job has come is no figure."""
    rule, progress = "lib/percentage.py", ("jobs/at_work.py", "management/import_command.py")
    free = (rule, "lib/identity.py", "lib/survival.py", *progress)
    paths = [path for path in CASES.rglob("*.py") if path.relative_to(CASES).as_posix() not in free]

    assert len(paths) > 250
    assert [str(path) for path in paths if re.search(r"\* ?100\b|\b100 ?\*", path.read_text(encoding="utf-8"))] == []


# --- what nobody calls ---

CALLED_FROM_ELSEWHERE = {  # by Django, allauth or the parser of Python, under these names
    "CasesConfig",
    "Command",
    "_get_session_auth_hash",
    "add_arguments",
    "add_message",
    "allow_migrate",
    "allow_relation",
    "authentication_failed",
    "db_for_read",
    "db_for_write",
    "fit_to_serve",
    "executemany",
    "get_full_name",
    "get_password_change_redirect_url",
    "get_transform",
    "get_short_name",
    "handle",
    "handleError",
    "has_module_permission",
    "has_permission",
    "is_open_for_signup",
    "label_from_instance",
    "pre_authenticate",
    "process_view",
    "respond_user_inactive",
    "run_validators",
    "send_notification_mail",
    "visit_If",
}
FOR_READERS = {
    "severity_of_frame": "Điều 9 as a function: the law's own table, which the tests hold the words of the form to",
    "unit_on": "who held somebody on a day, one person at a time: the tests read histories by it",
}


def names_used(tree):
    """Names that are read, attributes that are asked for, and words of a text that may be one (a route, a setting)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.id if isinstance(node, ast.Name) else node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w.]+", node.value):
            yield from node.value.split(".")


def test_everything_defined_is_used_by_the_application():
    """A test alone keeps nothing alive, nor does the same word in a sentence."""
    paths = [path for path in CASES.rglob("*.py") if "migrations" not in path.parts]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in [*paths, *(ROOT / "reintegration").rglob("*.py")]]
    pages = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.*"))
    used = {name for tree in trees for name in names_used(tree)}
    used |= {word for tag in re.findall(r"\{[{%].*?[%}]\}", pages, re.DOTALL) for word in re.findall(r"\w+", tag)}
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert len(names) > 1500
    unused = {name for name in names - used if not name.startswith(("__", "clean_"))}
    assert unused == CALLED_FROM_ELSEWHERE | FOR_READERS.keys()


def test_what_a_module_keeps_to_itself_is_used_in_it():
    """Another module's `_row` keeps nobody's `_row` alive."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        assert {name for name in own if name.startswith("_")} <= set(names_used(tree)), path


# --- roles ---

ROLE_WORDS = {role.value for role in Role}
ROLES_NAMED = {"models/user.py": len(Role) + 1}  # the words for people, and one rule that the database holds


def looked_up(node):
    """Whether something is looked up in a table that is written out on the spot."""
    table = getattr(node.func, "value", None) if isinstance(node, ast.Call) else node.value
    return isinstance(table, ast.Dict)


def asked_of_roles(tree):
    """Lines that name a role, or compare one, or look for one by its word."""
    for node in ast.walk(tree):
        words = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)} & ROLE_WORDS
        if isinstance(node, ast.Attribute) and re.search(r"\bRole$", ast.unparse(node.value)):
            yield node.lineno
        elif isinstance(node, ast.alias) and node.name == "Role" and node.asname:
            yield node.lineno
        elif isinstance(node, ast.Match) and words and "role" in ast.unparse(node.subject):
            yield node.lineno
        elif isinstance(node, ast.Call | ast.Subscript) and looked_up(node) and words and "role" in ast.unparse(node):
            yield node.lineno
        elif isinstance(node, ast.Compare) and words and "role" in ast.unparse(node):
            yield node.lineno
        elif isinstance(node, ast.keyword) and words and re.search(r"(^|_)role($|_)", node.arg or ""):
            yield node.value.lineno


@pytest.mark.parametrize("path", **named([path for path in MODULES if layer(path) not in ("access", "demo", "nation")]))
def test_nobody_but_the_table_of_roles_asks_which_role_it_is(path):
    """What hangs on a role is a column of `access/roles.py`, with a question of its own name."""
    lines = list(asked_of_roles(ast.parse(path.read_text(encoding="utf-8"))))
    assert len(lines) == ROLES_NAMED.get(path.relative_to(CASES).as_posix(), 0), lines


def test_a_question_of_a_role_is_found():
    asked = ['user.role == "chief"', "x = {Role.HELPER: 1}", 'posted(role="officer")', 'f(user__role__in=["helper"])']
    asked += ["roles.Role.CHIEF", "from cases.access.roles import Role as R", '{"chief": 1}.get(user.role)']
    asked += ['match user.role:\n    case "chief":\n        pass', '{"chief": 1}[user.role]']
    assert [list(asked_of_roles(ast.parse(lines))) for lines in asked] == [[1]] * 9


# --- names ---

SEVERAL_OF_A_NAME = {"Command"}  # Django finds the class of a management command by this name
IRREGULAR = frozenset(
    "become begun behind brought chosen come done drawn found given gone had held hidden kept known laid led left "
    "lent lost made meant met paid put read said seen sent set shown sought spoken spent taken taught thought told "
    "written".split()
)
LINKS = frozenset("again apart at by for from in of on out to".split())
NOUNS_TOO = {"Stamped"}  # a class others are made of is called by what they become
VERBS_TOO = {"bring", "lead", "need", "put", "read", "seed", "set", "succeed"}  # the same word is a verb or a noun
THINGS = {"drawing", "heading", "nothing", "reading"}  # nouns that end like what somebody is doing


def is_participle(name):
    """Whether a function is called by what has been done or goes on (`chosen`, `asked_for`, `pending`) and not by
    what it does or gives."""
    first, *rest = name.lower().split("_")
    if first in VERBS_TOO | THINGS or not set(rest) <= LINKS:
        return False
    return first in IRREGULAR or first.endswith("ed") or (name.islower() and first.endswith("ing"))


def top_level(path, kind):
    return [node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, kind)]


def type_aliases(path):
    """Names of a module's own for a type that is put together; a short name of a class, or of all types, is none."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            yield from (target.id for target in node.targets if re.fullmatch("[A-Z][a-z]+[A-Za-z]*", target.id))


def test_a_class_or_a_type_has_its_name_to_itself():
    places = {}
    for path in MODULES:
        for name in [*top_level(path, ast.ClassDef), *type_aliases(path)]:
            places.setdefault(name, []).append(dotted(path))
    assert len(places) > 300
    assert {name: those for name, those in places.items() if len(those) > 1 and name not in SEVERAL_OF_A_NAME} == {}


def test_no_function_or_class_is_called_by_a_participle():
    """A verb says what is done, a noun what is given: `drill_down` and not `behind`, `HeldSource` and not `Held`."""
    kinds = ast.FunctionDef | ast.ClassDef
    names = [(dotted(path), name) for path in MODULES for name in top_level(path, kinds)]
    assert len(names) > 1300
    assert [each for each in names if is_participle(each[1]) and each[1] not in NOUNS_TOO] == []


def test_a_participle_is_found():
    assert all(map(is_participle, ["told", "behind", "masked", "asked_for", "counted_in", "sent_again", "standing"]))
    assert not any(map(is_participle, ["read", "succeed", "sent_proposals", "led_groups", "drill_down", "_told"]))


def test_the_number_of_a_row_is_read_by_one_function():
    """`int` after a test of digits goes wrong beyond 4,300 of them; `parse_key` knows how long a key may be."""
    texts = {dotted(path): path.read_text(encoding="utf-8") for path in MODULES if layer(path) in ("views", "forms")}
    assert len(texts) > 100
    assert [name for name, text in texts.items() if "int(" in text and re.search(r"\.is(digit|decimal)\(", text)] == []


def test_who_holds_a_row_lets_others_write_rows_that_point_to_it():
    """Without `no_key` a held file stops whoever saves a visit with the person, and two can wait in a ring."""
    texts = {dotted(path): path.read_text(encoding="utf-8") for path in MODULES}
    held = [(name, said) for name, text in texts.items() for said in re.findall(r"select_for_update\([^)]*", text)]
    assert len(held) > 30
    assert [each for each in held if "no_key=True" not in each[1]] == []
