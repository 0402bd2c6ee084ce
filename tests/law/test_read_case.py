import pytest

from cases.law.expungement import evaluate
from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    ConvictionFacts,
    DoneHow,
    Fault,
    ObligationFacts,
    ObligationKind,
    ObligationState,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
)
from cases.law.read_case import read_case
from tests.law.cases import day

TODAY = day("01/07/2026")


def written(**conviction):
    """One case of the file as it is written, its one conviction changed."""
    offence = {
        "article": 173,
        "clause": 1,
        "chapter": "XVI",
        "fault": "deliberate",
        "severity": 1,
        "act_on": "2017-01-05",
    }
    facts = {
        "id": "A",
        "offences": [offence],
        "main_penalty": {"kind": "prison", "months": 36},
        "effective_on": "2017-06-01",
        "main_done_on": "2020-01-01",
        "main_done_how": "served",
        "additional": [{"kind": "residence_control", "done_on": "2021-01-01"}],
        "obligations": [{"kind": "court_fee", "state": "done", "done_on": "2018-03-01"}],
        "court_decision_on": None,
    }
    return {"id": "one", "born_on": "1985-02-03", "convictions": [{**facts, **conviction}]}


def test_every_field_of_a_case_is_read_into_its_fact():
    raw = written(exempt=True, court_decision_on="2024-06-01", court_rejected_on=["2024-01-01"])

    conviction = ConvictionFacts(
        id="A",
        offences=(OffenceFacts(173, 1, "XVI", Fault.DELIBERATE, OffenceClass.LESS_SERIOUS, day("05/01/2017")),),
        main_penalty=PenaltyFacts(PenaltyKind.PRISON, 36),
        effective_on=day("01/06/2017"),
        main_done_on=day("01/01/2020"),
        main_done_how=DoneHow.SERVED,
        additional=(AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, day("01/01/2021")),),
        obligations=(ObligationFacts(ObligationKind.COURT_FEE, ObligationState.DONE, day("01/03/2018")),),
        court_decision_on=day("01/06/2024"),
        court_rejected_on=(day("01/01/2024"),),
        exempt=True,
    )
    assert read_case({**raw, "open_investigation_act_on": "2025-05-05"}) == CaseFacts(
        id="one", born_on=day("03/02/1985"), convictions=(conviction,), investigated_on=(day("05/05/2025"),)
    )


def test_the_verdict_is_written_as_the_contract_says():
    found = evaluate(read_case(written()), day("01/06/2022")).as_json()
    steps = found.pop("steps")

    conviction = {"id": "A", "due_on": "2022-01-02", "months": 24, "route": "automatic"}
    assert found == {
        "id": "one",
        "status": "eligible_unconfirmed",
        "due_on": "2022-01-02",
        "route": "automatic",
        "convictions": [{**conviction, "legal_basis": "Điều 70 khoản 2 điểm b BLHS"}],
        "recidivism_hint": "none",
        "missing": [],
        "bounds": {"earliest": "2022-01-02", "latest": "2022-01-02", "no_record": False},
        "decides": None,
    }
    assert all("Điều" in step for step in steps)


def test_an_article_may_carry_a_letter():
    offence = {"article": "256a", "fault": "deliberate", "severity": 1, "act_on": "2017-01-05"}

    assert evaluate(read_case(written(offences=[offence])), TODAY).due_on == day("02/01/2022")


@pytest.mark.parametrize("name", ["main_penalty", "main_done_on", "additional", "obligations", "offences"])
def test_a_key_without_a_value_is_missing(name):
    verdict = evaluate(read_case(written(**{name: None})), TODAY)

    assert verdict.missing == (f"convictions[A].{name}",)


