"""What the records speak for, and why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.grouping import Ground, Group, GroupFacts, is_setback, suggest

GOOD = GroupFacts(
    in_custody=False,
    open_case=False,
    violations=0,
    contacts=3,
    missed=0,
    attitude_poor=False,
    has_job=True,
    open_needs=0,
)


@pytest.mark.parametrize(
    ("changes", "group", "grounds"),
    [
        ({}, "A", ["contacts_kept", "job"]),
        ({"missed": 1}, "A", ["contacts_kept", "job"]),
        ({"has_job": False}, "B", ["contacts_kept", "no_job"]),
        ({"open_needs": 2}, "B", ["contacts_kept", "job", "hardship"]),
        ({"contacts": 0}, None, ["no_contact"]),
        ({"missed": 2}, "C", ["missed"]),
        ({"attitude_poor": True}, "C", ["poor_attitude"]),
        ({"violations": 1, "open_case": True}, "C", ["open_case", "violations"]),
        ({"contacts": 0, "violations": 1}, "C", ["violations"]),
        ({"in_custody": True, "violations": 3}, "D", ["custody"]),
        ({"held": True, "in_custody": True, "violations": 3}, "D", ["held"]),
    ],
)
def test_the_records_speak_for_a_group_and_say_why(changes, group, grounds):
    found = suggest(replace(GOOD, **changes))

    assert (found.group, [reason.ground for reason in found.reasons]) == (group, grounds)


def test_a_reason_carries_its_number():
    found = suggest(replace(GOOD, open_needs=2))

    assert {reason.ground: reason.number for reason in found.reasons} == {
        Ground.CONTACTS_KEPT: 3,
        Ground.JOB: 0,
        Ground.HARDSHIP: 2,
    }
    assert suggest(replace(GOOD, missed=5)).reasons[0].number == 5
    assert suggest(replace(GOOD, violations=4)).reasons[0].number == 4


FACTS = (*[st.booleans()] * 2, *[st.integers(0, 9)] * 3, *[st.booleans()] * 2, st.integers(0, 9), st.booleans())
ANY = st.builds(GroupFacts, *FACTS)
ORDER = [Group.A, Group.B, Group.C, Group.D]


@given(ANY)
def test_every_suggestion_has_its_reasons(facts):
    assert suggest(facts).reasons


@given(ANY)
def test_one_more_violation_never_makes_the_group_better(facts):
    before, after = suggest(facts).group, suggest(replace(facts, violations=facts.violations + 1)).group

    assert after is not None
    assert before is None or ORDER.index(after) >= ORDER.index(before)


@pytest.mark.parametrize(
    ("group", "before", "asks"),
    [("A", "", False), ("B", "", False), ("C", "", True), ("B", "A", True), ("C", "C", True), ("B", "C", False)]
    + [("B", "B", False), ("B", "D", False), ("D", "A", False), ("D", "C", False), ("C", "D", True)],
)
def test_group_c_and_a_worse_group_than_before_ask_for_a_goal(group, before, asks):
    assert is_setback(group, before) is asks
