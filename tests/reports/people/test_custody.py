import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import actions
from cases.models import Placement, Returnee, Succession
from cases.reports.people.custody import (
    AnswerFacts,
    CustodyBreach,
    CustodyFacts,
    CustodyState,
    Holder,
    breaches,
    custody_facts,
    prove,
    states,
)
from tests.makers import TODAY, make_notice, make_returnee, make_unit

ON = date(2026, 11, 20)


def ago(days):
    return ON - timedelta(days=days)


def facts(**changes):
    return CustodyFacts(**{"pk": 1, "file_number": "1-2026-001", "unit_id": 7, "completed_on": ago(30), **changes})


HERE = (Holder(7),)
SENT_ON = AnswerFacts("wrong_commune", ago(5), 7)


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (CustodyState.HELD, {"presented_on": ago(20), "holders": HERE}),
        (CustodyState.HELD, {"presented_on": ago(5), "holders": HERE, "last_answer": SENT_ON}),
        (CustodyState.PENDING, {"holders": HERE}),
        (CustodyState.PENDING, {"holders": HERE, "last_answer": AnswerFacts("not_here", ago(2))}),
        (CustodyState.PENDING, {"presented_on": ON + timedelta(days=1), "holders": HERE}),
        (CustodyState.BOUNCING, {"holders": HERE, "last_answer": SENT_ON}),
        (CustodyState.BOUNCING, {"holders": HERE, "last_answer": AnswerFacts("named", ago(5), 7)}),
        (CustodyState.CLOSED, {"closed_on": ON, "close_reason": "died"}),
    ],
)
def test_each_person_in_order_is_in_exactly_one_state(state, changes):
    found = facts(**changes)

    assert states(found, ON) == {state}
    assert breaches(found, ON) == []


@pytest.mark.parametrize(
    ("breach", "changes"),
    [
        (CustodyBreach.NO_PLACEMENT, {"presented_on": ago(20)}),
        (CustodyBreach.TWO_UNITS, {"holders": (Holder(7), Holder(8, still=False))}),
        (CustodyBreach.UNIT_ENDED, {"presented_on": ago(20), "holders": (Holder(7, stands=False),)}),
        (CustodyBreach.UNIT_DIVIDED, {"holders": (Holder(7, stands=False, divided=True),)}),
        (CustodyBreach.NAMED_UNIT_ENDED, {"holders": (Holder(7, stands=False),), "last_answer": SENT_ON}),
        (CustodyBreach.OTHER_UNIT, {"holders": (Holder(8),)}),
        (CustodyBreach.NO_REASON, {"closed_on": ago(1)}),
        (CustodyBreach.NOT_PRESENTED, {"holders": HERE, "last_answer": AnswerFacts("arrived", ago(2))}),
        (CustodyBreach.TWO_STATES, {"presented_on": ago(20), "holders": HERE, "last_answer": SENT_ON}),
    ],
)
def test_each_breach_is_named(breach, changes):
    assert breaches(facts(**changes), ON) == [breach]


@given(
    presented=st.none() | st.integers(0, 40).map(ago),
    closed=st.none() | st.integers(0, 40).map(ago),
    reason=st.sampled_from(["", "died"]),
    holders=st.lists(
        st.builds(Holder, st.sampled_from([7, 8]), st.booleans(), st.booleans(), st.booleans()), max_size=2
    ),
    answer=st.none()
    | st.builds(AnswerFacts, st.sampled_from(["arrived", "named", "not_here"]), st.just(ago(10)), st.just(7)),
)
def test_whatever_the_facts_there_is_one_state_or_a_breach(presented, closed, reason, holders, answer):
    found = facts(
        presented_on=presented,
        closed_on=closed,
        close_reason=reason,
        holders=tuple(holders),
        last_answer=answer,
    )

    assert breaches(found, ON) or len(states(found, ON)) == 1


def answered(person, by, kind, **what):
    actions.arrival.answer(returnee=person, kind=kind, on=TODAY, by=by, uid=uuid.uuid4(), **what)


def test_the_facts_follow_the_actions(an, binh, units):
    held = make_returnee(by=an, full_name="Giữ")
    sent = make_notice(by=an, full_name="Chuyển", completed_on=TODAY - timedelta(days=9)).returnee
    answered(sent, an, "wrong_commune", named_unit=units.krong_no)
    back = make_notice(by=an, full_name="Chuyển rồi trả lời", completed_on=TODAY - timedelta(days=9)).returnee
    answered(back, an, "wrong_commune", named_unit=units.krong_no)
    answered(back, binh, "not_here", note="Không ai biết")
    dead = make_notice(by=an, full_name="Mất", completed_on=TODAY - timedelta(days=9)).returnee
    answered(dead, an, "died")

    found = {each.pk: states(each, TODAY) for each in custody_facts(Returnee.objects.all(), TODAY)}

    assert found == {
        held.pk: {CustodyState.HELD},
        sent.pk: {CustodyState.BOUNCING},
        back.pk: {CustodyState.PENDING},
        dead.pk: {CustodyState.CLOSED},
    }
    assert prove(TODAY).found == []
    assert prove(TODAY).total == 4


STEPS = ("confirmed", "not_here", "wrong_commune", "named", "arrived", "abroad", "present", "close", "reopen")


@settings(max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=6))
def test_whatever_is_done_in_whatever_order_the_person_is_in_one_state(steps, an, anh, units):
    person = make_notice(by=an, completed_on=TODAY - timedelta(days=9)).returnee
    for step in steps:
        take(step, Returnee.objects.get(pk=person.pk), an, anh, units)

        (found,) = custody_facts(Returnee.objects.filter(pk=person.pk), TODAY)
        assert breaches(found, TODAY) == [], steps
        assert len(states(found, TODAY)) == 1


def take(step, person, an, anh, units):
    """One step; what the application refuses changes nothing."""
    elsewhere = units.krong_no if person.unit == units.nam_da else units.nam_da
    moves = {"named_unit": elsewhere} if step in ("wrong_commune", "named") else {"note": "Đã hỏi gia đình"}
    try:
        if step == "present":
            actions.returnee.present(returnee=person, on=TODAY, by=an)
        elif step == "close":
            actions.returnee.close(returnee=person, on=TODAY, reason="other", by=anh)
        elif step == "reopen":
            actions.returnee.reopen(returnee=person, by=anh, reason="Nhầm")
        else:
            answered(person, an, step, **moves)
    except ValidationError:
        pass


def test_of_a_merged_commune_everybody_is_held_of_a_divided_one_nobody(an, binh, units):
    make_returnee(by=an)
    lost = make_returnee(by=binh, full_name="Trần Văn Tám")
    new = make_unit(kind="commune", code="99999", name="Xã Mới", parent=units.cluster, valid_from=TODAY)
    actions.unit.succeed(old=units.nam_da, new=new, on=TODAY, by=None)
    actions.unit.succeed(old=units.krong_no, new=new, on=TODAY, share=Succession.Share.PART, by=None)

    proof = prove(TODAY)

    assert [(found.facts.pk, found.breaches) for found in proof.found] == [(lost.pk, [CustodyBreach.UNIT_DIVIDED])]
    assert proof.counts[CustodyState.HELD] == 1


def test_a_past_day_is_proven_with_the_units_of_that_day(an, units):
    person = make_returnee(by=an)
    actions.returnee.hand_over(returnee=person, to_unit=units.krong_no, on=TODAY, by=an)

    assert prove(TODAY - timedelta(days=30)).found == []
    assert Placement.objects.filter(returnee=person).count() == 2
