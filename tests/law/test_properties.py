"""What must hold for every case, not only for the examples."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.expungement import evaluate, status_and_day, statuses_and_days
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
from cases.law.waiting import RULE_SETS

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
SPANS = st.integers(0, 1500).map(lambda days: timedelta(days=days))
STATES = st.sampled_from([*ObligationState, ObligationState.DONE, ObligationState.DONE])
PENALTIES = st.one_of(
    st.builds(PenaltyFacts, st.just(PenaltyKind.PRISON), st.integers(1, 360)),
    st.builds(PenaltyFacts, st.sampled_from([kind for kind in PenaltyKind if kind is not PenaltyKind.PRISON])),
)
ENDINGS = [how for how in DoneHow if how not in (DoneHow.PROBATION_ENDED, DoneHow.CONDITIONAL_RELEASE)]


def version(valid_from, months):
    """The law of 2026 with every wait of so many months, from a day on."""
    waits = tuple(replace(wait, months=months) for wait in RULE_SETS[-1].waits)
    return replace(RULE_SETS[-1], code=f"R{valid_from:%Y}-{months}", valid_from=valid_from, waits=waits)


LAWS = st.lists(st.builds(version, DAYS, st.integers(6, 120)), max_size=2).map(lambda more: (*RULE_SETS, *more))


@st.composite
def obligations(draw, since):
    state = draw(STATES)
    done_on = since + draw(SPANS) if state is ObligationState.DONE else None
    return ObligationFacts(draw(st.sampled_from(ObligationKind)), state, done_on)


@st.composite
def offences(draw, act_on):
    return OffenceFacts(
        article=draw(st.sampled_from([109, 123, 173, "256a", 353, 422])),
        clause=draw(st.sampled_from([1, 3])),
        fault=draw(st.sampled_from(Fault)),
        severity=draw(st.sampled_from(OffenceClass)),
        act_on=act_on,
    )


@st.composite
def convictions(draw, name):
    act_on = draw(DAYS)
    effective_on = act_on + draw(SPANS)
    done_on = effective_on + draw(SPANS)
    main_penalty = draw(PENALTIES)
    refused = draw(st.lists(SPANS, max_size=2))
    suspended = main_penalty.kind is PenaltyKind.SUSPENDED_PRISON
    additional = draw(
        st.lists(st.builds(AdditionalFacts, st.sampled_from(AdditionalKind), st.just(done_on)), max_size=2)
    )
    return ConvictionFacts(
        id=name,
        offences=tuple(draw(st.lists(offences(act_on), min_size=1, max_size=2))),
        main_penalty=main_penalty,
        effective_on=effective_on,
        main_done_on=draw(st.sampled_from([done_on, done_on, done_on, None])),
        main_done_how=draw(st.sampled_from([*ENDINGS, None, *([DoneHow.PROBATION_ENDED] if suspended else [])])),
        additional=tuple(replace(each, done_on=done_on + draw(SPANS)) for each in additional),
        obligations=tuple(draw(st.lists(obligations(effective_on), max_size=2))),
        court_decision_on=draw(st.sampled_from([None, None, None, done_on + draw(SPANS)])),
        court_rejected_on=tuple(done_on + span for span in refused),
        exempt=draw(st.sampled_from([False, False, False, True])),
        general=draw(st.booleans()),
        foreign=draw(st.booleans()),
    )


@st.composite
def cases(draw, names=("A", "B", "C")):
    count = draw(st.integers(1, len(names)))
    born_on = draw(st.dates(date(1960, 1, 1), date(2000, 12, 31)))
    investigated = tuple(draw(st.lists(DAYS, max_size=2)))
    return CaseFacts("case", born_on, tuple(draw(convictions(name)) for name in names[:count]), investigated)


def never_earlier(before, after):
    return after.due_on is None or (before.due_on is not None and after.due_on >= before.due_on)


@given(cases(), DAYS, DAYS)
def test_the_day_of_the_verdict_never_moves_the_date(case, one, other):
    assert evaluate(case, one).due_on == evaluate(case, other).due_on


@given(cases(), LAWS, DAYS, SPANS)
def test_no_change_of_the_law_moves_a_day_back(case, laws, on, later):
    before, after = evaluate(case, on, laws), evaluate(case, on + later, laws)

    assert (before.due_on is None) == (after.due_on is None)
    assert before.due_on is None or after.due_on <= before.due_on


@given(cases(), st.sampled_from(["main_penalty", "main_done_on", "obligations", "offences", "id"]), LAWS, DAYS, SPANS)
def test_status_and_day_told_alone_are_those_of_the_verdict(case, name, laws, on, later):
    first, *others = case.convictions
    case = replace(case, convictions=(first if name == "id" else replace(first, **{name: None}), *others))
    verdict = evaluate(case, on, laws)

    assert status_and_day(case, on, laws) == (verdict.status, verdict.due_on)
    assert statuses_and_days({on: case, on + later: case}, laws) == {
        day: status_and_day(case, day, laws) for day in (on, on + later)
    }


@given(cases(), DAYS)
def test_the_order_of_convictions_changes_nothing(case, on):
    verdicts = {evaluate(replace(case, convictions=order), on) for order in permutations(case.convictions)}

    assert len(verdicts) == 1


@given(cases(), convictions("D"), DAYS)
def test_one_conviction_more_never_makes_anybody_clean_earlier(case, extra, on):
    before = evaluate(case, on)
    after = evaluate(replace(case, convictions=(*case.convictions, extra)), on)

    assert before.status == "no_record" or never_earlier(before, after)


@given(cases(), SPANS, DAYS)
def test_a_later_payment_never_brings_the_date_forward(case, delay, on):
    later = []
    for each in case.convictions:
        moved = [replace(row, done_on=row.done_on + delay) if row.done_on else row for row in each.obligations]
        later.append(replace(each, obligations=tuple(moved)))

    assert never_earlier(evaluate(case, on), evaluate(replace(case, convictions=tuple(later)), on))


@given(cases(names=("A",)), st.sampled_from(["main_penalty", "main_done_on", "additional", "obligations", "offences"]))
def test_what_is_unknown_about_a_judgment_never_yields_a_date(case, name):
    unknown = replace(case.convictions[0], **{name: None})
    verdict = evaluate(replace(case, convictions=(unknown,)), date(2026, 1, 1))

    assert verdict.due_on is None
    assert verdict.status in ("incomplete", "no_record")


@given(cases(names=("A",)), st.sampled_from(["fault", "severity", "act_on", "article"]))
def test_what_is_unknown_about_an_offence_never_yields_a_date(case, name):
    offence = replace(case.convictions[0].offences[0], **{name: None})
    unknown = replace(case.convictions[0], offences=(offence,))
    verdict = evaluate(replace(case, convictions=(unknown,)), date(2026, 1, 1))

    assert verdict.due_on is None
    assert verdict.status in ("incomplete", "no_record")


@given(cases())
def test_every_verdict_names_the_rules_it_used_and_says_why(case):
    verdict = evaluate(case, date(2024, 1, 1))

    assert verdict.rules in {rules.code for rules in RULE_SETS}
    assert any(f"Quy tắc áp dụng: {verdict.rules}," in step for step in verdict.steps)
    assert (verdict.status == "incomplete") <= bool(verdict.missing)


@pytest.mark.parametrize("status", ["running", "eligible_unconfirmed", "hold", "may_apply"])
@given(case=cases(), on=DAYS)
def test_a_dated_status_has_a_date(status, case, on):
    verdict = evaluate(case, on)

    assert verdict.status != status or verdict.due_on is not None
