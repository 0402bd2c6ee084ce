"""What cannot be true is named by its field, and never gets a date."""

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    DoneHow,
    Fault,
    ObligationFacts,
    ObligationKind,
    ObligationState,
    OffenceClass,
    PenaltyFacts,
    PenaltyKind,
)
from cases.lib.optional import require
from tests.law.cases import case, control, conviction, day, offence, owed, paid, prison

TODAY = day("01/07/2026")
FINE, LIFE = PenaltyFacts(PenaltyKind.FINE), PenaltyFacts(PenaltyKind.LIFE)
OPEN_BUT_DATED = ObligationFacts(ObligationKind.FINE, ObligationState.OPEN, day("01/01/2021"))
UNDATED = ObligationFacts(ObligationKind.FINE, ObligationState.DONE, None)
GRAVE = {"severity": OffenceClass.EXTREMELY_SERIOUS}

CARELESS = offence(fault=Fault.NEGLIGENT, severity=OffenceClass.SERIOUS)
GRANTED = {"court_decision_on": day("01/01/2023")}

REFUSED = [
    ("main_penalty.months: 0;", conviction(months=0)),
    ("main_penalty.months: 361;", conviction(months=361)),
    ("main_penalty.months: 10000;", conviction(months=10_000)),
    ("offences[0].chapter: 'XXXX';", conviction(offences=(offence(chapter="XXXX"),))),
    ("offences[0].chapter: ' ';", conviction(offences=(offence(chapter=" "),))),
    ("offences[0].chapter: 'XVI'; Điều 109", conviction(offences=(offence(article=109, chapter="XVI"),))),
    ("offences[0].article: 999;", conviction(offences=(offence(article=999),))),
    ("offences[0].article: 999;", conviction(offences=(offence(article=999, chapter="XVI"),))),
    ("offences[0].article: 107;", conviction(offences=(offence(article=107),))),
    ("effective_on: 2014-01-01;", conviction(effective="01/01/2014")),
    ("main_done_on: 2016-01-01;", conviction("01/01/2016", effective="01/06/2016")),
    ("main_done_on: 2014-01-01;", conviction("01/01/2014")),
    ("court_decision_on: 2019-01-01;", conviction(court_decision_on=day("01/01/2019"))),
    ("court_decision_on: 2020-09-01; ", conviction(court_decision_on=day("01/09/2020"))),
    ("obligations[0].done_on: 2014-12-31;", conviction(obligations=(paid("31/12/2014"),))),
    ("obligations[0].done_on: 2021-01-01;", conviction(obligations=(OPEN_BUT_DATED,))),
    ("offences[0].act_on: 1998-01-05;", conviction(act="05/01/1998")),
    ("additional[0].done_on: 2019-12-31;", conviction(additional=(control("31/12/2019"),))),
    ("court_rejected_on: 2015-12-31;", conviction(effective="01/01/2016", court_rejected_on=(day("31/12/2015"),))),
    ("court_rejected_on: 2023-01-01;", conviction(**{**GRANTED, "court_rejected_on": (day("01/01/2023"),)})),
    ("main_done_how: 'probation_ended';", conviction(main_done_how=DoneHow.PROBATION_ENDED)),
    ("main_done_how: 'conditional_release';", conviction(main_penalty=FINE, main_done_how=DoneHow.CONDITIONAL_RELEASE)),
    ("offences[0].severity: 2;", conviction(months=85, offences=(CARELESS,))),
    ("offences[0].severity: 2;", conviction(main_penalty=LIFE, offences=(CARELESS,))),
    ("main_penalty.kind: 'fine'; Điều 71", conviction(offences=(offence(article=109),), main_penalty=FINE)),
    (
        "main_penalty.kind: 'life'; Điều 91",
        conviction(act="05/01/2002", offences=(offence("05/01/2002", **GRAVE),), main_penalty=LIFE),
    ),
]
MISSING = [
    ("main_done_on", conviction(None)),
    ("main_penalty", conviction(main_penalty=None)),
    ("main_penalty.kind", conviction(main_penalty=PenaltyFacts())),
    ("main_penalty.months", conviction(main_penalty=prison(None))),
    ("additional", conviction(additional=None)),
    ("additional[0].kind", conviction(additional=(AdditionalFacts(None, day("01/01/2021")),))),
    ("additional[0].done_on", conviction(additional=(AdditionalFacts(AdditionalKind.POST_BAN, None),))),
    ("obligations", conviction(obligations=None)),
    ("obligations[0].state", conviction(obligations=(ObligationFacts(),))),
    ("obligations[0].done_on", conviction(obligations=(UNDATED,))),
    ("offences", conviction(offences=())),
    ("main_done_on", conviction(None, months=1)),
    ("main_done_on", conviction(None, months=360)),
    ("offences[0].fault", conviction(offences=(offence(fault=None),))),
    ("offences[0].severity", conviction(offences=(offence(severity=None),))),
    ("offences[0].article", conviction(offences=(offence(article=None),))),
    ("offences[0].act_on", conviction(offences=(offence(None),))),
]


