"""What is unknown is told as alternatives: between which days the answer lies, and which fact narrows it most."""

import pytest

from cases.law.bounds import NO_BOUNDS, Bounds, Tries
from cases.law.deciding import FoundAt, alternatives, mean_width, most_deciding, unknown_facts
from cases.law.expungement import evaluate
from cases.law.extremes import FAR, LONG_AGO
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
    Problem,
)
from cases.law.waiting import RULE_SETS
from tests.law.cases import case, conviction, day, offence, owed, paid, prison

TODAY = day("01/07/2026")


def test_what_is_known_has_one_day_and_nothing_to_ask():
    verdict = evaluate(case(conviction()), TODAY)

    assert verdict.bounds.as_json() == {"earliest": "2022-01-02", "latest": "2022-01-02", "no_record": False}
    assert verdict.decides is None


def test_article_69_2_without_a_record_there_is_no_day():
    verdict = evaluate(case(conviction(offences=(offence(fault=Fault.NEGLIGENT),))), TODAY)

    assert verdict.as_json()["bounds"] == {"earliest": None, "latest": None, "no_record": True}


def test_article_70_2_what_the_court_decided_may_have_cleared_by_itself_before_where_a_fee_is_unknown():
    fee = owed(ObligationState.UNKNOWN)
    verdict = evaluate(case(conviction(obligations=(fee,), court_decision_on=day("05/05/2023"))), TODAY)

    assert (verdict.status, verdict.due_on) == ("expunged", day("05/05/2023"))
    assert verdict.bounds == Bounds(day("02/01/2022"), day("05/05/2023"))


PRISON, OFFICE = "prison_notice", "enforcement_office"
NARROWED = [
    # what is unknown, the case, the ends, whether there may be no record, the field that decides, where it is found
    (
        "fee",
        {"obligations": (owed(ObligationState.UNKNOWN),)},
        "02/01/2022",
        None,
        False,
        "obligations[0].state",
        OFFICE,
    ),
    (
        "fee without its day",
        {"obligations": (ObligationFacts(ObligationKind.FINE, ObligationState.DONE),)},
        "02/01/2022",
        "01/07/2026",
        False,
        "obligations[0].done_on",
        OFFICE,
    ),
    ("obligations", {"obligations": None}, "02/01/2022", None, False, "obligations", OFFICE),
    ("released", {"done": None, "effective": "01/06/2016"}, "02/06/2018", None, False, "main_done_on", PRISON),
    ("released, nothing known of the judgment", {"done": None}, "06/01/2017", None, False, "main_done_on", PRISON),
    (
        "lapse",
        {"done": None, "effective": "01/06/2016", "main_done_how": DoneHow.LIMITATION},
        "02/06/2023",
        None,
        False,
        "main_done_on",
        PRISON,
    ),
    ("term", {"main_penalty": prison(None)}, "02/01/2022", "02/01/2025", False, "main_penalty.months", "judgment"),
    ("penalty", {"main_penalty": None}, "02/01/2021", "02/01/2025", False, "main_penalty", "judgment"),
    (
        "kind",
        {"main_penalty": PenaltyFacts(None, 24)},
        "02/01/2021",
        "02/01/2025",
        False,
        "main_penalty.kind",
        "judgment",
    ),
    ("fault", {"offences": (offence(fault=None),)}, "02/01/2022", "02/01/2022", True, "offences[0].fault", "judgment"),
    (
        "article",
        {"offences": (offence(article=None),)},
        "02/01/2022",
        "02/01/2023",
        False,
        "offences[0].article",
        "judgment",
    ),
    ("additional", {"additional": None}, "02/01/2022", None, False, "additional", "judgment"),
    (
        "its end",
        {"additional": (AdditionalFacts(AdditionalKind.POST_BAN),)},
        "02/01/2022",
        None,
        False,
        "additional[0].done_on",
        "execution_body",
    ),
    (
        "its kind",
        {"additional": (AdditionalFacts(None, day("01/06/2024")),)},
        "02/06/2024",
        None,
        False,
        "additional[0].kind",
        "judgment",
    ),
    ("offences", {"offences": ()}, "02/01/2021", "02/01/2023", True, "offences", "judgment"),
    ("act", {"offences": (offence(None),)}, "02/01/2022", None, True, "offences[0].act_on", "judgment"),
    (
        "severity",
        {"offences": (offence(severity=None),)},
        "02/01/2022",
        None,
        False,
        "offences[0].severity",
        "judgment",
    ),
]


@pytest.mark.parametrize("row", NARROWED, ids=[row[0] for row in NARROWED])
def test_an_unknown_fact_leaves_two_ends_and_is_asked_for_where_it_is_found(row):
    _name, facts, earliest, latest, no_record, field, where = row

    verdict = evaluate(case(conviction(**facts)), TODAY)

    ends = (verdict.bounds.earliest, verdict.bounds.latest, verdict.bounds.no_record)
    if verdict.status == "incomplete" and earliest == latest:
        latest = None  # never a single day
    assert ends == (day(earliest), day(latest), no_record)
    assert (verdict.decides.field, verdict.decides.where) == (f"convictions[A].{field}", where)
    assert verdict.decides.as_json()["text"].startswith("Bản án A: thiếu ")


