"""What a record waits for beside its period, and what can lapse at all: each row of the Code's own text."""

from dataclasses import replace

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import (
    AdditionalKind,
    DoneHow,
    Fault,
    ObligationKind,
    ObligationState,
    OffenceClass,
    PenaltyFacts,
    PenaltyKind,
)
from cases.law.versions import Certainty
from cases.law.waiting import RULE_SETS, WaitColumn
from tests.law.cases import case, control, conviction, day, offence, owed, paid, prison

TODAY = day("01/07/2026")
UNKNOWN_FEE = owed(ObligationState.UNKNOWN, ObligationKind.COURT_FEE)
GRAVE = {"severity": OffenceClass.EXTREMELY_SERIOUS}
MINOR = {"offences": (offence(**GRAVE),), "effective": "01/06/2015"}
LAPSED = {"main_done_how": DoneHow.LIMITATION, "effective": "01/01/2016"}
LAPSED_MINOR = {**LAPSED, **MINOR, "obligations": (owed(),)}
TREASON = (offence(article=109, **GRAVE),)


@pytest.mark.parametrize("obligations", [(owed(),), (UNKNOWN_FEE,), (paid("01/06/2026"),), None])
def test_article_107_2_a_minors_record_waits_for_no_fee_and_no_compensation(obligations):
    verdict = evaluate(case(conviction(**MINOR, obligations=obligations), born="01/01/1998"), TODAY)

    assert (verdict.status, verdict.due_on, verdict.missing) == ("eligible_unconfirmed", day("02/01/2021"), ())


@pytest.mark.parametrize("obligations", [(owed(),), (UNKNOWN_FEE,), (paid("01/06/2026"),), None])
def test_article_70_3_a_lapsed_judgment_waits_for_no_fee_and_no_compensation(obligations):
    verdict = evaluate(case(conviction("01/01/2021", **LAPSED, obligations=obligations)), TODAY)

    assert (verdict.status, verdict.due_on, verdict.missing) == ("eligible_unconfirmed", day("02/01/2023"), ())


@pytest.mark.parametrize("facts", [{}, {"offences": TREASON}])
def test_article_70_2_and_71_2_wait_for_every_other_decision_of_the_judgment(facts):
    assert evaluate(case(conviction(**facts, obligations=(owed(),))), TODAY).status == "wait_obligation"


@pytest.mark.parametrize("facts", [{"offences": (offence(fault=Fault.NEGLIGENT),)}, {"exempt": True}])
def test_article_69_2_a_judgment_without_a_record_waits_for_nothing(facts):
    (told,) = evaluate(case(conviction(**facts, obligations=(owed(),))), TODAY).convictions

    assert not told.settles_first


def test_that_minors_and_lapsed_judgments_wait_for_nothing_is_for_the_legal_section_to_confirm():
    told = evaluate(case(conviction("01/01/2021", **LAPSED, obligations=(owed(),))), TODAY).steps
    marked = [(each.column, each.by_limitation) for each in RULE_SETS[-1].conditions if each.certainty == "M"]

    assert marked == [(WaitColumn.AUTOMATIC, True), (WaitColumn.JUVENILE, False), (WaitColumn.JUVENILE, True)]
    assert any("(Điều 70 khoản 3 BLHS), cách hiểu này cần bộ phận pháp chế xác nhận" in step for step in told)


def read_otherwise(place, **changes):
    """The law with one row of its conditions read otherwise from today on."""
    rows = tuple(replace(each, **changes) if each.place == place else each for each in RULE_SETS[-1].conditions)
    return (*RULE_SETS, replace(RULE_SETS[-1], code="READ-AGAIN", valid_from=TODAY, conditions=rows))


@pytest.mark.parametrize(
    ("place", "facts", "born"),
    [
        ("juvenile", conviction(**MINOR, obligations=(owed(),)), "01/01/1998"),
        ("juvenile-limitation", conviction("01/01/2021", **LAPSED_MINOR), "01/01/1998"),
        ("automatic-limitation", conviction("01/01/2021", **LAPSED, obligations=(owed(),)), "03/02/1985"),
    ],
)
def test_one_row_of_a_version_changes_it_for_every_judgment(place, facts, born):
    confirmed = read_otherwise(place, certainty=Certainty.READ)
    refused = read_otherwise(place, obligations=True)

    assert "pháp chế" not in " ".join(evaluate(case(facts, born=born), TODAY, confirmed).steps)
    assert evaluate(case(facts, born=born), TODAY, refused).status == "wait_obligation"


def test_article_70_3_the_row_of_minors_does_not_change_what_a_minors_lapsed_judgment_waits_for():
    facts = case(conviction("01/01/2021", **LAPSED_MINOR), born="01/01/1998")

    assert evaluate(facts, TODAY, read_otherwise("juvenile", obligations=True)).status == "eligible_unconfirmed"


