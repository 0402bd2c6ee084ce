"""The one next paper, and what it opens the way to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.paper_path import NEEDS_FIRST, Paper, PaperStage, PathFacts, next_paper

R, I, H, L = Paper  # noqa: E741


def facts(*, has_number=True, wanted=(), **stages):
    return PathFacts({Paper(name): PaperStage(stage) for name, stage in stages.items()}, has_number, frozenset(wanted))


@pytest.mark.parametrize(
    ("known", "paper", "stage", "unlocks"),
    [
        (facts(has_number=False), R, None, (I, H, L)),
        (facts(has_number=False, residence="handed_over"), I, None, (H, L)),
        (facts(has_number=False, residence="submitted"), R, PaperStage.SUBMITTED, (I, H, L)),
        (facts(has_number=True, identity="needed"), I, PaperStage.NEEDED, (H, L)),
        (facts(has_number=False, identity="needed"), R, None, (I, H, L)),
        (facts(has_number=False, identity="submitted"), I, PaperStage.SUBMITTED, (H, L)),
        (facts(has_number=False, identity="refused"), R, None, (I, H, L)),
        (facts(has_number=True, residence="handed_over", identity="refused"), I, PaperStage.REFUSED, (H, L)),
        (facts(identity="handed_over", insurance="issued"), H, PaperStage.ISSUED, ()),
        (facts(wanted=[L]), L, None, ()),
        (facts(wanted=[H, L]), H, None, ()),
        (facts(has_number=False, wanted=[L], identity="handed_over"), L, None, ()),
        (facts(has_number=True, residence="needed"), R, PaperStage.NEEDED, (H, L)),
    ],
)
def test_the_first_paper_that_is_wanting_comes_next(known, paper, stage, unlocks):
    found = next_paper(known)

    assert (found.paper, found.stage, found.unlocks) == (paper, stage, unlocks)


@pytest.mark.parametrize(
    "known",
    [facts(), facts(identity="handed_over", has_number=False), facts(insurance="handed_over", has_number=False)],
)
def test_nothing_comes_next_where_nothing_is_wanting(known):
    assert next_paper(known) is None


PATHS = st.builds(
    PathFacts,
    st.dictionaries(st.sampled_from(Paper), st.sampled_from(PaperStage)),
    st.booleans(),
    st.frozensets(st.sampled_from(Paper)),
)


@given(PATHS)
def test_the_next_paper_is_never_one_already_held_nor_opens_an_earlier_one(known):
    found = next_paper(known)

    if found:
        assert found.stage is not PaperStage.HANDED_OVER
        assert all(list(Paper).index(later) > list(Paper).index(found.paper) for later in found.unlocks)


@given(PATHS)
def test_with_every_paper_handed_over_the_path_is_at_its_end(known):
    done = PathFacts(dict.fromkeys(Paper, PaperStage.HANDED_OVER), known.has_number, known.wanted)

    assert next_paper(done) is None


def test_the_path_stands_in_an_order_that_can_be_walked():
    order = list(Paper)
    assert all(order.index(first) < order.index(paper) for paper, before in NEEDS_FIRST.items() for first in before)