@pytest.mark.parametrize(("message", "facts"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_true_is_named_and_gets_no_date(message, facts):
    verdict = evaluate(case(facts, born="01/01/1986" if "life" in message else "03/02/1985"), TODAY)

    assert verdict.missing[0].startswith(f"convictions[A].{message}")
    assert (verdict.status, verdict.due_on, verdict.convictions[0].due_on) == ("incomplete", None, None)
    assert verdict.steps[0].startswith("Bản án A: ")
    assert "không đúng" in verdict.steps[0]


@pytest.mark.parametrize(("field", "facts"), MISSING, ids=[row[0] for row in MISSING])
def test_what_is_missing_is_named_and_gets_no_date(field, facts):
    verdict = evaluate(case(facts), TODAY)

    assert verdict.missing == (f"convictions[A].{field}",)
    assert (verdict.status, verdict.due_on) == ("incomplete", None)
    assert verdict.steps[0].startswith("Bản án A: thiếu ")


def test_days_that_fall_together_contradict_nothing():
    one = "05/01/2015"
    all_of_it = {"obligations": (paid(one),), "additional": (control(one),), "court_rejected_on": (day(one),)}

    assert evaluate(case(conviction(one, effective=one, **all_of_it)), TODAY).missing == ()


def test_article_12_fourteen_is_old_enough_to_answer():
    assert evaluate(case(conviction(), born="05/01/2001"), TODAY).status == "no_record"
    assert evaluate(case(conviction(), born="06/01/2001"), TODAY).status == "incomplete"


def test_what_leaves_no_record_is_never_asked_for_its_penalty():
    unknown = {"main_penalty": None, "additional": None, "obligations": None}
    exempted = conviction(None, id="B", exempt=True, **unknown)
    negligent = conviction(None, id="C", offences=(offence(fault=Fault.NEGLIGENT),), **unknown)

    verdict = evaluate(case(conviction(months=None), exempted, negligent, born=None), TODAY)

    assert verdict.missing == ("born_on", "convictions[A].main_penalty.months")


@pytest.mark.parametrize(("months", "status"), [(84, "no_record"), (85, "incomplete")])
def test_article_9_a_sentence_above_its_class_belies_a_judgment_without_record(months, status):
    assert evaluate(case(conviction(months=months, offences=(CARELESS,))), TODAY).status == status


def test_two_offences_in_one_judgment_may_add_up_above_the_class_of_each():
    assert evaluate(case(conviction(months=120, offences=(CARELESS, CARELESS))), TODAY).status == "no_record"


def test_who_was_long_enough_in_custody_is_told_which_day_to_enter():
    verdict = evaluate(case(conviction("01/01/2016", effective="01/06/2016")), TODAY)

    assert "người đã bị tạm giam đủ thời hạn tù thì ghi ngày bản án có hiệu lực" in verdict.steps[0]


def test_everything_missing_is_named_at_once():
    verdict = evaluate(case(conviction(None, months=None), born=None), TODAY)

    assert verdict.missing == ("born_on", "convictions[A].main_penalty.months", "convictions[A].main_done_on")
    assert verdict.steps[0] == "Thiếu ngày sinh."


@pytest.mark.parametrize("facts", [case(), CaseFacts()])
def test_a_file_without_a_judgment_is_incomplete(facts):
    verdict = evaluate(facts, TODAY)

    assert (verdict.status, verdict.missing) == ("incomplete", ("convictions",))


def test_two_judgments_under_one_name_are_refused():
    verdict = evaluate(case(conviction(), conviction("01/01/2021")), TODAY)

    assert verdict.missing == ("convictions[A].id: 'A'; mỗi bản án một mã riêng",)


def test_minor_negligence_needs_neither_age_nor_day_nor_penalty():
    negligent = offence(None, article=None, fault=Fault.NEGLIGENT)

    verdict = evaluate(case(conviction(None, offences=(negligent,), main_penalty=None), born=None), TODAY)

    assert (verdict.status, verdict.missing) == ("no_record", ())


def test_minor_negligence_beside_another_judgment_needs_the_day_of_its_act():
    negligent = offence(None, fault=Fault.NEGLIGENT)

    verdict = evaluate(case(conviction(), conviction(id="B", offences=(negligent,))), TODAY)

    assert verdict.missing == ("convictions[B].offences[0].act_on",)


def test_a_decision_of_the_court_with_a_new_sentence_open_is_refused():
    old = conviction(court_decision_on=day("01/06/2021"))
    new = conviction(None, id="B", act="01/03/2021", effective="01/08/2021")

    verdict = evaluate(case(old, new), TODAY)

    assert verdict.missing[0].startswith("convictions[A].court_decision_on: 2021-06-01; bản án mới chưa")
    assert verdict.status == "incomplete"


def test_open_obligations_stay_named_in_words():
    verdict = evaluate(case(conviction(obligations=(owed(), owed(kind=None)))), TODAY)

    assert "Bản án A: bồi thường chưa thi hành xong (Điều 70 khoản 2 BLHS)." in verdict.steps
    assert "Bản án A: nghĩa vụ khác chưa thi hành xong (Điều 70 khoản 2 BLHS)." in verdict.steps


def test_a_fact_nobody_knows_is_not_counted_with():
    assert require(0) == 0
    with pytest.raises(LookupError):
        require(None)