def test_an_obligation_nobody_waits_for_is_still_refused_where_it_cannot_be_true():
    verdict = evaluate(case(conviction(**MINOR, obligations=(paid("31/12/2014"),)), born="01/01/1998"), TODAY)

    assert verdict.missing[0].startswith("convictions[A].obligations[0].done_on: 2014-12-31;")


NEVER_LAPSES = [{"article": 109}, {"article": 425}] + [
    {"article": article, "clause": clause} for article in (353, 354) for clause in (3, 4)
]


@pytest.mark.parametrize("nature", NEVER_LAPSES)
def test_article_61_some_judgments_never_lapse(nature):
    verdict = evaluate(case(conviction("01/01/2045", **LAPSED, offences=(offence(), offence(**nature)))), TODAY)

    assert verdict.missing[0].startswith("convictions[A].main_done_how: 'limitation'; không áp dụng thời hiệu")
    assert (verdict.status, verdict.due_on) == ("incomplete", None)
    assert "Điều 61 BLHS" in verdict.steps[0]


@pytest.mark.parametrize("article", [353, "354"])
def test_article_61_without_its_clause_nobody_can_tell_whether_the_judgment_lapses(article):
    known, unknown = (offence(article=article, clause=clause) for clause in (2, None))

    verdict = evaluate(case(conviction("01/01/2021", **LAPSED, offences=(unknown,))), TODAY)

    assert verdict.missing == ("convictions[A].offences[0].clause",)
    assert evaluate(case(conviction("01/01/2021", **LAPSED, offences=(known,))), TODAY).missing == ()


@pytest.mark.parametrize(("clause", "asked"), [(1, False), (2, False), (3, True), (4, True), (None, True)])
def test_article_61_a_chapter_alone_may_hide_article_353(clause, asked):
    unnamed = offence(article=None, chapter="XXIII", clause=clause)

    verdict = evaluate(case(conviction("01/01/2021", **LAPSED, offences=(unnamed,))), TODAY)

    assert verdict.missing == (("convictions[A].offences[0].article",) if asked else ())


@pytest.mark.parametrize(
    ("penalty", "years"),
    [
        (PenaltyFacts(PenaltyKind.WARNING), 5),
        (PenaltyFacts(PenaltyKind.FINE), 5),
        (PenaltyFacts(PenaltyKind.NON_CUSTODIAL), 5),
        (PenaltyFacts(PenaltyKind.SUSPENDED_PRISON, 36), 5),
        (prison(36), 5),
        (prison(37), 10),
        (prison(180), 10),
        (prison(181), 15),
        (prison(360), 15),
        (PenaltyFacts(PenaltyKind.LIFE), 20),
        (PenaltyFacts(PenaltyKind.DEATH_COMMUTED), 20),
    ],
)
@pytest.mark.parametrize("effective", ["15/03/1999", None])
def test_article_60_2_no_judgment_lapses_before_its_time(penalty, years, effective):
    facts = {**LAPSED, "effective": effective, "main_penalty": penalty, "act": "15/03/1999"}

    in_time = evaluate(case(conviction(f"15/03/{1999 + years}", **facts), born="03/02/1970"), TODAY)
    early = evaluate(case(conviction(f"14/03/{1999 + years}", **facts), born="03/02/1970"), TODAY)

    assert (in_time.missing, early.status, early.due_on) == ((), "incomplete", None)
    assert early.missing[0].startswith(f"convictions[A].main_done_on: {1999 + years}-03-14; thời hiệu")
    assert f"{years} năm, không thể hết trước 15/03/{1999 + years} (Điều 60 khoản 2 BLHS)" in early.missing[0]


@pytest.mark.parametrize("gap", [{"done": None}, {"main_penalty": None}, {"offences": ()}])
def test_article_60_a_lapse_with_gaps_asks_for_the_gap_alone(gap):
    verdict = evaluate(case(conviction(**{"done": "01/01/2021", **LAPSED, "effective": None, **gap})), TODAY)

    assert len(verdict.missing) == 1


@pytest.mark.parametrize("kind", AdditionalKind)
@pytest.mark.parametrize("months", [36, 120, 200])
def test_article_71_2_every_additional_penalty_is_served_before_one_may_apply(kind, months):
    facts = conviction("01/01/2016", months=months, offences=TREASON, additional=(control("01/06/2026", kind),))

    assert evaluate(case(facts), TODAY).due_on == day("02/06/2026")
    assert evaluate(case(facts), day("01/06/2026")).status == "running"
    assert evaluate(case(facts), day("02/06/2026")).status == "may_apply"


def test_article_71_2_an_additional_penalty_that_ends_within_the_period_holds_nobody():
    facts = conviction("01/01/2016", offences=TREASON, additional=(control("01/06/2017", AdditionalKind.POST_BAN),))

    assert evaluate(case(facts), TODAY).due_on == day("02/01/2019")
