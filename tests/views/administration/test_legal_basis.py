"""The page of the law has every number of it with its source and its certainty, and the questions that are open."""

import ast
import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from cases import law
from cases.law.provisions import OPEN_QUESTIONS, PROVISIONS
from cases.law.versions import Certainty
from cases.models import RuleVersion
from tests.makers import TODAY

MODULES = [importlib.import_module(f"cases.law.{each.name}") for each in pkgutil.iter_modules(law.__path__)]
# The numbers that stand in the code as names of their own: what the page says of each
NUMBERS = {
    "bounds.AGES": "Tuổi khi phạm tội: 14, 16, 18",
    "checking.AGE_OF_RESPONSIBILITY": "Tuổi khi phạm tội: 14, 16, 18",
    "chapters.LAST_ARTICLE": "1–426",
    "courts.REGIONAL_SINCE": "01/07/2025",
    "deadlines._C10": "Thông tư 10/2024/TT-BCA",
    "deadlines._ND160": "Nghị định 160/2026/NĐ-CP",
    "deadlines._QD22": "Quyết định 22/2023/QĐ-TTg",
    "deciding.YEARS_OF_A_PENALTY": "Điều 41 đến 44 BLHS",
    "duty_rules.RECORD_EARLY": "90, 30",
    "duty_rules.RECORD_SOON": "90, 30",
    "form_names._C10": "Thông tư 10/2024/TT-BCA",
    "grouping.MISSED_TOO_OFTEN": "nhóm C: 2",
    "limitation.CLAUSES_WITHOUT": "353 (3, 4); 354 (3, 4)",
    "severity.LIMITS": "3, 7, 15, > 15",
    "severity.LONGEST_FRAME": "Điều 38 BLHS",
    "waiting.PRISON_MONTHS": "1–360",
}
NOT_OF_THE_LAW = {
    "chapters._FIRST": "made from the table of the chapters",
    "chapters.CHAPTERS": "the articles of each chapter of the Code, as it is printed",
    "checking.LIFELONG": "longer than any term, to compare with",
    "clock.NEVER": "after every day, to compare with",
    "deadlines.HOURS_A_DAY": "a day has so many",
    "deadlines.SATURDAY": "the days of a week, as Python counts them",
    "deciding.ARTICLES": "an invented case to try an answer with",
    "duty_rules.WEEK_DAYS": "a week has so many",
    "examples.ON": "the day every example is told on",
    "extremes.MOST_TRIED_WHOLE": "how far the bounds are searched",
    "bounds.PLACES": "the places of the records of bounds.RECORDS",
    "extremes.FAR": "after every day that is asked about",
    "extremes.LONG_AGO": "before every day that is asked about",
    "limitation.CLAUSES_WITH": "what CLAUSES_WITHOUT leaves",
    "police.LONG_AGO": "before every other day",
    "retention.YEAR": "months of a year",
    "read_case.YEARS": "the days a file of cases may hold",
}


def holds_number(value):
    if isinstance(value, dict):
        return any(holds_number(each) for pair in value.items() for each in pair)
    if isinstance(value, tuple | list):
        return any(holds_number(each) for each in value)
    return type(value) in (int, float, date)


def names_of(module):
    """The constants a module makes itself."""
    with open(module.__file__, encoding="utf-8") as source:
        for node in ast.parse(source.read()).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name)) if target else ()


def constants():
    for module in MODULES:
        for name in names_of(module):
            if name.isupper():
                yield f"{module.__name__.rpartition('.')[2]}.{name}", getattr(module, name)


def dated(value):
    """Every row with a certainty of its own, in a table or in a row of one."""
    if isinstance(value, tuple):
        for each in value:
            yield from dated(each)
    elif is_dataclass(value) and not isinstance(value, type):
        if isinstance(getattr(value, "certainty", None), Certainty):
            yield value
        for field in fields(value):
            yield from dated(getattr(value, field.name, None))


@pytest.fixture
def law_page(em, signed_in):
    return " ".join(unescape(signed_in(em).get(reverse("rule-law")).content.decode()).split())


def test_every_number_that_bears_a_name_in_the_law_is_on_the_page_or_is_none_of_the_laws():
    found = {name for name, value in constants() if holds_number(value)}

    assert found == NUMBERS.keys() | NOT_OF_THE_LAW.keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_the_page_says_each_of_them(name, law_page):
    assert NUMBERS[name] in law_page


def test_the_page_has_every_row_of_every_table_of_the_law_with_its_source_and_certainty(law_page):
    rows = [row for _name, value in constants() for row in dated(value) if holds_today(row)]
    sources = {getattr(row, "source", "") or getattr(row, "legal_basis", "") for row in rows}

    assert len(sources) > 30
    assert [source for source in sorted(sources) if source not in law_page] == []
    assert all(str(RuleVersion.Certainty(each.certainty).label) in law_page for each in rows)


def holds_today(row):
    """Versions of before are on the page of the rules."""
    begins, ends = getattr(row, "valid_from", date.min), getattr(row, "valid_to", None)
    return begins <= TODAY and (ends is None or TODAY <= ends)


def test_the_page_has_the_words_of_each_provision_and_each_open_question(law_page):
    for provision in PROVISIONS:
        assert all(line in law_page for line in provision.words.split("\n"))
    for question in OPEN_QUESTIONS:
        assert question.question in law_page
        assert question.until_then in law_page
