"""Of any case: the true verdict of every completion lies within the bounds, and what decides narrows most."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from cases.law.bounds import Bounds
from cases.law.deciding import unknown_facts
from cases.law.expungement import evaluate
from cases.law.extremes import FAR, LONG_AGO
from cases.law.facts import ObligationState
from tests.law.cases import day
from tests.law.test_properties import cases

TODAY = day("01/07/2026")
CONVICTION = [
    "offences",
    "main_penalty",
    "months",
    "penalty_kind",
    "main_done_on",
    "effective_on",
    "additional",
    "obligations",
]
OFFENCE = ["fault", "severity", "article", "act_on"]
PART = ["state", "stated", "done_on", "end", "sort"]
NAMES = ["born_on", "penalty_kind", *CONVICTION, *OFFENCE, *PART]


def without(facts, name, number):
    """The case with one fact of it unknown; the same case where it has no such fact."""
    if name == "born_on":
        return replace(facts, born_on=None)
    convictions = list(facts.convictions)
    number %= len(convictions)
    convictions[number] = hide(convictions[number], name)
    return replace(facts, convictions=tuple(convictions))


def hide(judged, name):
    if name in ("months", "penalty_kind"):
        penalty = judged.main_penalty and replace(judged.main_penalty, **{name.removeprefix("penalty_"): None})
        return replace(judged, main_penalty=penalty)
    if name == "main_done_on" and judged.exempt:
        return judged  # no penalty, no day it was done
    if name in CONVICTION:
        return replace(judged, **{name: None})
    part = "offences" if name in OFFENCE else "additional" if name in ("end", "sort") else "obligations"
    rows = getattr(judged, part)
    if not rows:
        return judged
    changes = {
        "state": {"state": ObligationState.UNKNOWN, "done_on": None},
        "stated": {"state": None},
        "done_on": {"done_on": None},
        "end": {"done_on": None},
        "sort": {"kind": None},
    }
    return replace(judged, **{part: (replace(rows[0], **changes.get(name, {name: None})), *rows[1:])})


def lies_within(verdict, bounds):
    if verdict.status == "no_record":
        return bounds.no_record
    if verdict.due_on is None:
        return bounds.latest is None
    return bounds.earliest <= verdict.due_on <= (bounds.latest or FAR)


def heard_of(facts):
    """The first day on which all that is said of done obligations and acts lies in the past."""
    days = [row.done_on for each in facts.convictions for row in each.obligations or () if row.done_on]
    return max([*days, *(act for each in facts.convictions for act in each.acts())])


HOLES = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 2)), min_size=1, max_size=4)


@given(cases(), HOLES, st.integers(0, 4000))
def test_the_true_verdict_of_any_completion_lies_within_the_bounds(facts, holes, later):
    on = heard_of(facts) + timedelta(days=later)
    true = evaluate(facts, on)
    assume(true.status != "incomplete")
    holed = facts
    for name, number in holes:
        holed = without(holed, name, number)

    found = evaluate(holed, on)

    assume(not any(";" in text for text in found.missing))  # a lapse that cannot be is no gap
    assert lies_within(true, found.bounds), (true.status, true.due_on, found.bounds, found.missing)
    latest = None if found.status == "hold" else found.due_on
    assert found.due_on is None or found.missing or found.bounds == Bounds(found.due_on, latest)
    assert found.due_on is None or lies_within(found, found.bounds)


@given(cases(), HOLES)
def test_what_is_incomplete_shows_no_single_day_and_names_one_field_of_what_is_missing(facts, holes):
    for name, number in holes:
        facts = without(facts, name, number)

    verdict = evaluate(facts, TODAY)

    if verdict.status == "incomplete":
        assert (verdict.due_on, verdict.decides.text[-1]) == (None, ".")
        assert verdict.bounds.earliest is None or verdict.bounds.earliest != verdict.bounds.latest
        assert any(text.startswith(verdict.decides.field) for text in verdict.missing)
    assert verdict.decides is None or verdict.missing


def spread(verdicts):
    """How many days lie between the answers, in the measure of Bounds.width; None where one contradicts itself."""
    days = []
    for each in verdicts:
        if each.status == "incomplete":
            return None
        days.append(LONG_AGO if each.status == "no_record" else each.due_on or FAR)
    return (max(days) - min(days)).days


def completions(facts, on):
    """Every way to answer all that is unknown, first answers first; the answers given, and the case then known."""
    unknown = next(unknown_facts(facts, on), None)
    if unknown is None:
        yield {}, facts
        return
    for number, (_words, answered) in enumerate(unknown.answers):
        for told, known in completions(answered(), on):
            yield {unknown.field: number, **told}, known


ANSWERED = ["fault", "severity", "article", "main_penalty", "state", "done_on", "obligations", "born_on"]


@given(cases(names=("A",)), st.lists(st.tuples(st.sampled_from(ANSWERED), st.integers(0, 1)), min_size=2, max_size=3))
def test_the_fact_that_decides_is_the_one_that_narrows_most_by_brute_force(facts, holes):
    on = heard_of(facts) + timedelta(days=30)
    assume(all(each.exempt or each.main_done_on for each in facts.convictions))
    for name, number in holes:
        facts = without(facts, name, number)
    verdict = evaluate(facts, on)
    assume(verdict.status == "incomplete" and not any(";" in text for text in verdict.missing))
    found = [(told, evaluate(known, on)) for told, known in completions(facts, on)]
    assume(spread([each for _told, each in found]) is not None)

    left = {}
    for field in [each.field for each in unknown_facts(facts, on) if each.field in verdict.missing]:
        answers = sorted({told[field] for told, _ in found})
        left[field] = sum(spread([each for told, each in found if told[field] == answer]) for answer in answers) / len(
            answers
        )

    assert left[verdict.decides.field] == min(left.values()), left
