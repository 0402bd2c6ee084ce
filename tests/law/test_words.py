"""The values that are stored and exchanged, the texts of the tables, and the first days they hold from."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules

import pytest

import cases.law
from cases.law import deadlines, form_names, loan_check, police, severity
from cases.law.chapters import CHAPTERS, chapter_of
from cases.law.expungement import evaluate
from cases.law.facts import Fault, OffenceClass, PenaltyFacts, PenaltyKind, Problem
from cases.law.versions import Certainty
from cases.law.waiting import RULE_SETS, Band
from tests.law.cases import case, conviction, day, offence
from tests.law.test_bad_input import REFUSED

MODULES = [import_module(f"cases.law.{module.name}") for module in iter_modules(cases.law.__path__)]
ENUMS = {
    value
    for module in MODULES
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, Enum) and value not in (Certainty, OffenceClass)
}
TABLES = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, tuple | dict)
}


def texts(value):
    """Every text in a table, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from [*texts(key), *texts(each)]
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def test_what_is_stored_and_exchanged_is_the_name_in_small_letters():
    told = {member for enum in ENUMS for member in enum}

    assert len(told) > 60
    assert [member for member in told if member.value not in (member.name.lower(), member.name)] == []


def test_every_text_of_a_table_begins_with_a_letter_or_a_number():
    found = [(name, text) for name, table in TABLES.items() for text in texts(table)]

    assert len(found) > 200
    assert [(name, text) for name, text in found if not text[:1].isalnum() and text != "{day}"] == []


def test_the_chapters_follow_one_another():
    numerals = "XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI".split()

    assert [chapter for _first, _last, chapter, _subject in CHAPTERS] == numerals
    assert {subject[:8] for *_rest, subject in CHAPTERS} == {"các tội "}
    assert [chapter_of(text) for text in ("", "x", "0", 1)] == [None] * 4


@pytest.mark.parametrize("convicted", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_was_expected_is_said_in_words(convicted):
    verdict = evaluate(case(convicted), day("01/07/2026"))

    expected = [text.partition("; ")[2] for text in verdict.missing if "; " in text]
    assert expected
    assert all(text[0].isalpha() for text in expected)
    assert not any("?" in text for text in [*verdict.steps, *verdict.missing])


def test_days_out_of_order_name_the_day_they_contradict():
    verdict = evaluate(case(conviction(effective="01/01/2014")), day("01/07/2026"))

    assert any("; không được trước ngày thực hiện hành vi " in text for text in verdict.missing)


def test_a_judgment_without_a_record_says_so_in_a_step():
    judged = conviction(offences=(offence(fault=Fault.NEGLIGENT, severity=OffenceClass.SERIOUS),))

    verdict = evaluate(case(judged), day("01/07/2026"))

    assert any("không có án tích" in step for step in verdict.steps)


def test_a_wrong_value_is_quoted_up_to_eighty_signs():
    assert str(Problem("note", "x" * 200, "cần chữ")) == f"note: '{'x' * 79}; cần chữ"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: severity.severity_of_frame(PenaltyKind.PRISON, 0), "The maximum"),
        (lambda: deadlines.add_working_days(day("01/07/2026"), 0), "At least"),
        (lambda: form_names.form_name("HCD-99", day("01/07/2026")), "No form HCD-99"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_a_sentence(act, said):
    with pytest.raises((ValueError, LookupError), match=f"^['\"]?{said}"):
        act()


def test_each_table_holds_from_the_day_of_its_source():
    assert {row.valid_from for row in form_names.FORM_NAMES} == {date(2024, 5, 1)}
    assert [rules.valid_from for rules in loan_check.RULES] == [date(2023, 10, 10)]
    assert {row.valid_from for row in police.RANKS} == {date(1945, 8, 19)}
    assert police.has_body("commune", date(1945, 8, 19))
    assert not police.has_body("commune", date(1945, 8, 18))


def test_who_is_on_the_list_since_today_is_on_it():
    facts = loan_check.LoanFacts(
        completed_on=day("01/01/2026"),
        has_certificate=True,
        law_abiding=True,
        listed_on=day("01/06/2026"),
        other_loan=False,
    )

    answers = {each.condition: each.answer for each in loan_check.check(facts, day("01/06/2026")).criteria}

    assert answers[loan_check.Condition.LISTED] is loan_check.Answer.MET


ABROAD = {"article": 421, "chapter": "XXVI"}


@pytest.mark.parametrize(
    ("facts", "born", "basis"),
    [
        ((offence(),), "01/01/1985", "(Điều 70 khoản 1 BLHS)"),
        ((offence(**ABROAD),), "01/01/1985", "(Điều 71 khoản 1 BLHS)"),
        ((offence(**ABROAD), offence()), "01/01/1985", "(Điều 73 khoản 3 BLHS)"),
        ((offence(severity=OffenceClass.EXTREMELY_SERIOUS),), "01/01/1998", "(Điều 107 khoản 2 BLHS)"),
    ],
)
def test_the_route_names_its_article(facts, born, basis):
    verdict = evaluate(case(conviction(offences=facts), born=born), day("01/07/2026"))

    assert any(basis in step for step in verdict.steps), verdict.steps
    assert not any("?" in step for step in verdict.steps)


def test_the_certainties_are_stored_as_one_letter():
    assert [each.value for each in Certainty] == ["V", "S", "M"]


def test_life_stays_in_the_longest_band_whatever_months_were_written():
    assert RULE_SETS[-1].band_of(PenaltyFacts(PenaltyKind.LIFE, 12)) is Band.D
