from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.survival import chance_limits, survival, whole_months

PEOPLE = st.lists(st.tuples(st.integers(0, 59), st.booleans()), max_size=60)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2020, 1, 31), 0),
        (date(2020, 2, 28), 0),
        (date(2020, 2, 29), 1),
        (date(2020, 12, 30), 10),
        (date(2020, 12, 31), 11),
        (date(2021, 1, 31), 12),
    ],
)
def test_only_months_fully_over_count(day, months):
    assert whole_months(date(2020, 1, 31), day) == months


def test_a_day_before_the_start_is_refused():
    with pytest.raises(ValueError):
        whole_months(date(2020, 1, 2), date(2020, 1, 1))


def test_an_event_after_eleven_months_counts_in_the_twelfth():
    steps = survival([(11, True), (12, False)])

    assert [(step.month, step.events, step.share) for step in steps][10:] == [(11, 0, 1.0), (12, 1, 0.5)]


def test_who_is_no_longer_followed_leaves_the_share_as_it_is():
    """Four people: one falls in month 3, one is lost after 2 months, two are watched for 5: 2 of 3 stay."""
    steps = survival([(2, True), (2, False), (5, False), (5, False)])

    assert [(step.at_risk, step.events) for step in steps] == [(4, 0), (4, 0), (3, 1), (2, 0), (2, 0)]
    assert steps[-1].share == pytest.approx(2 / 3)


@given(PEOPLE)
def test_without_losses_the_share_is_a_plain_proportion(people):
    watched = [(months if fell else 60, fell) for months, fell in people]

    steps = survival(watched)

    for step in steps:
        fallen = sum(fell and months < step.month for months, fell in watched)
        assert step.share == pytest.approx(1 - fallen / len(watched))


@given(PEOPLE)
def test_the_share_only_falls_and_everybody_is_counted_once(people):
    steps = survival(people)

    shares = [1.0, *(step.share for step in steps)]
    assert all(0 <= later <= earlier for earlier, later in zip(shares, shares[1:], strict=False))
    assert sum(step.events for step in steps) == sum(fell for _, fell in people)


@pytest.mark.parametrize(
    ("people", "rate", "outside", "limits"),
    [
        (0, 0.1, 0.05, (0, 0)),
        (50, 0.0, 0.05, (0, 0)),
        (50, 1.0, 0.05, (50, 50)),
        (10, 0.5, 0.05, (2, 8)),  # quantiles of the binomial distribution, from tables
        (20, 0.1, 0.05, (0, 5)),
        (100, 0.05, 0.05, (1, 10)),
        (100, 0.05, 0.002, (0, 13)),
    ],
)
def test_the_limits_of_chance_are_binomial_quantiles(people, rate, outside, limits):
    assert chance_limits(people, rate, outside) == limits


def test_a_rate_beyond_one_is_refused():
    with pytest.raises(ValueError):
        chance_limits(10, 1.5, 0.05)
