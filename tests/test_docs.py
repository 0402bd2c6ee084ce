"""What the documents point to is there, and every picture is shown in one of them."""

import re
from pathlib import Path

import pytest

from cases.management import catalogue
from cases.management.layers import RANK

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
AS_IT_WAS = {"mutation.md"}  # tells of places in the code of an earlier day
TO_BE_WRITTEN = {"cases/law/NAME.py"}
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def stands(path, page):
    return any((folder / path).exists() for folder in (page.parent, ROOT, ROOT / "cases", ROOT / "templates"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in AS_IT_WAS], ids=lambda page: page.name)
def test_a_file_that_is_named_is_there(page):
    prose = FENCED.sub("", page.read_text(encoding="utf-8"))
    named = re.findall(r"`([\w/.-]+/[\w.-]*\.(?:py|html|css|js|md|csv|txt|svg))`", prose)
    assert [path for path in named if path not in TO_BE_WRITTEN and not stands(path, page)] == []


HANDBOOKS = {"first-day.md": r"(?<!\*)\*([^*|]+)\*(?!\*)", "operations.md": r"(?<!\*)\*([^*|]+)\*(?!\*)|“([^”]+)”"}


@pytest.mark.parametrize("name", HANDBOOKS)
def test_what_a_handbook_tells_to_press_or_open_is_called_so_on_the_page(name):
    """In italics, and at the server in quotes, stands a word of the pages, or the heading of a section here."""
    text = re.sub(r"\s+", " ", (ROOT / "docs" / name).read_text(encoding="utf-8"))
    words = catalogue.read(ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po")
    written = {entry.msgstr for entry in words}
    named = {word for found in re.finditer(HANDBOOKS[name], text) for word in found.groups() if word}

    assert len(named) > 5
    assert {word for word in named if word not in written and f"## {word}" not in text} == set()


def test_every_picture_is_shown():
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [path.name for path in sorted((ROOT / "docs").rglob("*.png")) if f"screens/{path.name}" not in shown] == []


def test_the_readme_names_the_layers_from_the_lowest_up():
    """Its first rule is that a layer imports from those above it in this list."""
    listed = README.partition("    cases/ ")[2].partition("    templates/")[0]
    names = [name for name in re.findall(r"\b(\w+)/", listed) if name in RANK]
    assert names == sorted(names, key=RANK.get)
    assert set(names) == RANK.keys() - {"checks", "urls"}


def test_the_readme_names_every_room():
    named = README.partition("in rooms: ")[2].partition("\n")[0].split()
    assert sorted(named) == sorted(path.parent.name for path in (ROOT / "cases" / "views").glob("*/__init__.py"))
