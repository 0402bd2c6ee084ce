"""Finds every text to translate in Python and in templates, without xgettext."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

# What each gettext function takes, in order.
ARGUMENTS = {
    "gettext": ["msgid"],
    "gettext_noop": ["msgid"],
    "ngettext": ["msgid", "plural"],
    "pgettext": ["context", "msgid"],
    "npgettext": ["context", "msgid", "plural"],
}
ARGUMENTS |= {f"{name}_lazy": takes for name, takes in ARGUMENTS.items() if name != "gettext_noop"}

# Visible texts of packages. All of them are said in the words of the house, LEFT_TO_PACKAGES aside: a new version
# that says something new fails the check of the catalogue.
PACKAGE_SOURCES = {
    "django": [
        "core/validators.py",
        "forms/*.py",
        "db/models/base.py",
        "db/models/fields/*.py",
        "db/models/constraints.py",
        "contrib/auth/password_validation.py",
        "utils/timesince.py",
    ],
    "allauth": [
        "account/adapter.py",
        "account/fields.py",
        "account/forms.py",
        "mfa/adapter.py",
        "mfa/models.py",
        "mfa/base/forms.py",
        "mfa/totp/forms.py",
        "templates/account/messages/logged_*.txt",
        "templates/account/messages/password_*.txt",
        "templates/mfa/messages/recovery_*.txt",
        "templates/mfa/messages/totp_*.txt",
    ],
    "django_filters": ["fields.py", "filters.py", "widgets.py"],
}

CALL = re.compile(r"\b(_|n?p?gettext)\(")
LITERAL = re.compile(r"""\s*,?\s*u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""", re.DOTALL)


class MessageKey(NamedTuple):
    context: str | None
    msgid: str


# What a package says in Vietnamese as the house would.
SAID_WELL = (
    ":?.!",
    ":",
    ", ",
    "and",
    "Change",
    "Clear",
    "Currently",
    "Delete",
    "Yes",
    "No",
    "Unknown",
    "Enter a number.",
    "Enter only digits separated by commas.",
    "The password is too similar to the %(verbose_name)s.",
    "This password is too common.",
)
# Kinds of fields, what formsets offer, and validators of no account here: no page shows them.
NEVER_SHOWN = (
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
    "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters, numbers, "
    "and @/./+/-/_ characters.",
    "Big (8 byte) integer",
    "Boolean (Either True or False)",
    "Boolean (Either True, False or None)",
    "Comma-separated integers",
    "Date (with time)",
    "Date (without time)",
    "Decimal number",
    "Email address",
    "Field of type: %(field_type)s",
    "File path",
    "Floating point number",
    "Foreign Key (type determined by related field)",
    "IP address",
    "IPv4 address",
    "Integer",
    "Many-to-many relationship",
    "One-to-one relationship",
    "Order",
    "Positive big integer",
    "Positive integer",
    "Positive small integer",
    "Raw binary data",
    "Slug (up to %(max_length)s)",
    "Small integer",
    "String (up to %(max_length)s)",
    "String (unlimited)",
    "Text",
    "Time",
    "URL",
)
LEFT_TO_PACKAGES = frozenset(SAID_WELL + NEVER_SHOWN)


@dataclass(frozen=True)
class CatalogueMessage:
    key: MessageKey
    plural: str | None
    places: frozenset[str]


class NotPlainError(ValueError):
    """A text to translate that is built at run time, so that nobody can translate it."""


def collect(root: Path) -> dict[MessageKey, CatalogueMessage]:
    """Gather the messages of the project under `root` and of PACKAGE_SOURCES, by context and msgid.

    Raises NotPlainError, naming file and line, where a message is an f-string or a sum.
    """
    found: dict[MessageKey, CatalogueMessage] = {}
    for place, path in _project_files(root):
        _add(found, place, path)
    for package in PACKAGE_SOURCES:
        for message in _of_package(package):
            _keep(found, message)
    return found


def _project_files(root):
    own = [*(root / "cases").rglob("*.py"), *(root / "reintegration").rglob("*.py")]
    pages = [path for folder in ("templates", "cases") for path in (root / folder).rglob("*") if _is_page(path)]
    for path in sorted([*own, *pages]):
        if "migrations" not in path.parts:
            yield path.relative_to(root).as_posix(), path


def _is_page(path):
    return path.suffix in {".html", ".txt"}


@cache
def _of_package(package):
    """Read once: an installed package does not change while the process lives."""
    home = Path(find_spec(package).origin).parent
    own: dict[MessageKey, CatalogueMessage] = {}
    for pattern in PACKAGE_SOURCES[package]:
        for path in sorted(home.glob(pattern)):
            _add(own, f"{package}/{path.relative_to(home).as_posix()}", path)
    return [message for key, message in own.items() if key.msgid not in LEFT_TO_PACKAGES]


def _add(found, place, path):
    source = path.read_text(encoding="utf-8")
    calls = in_template(source) if _is_page(path) else in_python(source, place)
    for key, plural in calls:
        _keep(found, CatalogueMessage(key, plural, frozenset([place])))


def _keep(found, message):
    known = found.get(message.key, message)
    found[message.key] = CatalogueMessage(message.key, known.plural or message.plural, known.places | message.places)


def in_python(source: str, place: str) -> Iterator[tuple[MessageKey, str | None]]:
    """Yield (key, plural) for each gettext call in `source`; `place` is named in NotPlainError."""
    tree = ast.parse(source)
    names = dict(_gettext_names(tree))
    for node in ast.walk(tree):
        function = names.get(_called(node))
        if function is None or not node.args:
            continue
        texts = [_constant(argument, place) for argument in node.args[: len(ARGUMENTS[function])]]
        if None not in texts and any(texts):
            yield _as_message(function, texts)


def _gettext_names(tree):
    """The names under which a module knows the gettext functions, `_` among them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            if node.module == "django.utils.translation" and alias.name in ARGUMENTS:
                yield alias.asname or alias.name, alias.name
            if node.module == "django.utils" and alias.name == "translation":
                yield from ((f"{alias.asname or alias.name}.{name}", name) for name in ARGUMENTS)


def _called(node):
    return ast.unparse(node.func) if isinstance(node, ast.Call) else None


def _constant(argument, place):
    if isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise NotPlainError(f"{place}:{argument.lineno}: {ast.unparse(argument)}")
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def in_template(source: str) -> Iterator[tuple[MessageKey, str | None]]:
    """Yield (key, plural) for each text to translate in a Django template."""
    code = templatize(source)
    for call in CALL.finditer(code):
        function = "gettext" if call[1] == "_" else call[1]
        texts, position = [], call.end()
        for _ in ARGUMENTS[function]:
            literal = LITERAL.match(code, position)
            if literal is None:
                break
            texts.append(ast.literal_eval(literal[1]))
            position = literal.end()
        if len(texts) == len(ARGUMENTS[function]) and any(texts):
            yield _as_message(function, texts)


def _as_message(function, texts):
    named = dict(zip(ARGUMENTS[function], texts, strict=True))
    return MessageKey(named.get("context"), named["msgid"]), named.get("plural")
