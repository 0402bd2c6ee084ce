"""A rate of reoffending says of whom it is, wherever it stands."""

from cases.reports.lists.reoffending import BASE_WORDS
from cases.reports.periodic.outcomes import RECORD
from cases.views.dashboard.reoffending import RATE_WORDS


def test_every_rate_names_its_denominator_in_its_title():
    rates = [each for each in RECORD if each.of]

    assert {each.key for each in rates} == {"reoffence_rate"}
    assert all("trên tổng số được quản lý trong kỳ" in str(each.title) for each in rates)
    assert all("trong số" in str(words) or "trên" in str(words) or "của" in str(words) for words in RATE_WORDS.values())
    assert set(BASE_WORDS) == set(RATE_WORDS)
