"""The glossary knows every thing of the model, and the pages speak its words."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation

from cases.access.roles import Role
from cases.law.duty_rules import DutyKind
from cases.law.grouping import Group
from cases.models import ActivityKind
from cases.reports.periodic.indicators import THEME_WORDS, UNIT_WORDS, Countable, Theme

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TERMS, _, PAIRS = GLOSSARY.partition("## One word for one thing")
CATALOGUE = polib.pofile(str(ROOT / "locale/vi/LC_MESSAGES/django.po"), encoding="utf-8")


def rows(text, columns):
    lines = [line.strip("| ").split(" |") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in [*line, *[""] * columns][:columns]] for line in lines]


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def pattern(word, written):
    """A word that differs from the one written in its capitals alone is looked for as it is spelt."""
    flags = 0 if word.casefold() == written.casefold() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", flags)


def excepted(msgid, exceptions):
    return any(msgid.startswith(text[:-1]) if text.endswith("…") else msgid == text for text in exceptions)


def said(entry):
    return entry.msgstr or " ".join(entry.msgstr_plural.values())


def wrong(catalogue, written, word, exceptions):
    found = pattern(word, written)
    return [e.msgid for e in catalogue if found.search(said(e)) and not excepted(e.msgid, exceptions)]


ROWS = {code: row[0] for row in rows(TERMS, 3) for code in quoted(row[1])}
CODES = [code for row in rows(TERMS, 3) for code in quoted(row[1])]
REPLACED = [
    (written, word, quoted(exceptions)) for written, word, exceptions in rows(PAIRS, 3) if word not in ("Not", "---")
]
KINDS = [
    f"{kind.__qualname__}.{name}"
    for kind in (Role, Group, DutyKind, Theme, Countable, ActivityKind)
    for name in kind.__members__
]


@pytest.mark.parametrize("name", [*(model.__name__ for model in apps.get_app_config("cases").get_models()), *KINDS])
def test_every_thing_has_one_row(name):
    assert CODES.count(name) == 1, f"docs/glossary.md needs one row with `{name}`"


@pytest.mark.parametrize(
    ("code", "word"),
    [
        *((f"ActivityKind.{kind.name}", kind.label) for kind in ActivityKind),
        *((f"Theme.{theme.name}", word) for theme, word in THEME_WORDS.items()),
        *((f"Countable.{unit.name}", word) for unit, word in UNIT_WORDS.items()),
    ],
)
def test_a_row_says_what_the_page_says(code, word):
    with translation.override("vi"):
        assert ROWS.get(code) == str(word), f"docs/glossary.md says one word for `{code}`, the page another"


@pytest.mark.parametrize(("written", "word", "exceptions"), REPLACED)
def test_a_replaced_word_stands_in_no_translation(written, word, exceptions):
    assert wrong(CATALOGUE, written, word, exceptions) == []


@pytest.mark.parametrize(("written", "word", "exceptions"), REPLACED)
def test_an_exception_that_is_none_is_dropped(written, word, exceptions):
    held = wrong(CATALOGUE, written, word, [])
    assert [text for text in exceptions if not any(excepted(msgid, [text]) for msgid in held)] == []


def test_a_replaced_word_is_found_whole_and_with_a_capital_too():
    catalogue = [polib.POEntry(msgid="a", msgstr="Thu hồi bản ghi"), polib.POEntry(msgid="b", msgstr="Nhóm A")]

    assert wrong(catalogue, "rút (a record)", "thu hồi", []) == ["a"]
    assert wrong(catalogue, "rút (a record)", "thu hồi", ["a"]) == []
    assert wrong(catalogue, "x", "nhó", []) == []
    assert len(REPLACED) > 30


def test_a_packages_own_vietnamese_speaks_the_house_words_where_it_is_shown():
    with translation.override("vi"):
        assert "Trường này" not in translation.gettext("This field is required.")