@pytest.mark.parametrize(
    ("born", "earliest", "latest", "no_record"),
    [(None, "02/01/2021", "02/01/2022", True), ("05/01/1999", "02/01/2021", "02/01/2021", True)],
)
def test_article_107_an_unknown_birthday_may_mean_no_record(born, earliest, latest, no_record):
    unknown = offence(severity=None if born else OffenceClass.VERY_SERIOUS)

    verdict = evaluate(case(conviction(offences=(unknown,)), born=born), TODAY)

    assert verdict.bounds.earliest == day(earliest)
    assert verdict.bounds.latest in (day(latest), None)
    assert verdict.bounds.no_record is no_record


def test_an_open_fee_is_no_gap_but_its_end_lies_ahead():
    verdict = evaluate(case(conviction(obligations=(owed(),))), TODAY)

    assert (verdict.status, verdict.bounds, verdict.decides) == ("wait_obligation", Bounds(TODAY, None), None)


def test_a_new_sentence_being_served_decides():
    new = conviction(None, id="B", act="01/06/2021", effective="01/06/2022")

    verdict = evaluate(case(conviction(), new), TODAY)

    assert verdict.bounds == Bounds(day("02/06/2024"), None)
    assert (verdict.decides.field, verdict.decides.where) == ("convictions[B].main_done_on", "prison_notice")


def test_article_73_2_an_exempting_judgment_without_a_day_is_asked_for():
    exempting = conviction(None, id="B", act="01/06/2021", exempt=True, main_penalty=None)

    verdict = evaluate(case(conviction(), exempting), TODAY)

    assert verdict.bounds == Bounds(day("02/06/2023"), None)
    assert verdict.decides.field == "convictions[B].effective_on"


def test_an_act_without_a_day_met_every_other_record_at_worst():
    other = conviction("01/01/2023", id="B", offences=(offence(None),), effective="01/06/2022")

    verdict = evaluate(case(conviction(effective="01/06/2016"), other), TODAY)

    assert verdict.bounds == Bounds(day("02/01/2022"), day("02/01/2025"))
    longer = conviction(effective="01/06/2016", months=120)
    assert evaluate(case(longer, other), TODAY).bounds == Bounds(day("02/01/2023"), day("02/01/2026"))


def test_an_act_nobody_can_place_leaves_both_ends():
    during = conviction("01/01/2023", id="B", act="01/05/2018", effective="01/05/2019")

    verdict = evaluate(case(conviction(months=120), during), TODAY)

    assert verdict.bounds == Bounds(day("02/01/2025"), day("02/01/2026"))
    assert verdict.decides.field == "convictions[A].effective_on"


def test_several_judgments_that_may_all_leave_no_record_have_the_earliest_day_of_either():
    unknown = {"offences": (offence(fault=None),)}
    second = conviction("01/01/2022", id="B", effective="01/06/2021", offences=(offence("01/02/2021", fault=None),))

    verdict = evaluate(case(conviction(months=60, **unknown), second), TODAY)

    assert (verdict.bounds.earliest, verdict.bounds.no_record) == (day("02/01/2024"), True)  # B restarts A


@pytest.mark.parametrize("facts", [case(), CaseFacts()])
def test_without_a_judgment_nothing_is_bounded(facts):
    verdict = evaluate(facts, TODAY)

    assert (verdict.bounds, verdict.decides.field, verdict.decides.where) == (
        NO_BOUNDS,
        "convictions",
        FoundAt.JUDGMENT,
    )


def test_facts_that_contradict_each_other_bound_nothing_and_the_wrong_one_is_named():
    verdict = evaluate(case(conviction(months=0, obligations=None)), TODAY)

    assert (verdict.bounds, verdict.decides.field) == (NO_BOUNDS, "convictions[A].main_penalty.months")
    assert "không đúng" in verdict.decides.text


def test_a_judgment_nobody_entered_keeps_the_end_open_and_is_asked_for_first():
    gap = Problem("convictions[về hành vi ngày 01/06/2021]", day("01/06/2021"))

    verdict = evaluate(case(conviction(), unreadable=(gap,)), TODAY)

    assert verdict.bounds == Bounds(day("02/01/2022"), None)
    assert verdict.decides.field == gap.field


@pytest.mark.parametrize("facts", [{"born": None}, {"born": "01/01/2000"}])
def test_article_107_no_record_is_never_told_over_a_judgment_nobody_entered(facts):
    gap = Problem("convictions[về hành vi ngày 01/06/2021]", day("01/06/2021"))

    assert evaluate(case(conviction(), unreadable=(gap,), **facts), TODAY).bounds == NO_BOUNDS


