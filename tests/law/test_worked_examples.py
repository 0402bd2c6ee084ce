"""The worked examples of the clean-record clock, each named by the article that decides it."""

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import DoneHow, Fault, ObligationKind, ObligationState, OffenceClass, PenaltyFacts, PenaltyKind
from cases.law.recidivism import Hint
from tests.law.cases import case, control, conviction, day, offence, owed, paid

TODAY = day("01/07/2026")
DRUGS = (offence(article=251, severity=OffenceClass.VERY_SERIOUS),)
TREASON = (offence(article=109, severity=OffenceClass.EXTREMELY_SERIOUS),)
SUSPENDED = PenaltyFacts(PenaltyKind.SUSPENDED_PRISON)


def robbery(act):
    return (offence(act, article=168, severity=OffenceClass.VERY_SERIOUS),)


def theft(done, *, act, **changes):
    return conviction(done, id="B", act=act, **changes)


ONE_CONVICTION = [
    ("1 Điều 70.2.b", conviction("15/03/2020", obligations=(paid("01/03/2018"),)), "16/03/2022"),
    ("2 Điều 73.1 the term pronounced", conviction("10/08/2019", months=84, offences=DRUGS), "11/08/2022"),
    ("3 Điều 70.2.b five years inclusive", conviction("30/06/2021", months=60), "01/07/2023"),
    ("3 Điều 70.2.c five years and a month", conviction("30/06/2021", months=61), "01/07/2024"),
    ("4 Điều 70.2 paid late", conviction("10/01/2020", months=48, obligations=(paid("01/02/2023"),)), "01/02/2023"),
    ("5 Điều 70.2 control", conviction("01/06/2020", months=48, additional=(control("01/06/2024"),)), "02/06/2024"),
    ("12 Điều 66", conviction("01/01/2024", months=72, main_done_how=DoneHow.CONDITIONAL_RELEASE), "02/01/2027"),
    ("13 Điều 73.4", conviction("01/09/2025", months=96, main_done_how=DoneHow.AMNESTY), "02/09/2028"),
    ("14 Điều 147 BLDS", conviction("29/02/2024", months=24), "01/03/2026"),
]


@pytest.mark.parametrize(("facts", "due"), [row[1:] for row in ONE_CONVICTION], ids=[row[0] for row in ONE_CONVICTION])
def test_one_conviction_clears_by_itself(facts, due):
    verdict = evaluate(case(facts), TODAY)

    assert verdict.due_on == day(due)
    assert verdict.status == ("eligible_unconfirmed" if day(due) <= TODAY else "running")
    assert verdict.route == "automatic"


def test_example_6_article_73_2_a_new_act_restarts_the_old_period():
    old = conviction("01/01/2020")
    new = theft("20/10/2023", act="15/12/2021", months=18, effective="20/04/2022")

    verdict = evaluate(case(old, new), TODAY)

    assert [each.due_on for each in verdict.convictions] == [day("21/10/2025")] * 2
    assert verdict.recidivism_hint is Hint.RECIDIVISM


def test_example_7_article_70_an_act_after_the_period_restarts_nothing():
    old = conviction("01/01/2020")
    new = theft("20/10/2023", act="05/01/2022", months=18, effective="20/04/2022")

    verdict = evaluate(case(old, new), TODAY)

    assert [each.due_on for each in verdict.convictions] == [day("02/01/2022"), day("21/10/2025")]
    assert verdict.recidivism_hint is Hint.NONE


def test_example_8_article_73_2_the_old_period_keeps_its_length():
    old = conviction("01/01/2020", months=144)
    new = theft("01/10/2023", act="01/06/2021", main_penalty=SUSPENDED, main_done_how=DoneHow.PROBATION_ENDED)

    verdict = evaluate(case(old, new), TODAY)

    assert {each.id: each.due_on for each in verdict.convictions} == {"A": day("02/10/2026"), "B": day("02/10/2024")}
    assert verdict.due_on == day("02/10/2026")


def test_example_9_article_71_the_court_decides():
    facts = conviction("01/01/2022", months=48, offences=TREASON)

    verdict = evaluate(case(facts), TODAY)

    assert (verdict.status, verdict.due_on, verdict.route) == ("may_apply", day("02/01/2025"), "court")
    assert evaluate(case(facts), day("01/01/2025")).status == "running"


def test_example_10_article_69_2_negligence_leaves_no_record():
    traffic = offence(article=260, fault=Fault.NEGLIGENT, severity=OffenceClass.SERIOUS)

    verdict = evaluate(case(conviction(offences=(traffic,))), TODAY)

    assert (verdict.status, verdict.due_on) == ("no_record", None)


@pytest.mark.parametrize(
    ("born", "status", "due"), [("01/01/2004", "eligible_unconfirmed", "02/03/2025"), ("01/01/2006", "no_record", None)]
)
def test_example_11_article_107_under_eighteen(born, status, due):
    facts = conviction("01/03/2024", months=48, offences=robbery("01/06/2021"))

    verdict = evaluate(case(facts, born=born), TODAY)

    assert (verdict.status, verdict.due_on) == (status, day(due))


def test_example_15_article_70_2_an_unknown_court_fee_waits_and_is_named():
    fee = owed(ObligationState.UNKNOWN, ObligationKind.COURT_FEE)

    verdict = evaluate(case(conviction(obligations=(fee,))), TODAY)

    assert (verdict.status, verdict.due_on) == ("wait_obligation", None)
    assert verdict.missing == ("convictions[A].obligations[0].state",)
    assert any("án phí thiếu dữ liệu" in step for step in verdict.steps)


def test_example_16_article_72_the_court_may_decide_after_a_third():
    facts = conviction("01/01/2024", months=48)

    verdict = evaluate(case(facts), TODAY)

    assert verdict.special_on == day("02/09/2024")
    assert any("02/09/2024 (Điều 72 BLHS)" in step for step in verdict.steps)


def test_example_17_article_53_an_unpaid_compensation_keeps_the_record_open():
    old = conviction("01/01/2020", obligations=(owed(),))
    new = theft("01/06/2025", act="01/06/2023", effective="01/12/2023")

    verdict = evaluate(case(old, new), TODAY)

    assert (verdict.status, verdict.due_on) == ("wait_obligation", None)
    assert verdict.recidivism_hint is Hint.RECIDIVISM
    assert any("tính lại từ 01/06/2025" in step for step in verdict.steps)
