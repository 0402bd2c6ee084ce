"""Every clause of the Penal Code that the product cites is there: in the law, the pages, the letters and the docs."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PLACES = ("cases", "templates", "docs", "locale/vi", "static")
ENDINGS = {".py", ".html", ".md", ".po", ".txt", ".js"}

# How many khoản the articles have; one that has none is cited whole.
CLAUSES = {53: 2, 60: 5, 61: 0, 69: 2, 70: 4, 71: 3, 72: 0, 73: 4, 91: 7, 107: 2, 353: 6, 354: 7}
CITED = (
    re.compile(r"Điều (?P<article>\d+) khoản (?P<clause>\d+)"),
    re.compile(r"khoản (?P<clause>\d+)(?:, \d+)* Điều (?P<article>\d+)"),
    re.compile(r"Article (?P<article>\d+)(?:, paragraph |\()(?P<clause>\d+)"),
)


def citations(text):
    for pattern in CITED:
        for found in pattern.finditer(text):
            article, clause = int(found["article"]), int(found["clause"])
            if article in CLAUSES:
                yield article, clause, found[0]


def texts():
    files = [path for place in PLACES for path in (ROOT / place).rglob("*") if path.suffix in ENDINGS]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_no_text_cites_a_clause_that_does_not_exist():
    found = [
        (name, said, article, clause) for name, text in texts().items() for article, clause, said in citations(text)
    ]

    assert len(found) > 40
    assert [(name, said) for name, said, article, clause in found if not 1 <= clause <= CLAUSES[article]] == []


def test_a_refusal_of_the_court_is_cited_with_its_own_clause():
    lines = [
        (name, line)
        for name, text in texts().items()
        for line in text.splitlines()
        if "Điều 71 khoản" in line and re.search("bác đơn|refus", line)
    ]

    assert lines
    assert [(name, line) for name, line in lines if "Điều 71 khoản 3" not in line] == []


@pytest.mark.parametrize("text", ["Điều 71 khoản 4 BLHS", "khoản 5 Điều 70", "Article 107(3)", "Điều 72 khoản 1"])
def test_the_reader_of_citations_finds_a_wrong_one(text):
    ((article, clause, _said),) = citations(text)

    assert not 1 <= clause <= CLAUSES[article]