def test_each_answer_is_told_in_words_with_the_days_it_leaves():
    facts = case(conviction(obligations=(owed(ObligationState.UNKNOWN),)))
    (unknown,) = [each for each in unknown_facts(facts, TODAY) if each.field.endswith("state")]

    told = alternatives(unknown, TODAY, RULE_SETS)

    assert told == [
        ("đã xong hoặc được miễn", Bounds(day("02/01/2022"), day("02/01/2022"))),
        ("chưa thi hành xong", Bounds(TODAY, None)),
    ]


def test_of_facts_that_narrow_alike_the_first_named_is_asked_for():
    facts = case(conviction(obligations=(owed(ObligationState.UNKNOWN), owed(ObligationState.UNKNOWN))))
    verdict = evaluate(facts, TODAY)

    assert verdict.decides.field == "convictions[A].obligations[0].state"
    assert most_deciding(facts, (), TODAY, RULE_SETS) is None
    unknown = [each for each in unknown_facts(facts, TODAY) if "state" in each.field]
    assert {mean_width(each, Tries(TODAY, RULE_SETS)) for each in unknown} != {0}


def test_the_measure_puts_no_record_before_every_day_and_an_open_end_after():
    widths = [
        each.width
        for each in (
            Bounds(TODAY, TODAY),
            Bounds(no_record=True),
            NO_BOUNDS,
            Bounds(TODAY, None),
            Bounds(TODAY, TODAY, no_record=True),
        )
    ]

    assert widths == [0, 0, 0, (FAR - TODAY).days, (TODAY - LONG_AGO).days]


def answered(facts, name):
    (unknown,) = [each for each in unknown_facts(facts, TODAY) if each.field.endswith(name)]
    return [known() for _words, known in unknown.answers]


def test_article_60_no_answer_lets_a_judgment_lapse_before_its_time():
    lapsed = conviction(None, effective="01/06/2016", main_done_how=DoneHow.LIMITATION)

    ends = [each.convictions[0].main_done_on for each in answered(case(lapsed), "main_done_on")]

    assert ends == [day("01/06/2021"), TODAY]


def test_article_12_no_answer_makes_an_act_one_of_a_child():
    facts = case(conviction(offences=(offence(None),), effective="01/06/2016"), born="03/02/1998")

    acts = [each.convictions[0].offences[0].act_on for each in answered(facts, "act_on")]

    assert acts == [day("03/02/2012"), day("01/06/2016")]


def test_article_70_2_a_part_with_the_day_it_was_settled_never_leaves_the_end_open():
    paid_once = ObligationFacts(ObligationKind.COMPENSATION, None, day("01/02/2023"))
    facts = case(conviction(obligations=(paid_once,), main_penalty=prison(None)))

    verdict = evaluate(facts, TODAY)

    assert verdict.bounds == Bounds(day("01/02/2023"), day("02/01/2025"))
    assert verdict.decides.field == "convictions[A].main_penalty.months"
    assert len(answered(facts, "state")) == 1


TERM = {"main_penalty": prison(None)}
EXEMPT = conviction(None, id="B", act="01/06/2014", effective="01/06/2015", exempt=True, main_penalty=None)


def test_article_71_what_the_court_decided_leaves_no_end_open():
    decided = conviction(obligations=(paid("01/02/2021"),), court_decision_on=day("05/05/2023"), **TERM)

    assert evaluate(case(decided), TODAY).bounds == Bounds(day("02/01/2022"), day("05/05/2023"))


def test_article_69_2_a_judgment_without_a_record_leaves_no_end_open():
    assert evaluate(case(conviction(**TERM), EXEMPT), TODAY).bounds == Bounds(day("02/01/2022"), day("02/01/2025"))


def test_article_107_2_a_fee_the_record_does_not_wait_for_leaves_no_end_open():
    act = offence("05/01/2015", severity=OffenceClass.EXTREMELY_SERIOUS)
    young = conviction(offences=(act,), obligations=(owed(),), **TERM)

    assert evaluate(case(young, born="01/06/1997"), TODAY).bounds == Bounds(day("02/01/2021"), day("02/01/2023"))


def test_beside_a_judgment_nobody_entered_the_end_stays_open_whatever_the_term():
    gap = Problem("convictions[về hành vi ngày 01/06/2021]", day("01/06/2021"))

    assert evaluate(case(conviction(**TERM), unreadable=(gap,)), TODAY).bounds == Bounds(day("02/01/2022"), None)


def test_article_69_2_an_answer_that_leaves_no_record_leaves_nothing_open():
    negligent = case(conviction(offences=(offence(fault=Fault.NEGLIGENT),)))

    assert Tries(TODAY, RULE_SETS).bounds_of(negligent) == Bounds(no_record=True)