BAD = [
    ("main_done_on", "2020-02-30"),
    ("main_done_on", "20200101"),
    ("main_done_on", "2020-W01-1"),
    ("main_done_on", "0001-01-01"),
    ("main_done_on", 20200101),
    ("main_done_how", "escaped"),
    ("court_rejected_on", "2024-01-01"),
    ("court_rejected_on", ["soon"]),
    ("court_rejected_on", [1]),
    ("exempt", "yes"),
    ("additional", "none"),
    ("main_penalty", "36 months"),
    ("offences", {"article": 173}),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_cannot_be_read_is_named_with_its_value_and_what_is_expected(name, value):
    verdict = evaluate(read_case(written(**{name: value})), TODAY)

    assert any(entry.startswith(f"convictions[A].{name}: {value!r}; cần ") for entry in verdict.missing)
    assert (verdict.status, verdict.due_on) == ("incomplete", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("severity", True), ("severity", 5), ("severity", "1"), ("fault", 1), ("article", 1.5), ("clause", True)]
    + [("chapter", 13), ("fault", "careless"), ("fault", ["deliberate"])],
)
def test_an_offence_that_cannot_be_read_is_named(name, value):
    offence = {"article": 173, "fault": "deliberate", "severity": 1, "act_on": "2017-01-05", name: value}
    verdict = evaluate(read_case(written(offences=[offence])), TODAY)

    assert any(entry.startswith(f"convictions[A].offences[0].{name}: {value!r}; cần") for entry in verdict.missing)
    assert verdict.due_on is None


@pytest.mark.parametrize("raw", [None, 5, "case", ["case"]])
def test_what_is_no_case_at_all_is_incomplete(raw):
    verdict = evaluate(read_case(raw), TODAY)

    assert verdict.status == "incomplete"
    assert any(entry.startswith("case") for entry in verdict.missing)


@pytest.mark.parametrize(
    ("row", "entry"),
    [(None, "obligations[0]: None; cần một đối tượng"), ("paid", "obligations[0]: 'paid'; cần một đối tượng")],
)
def test_a_row_that_is_no_object_is_named(row, entry):
    verdict = evaluate(read_case(written(obligations=[row])), TODAY)

    assert any(each.startswith(f"convictions[A].{entry}") for each in verdict.missing)


def test_a_conviction_without_a_name_goes_by_its_place():
    verdict = evaluate(read_case(written(id=None, main_done_on=None)), TODAY)

    assert verdict.missing == ("convictions[1].main_done_on",)


def test_a_case_without_convictions_says_so():
    assert evaluate(read_case({"id": 7}), TODAY).missing == ("convictions",)


def test_a_long_value_is_cut_in_the_message():
    verdict = evaluate(read_case(written(main_done_on="9" * 1_000_000)), TODAY)

    assert len(verdict.missing[0]) < 250


@pytest.mark.parametrize(
    ("text", "expected"), [("1899-12-31", 1), ("1900-01-01", 0), ("2100-12-31", 0), ("2101-01-01", 1)]
)
def test_years_nobody_lives_in_are_refused(text, expected):
    refused = read_case({"born_on": text}).unreadable

    assert len(refused) == expected
    assert not refused or refused[0].expected == "cần ngày dạng YYYY-MM-DD, năm 1900 đến 2100"


@pytest.mark.parametrize(("given", "kept"), [(7, 7), ("07", "07"), (True, None), (["7"], None), (None, None)])
def test_a_name_is_text_or_a_number(given, kept):
    assert read_case({"id": given}).id == kept


def test_a_chapter_and_an_exemption_are_taken_as_they_stand():
    raw = {"convictions": [{"offences": [{"chapter": "XXVI"}], "exempt": True}, {"exempt": False}, {}]}

    first, second, third = read_case(raw).convictions

    assert first.offences[0].chapter == "XXVI"
    assert (first.exempt, second.exempt, third.exempt) == (True, False, False)


def test_a_wrong_choice_is_answered_with_every_right_one():
    problems = read_case({"convictions": [{"offences": [{"fault": "x"}], "court_rejected_on": ["x"]}]}).unreadable

    assert [problem.expected for problem in problems] == [
        "cần một trong: deliberate, negligent",
        "cần danh sách ngày dạng YYYY-MM-DD",
    ]
