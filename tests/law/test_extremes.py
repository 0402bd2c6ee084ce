"""A judgment of which something is unknown, at its best and at its worst."""

from dataclasses import replace

import pytest

from cases.law.expungement import evaluate
from cases.law.extremes import penalties_tried
from cases.law.facts import AdditionalFacts, AdditionalKind, OffenceClass
from tests.law.cases import case, conviction, day, offence, prison
from tests.law.test_bounds_properties import TODAY, lies_within


@pytest.mark.parametrize("ban", [(), (AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, day("01/01/2030")),), None])
@pytest.mark.parametrize("treason", [{}, {"article": 109, "severity": OffenceClass.EXTREMELY_SERIOUS}])
def test_article_70_2_many_unknown_periods_are_tried_at_their_ends_within_which_each_lies(ban, treason):
    parts = {"offences": (offence("05/01/2005", **treason),), "effective": "01/06/2005", "additional": ban}
    unknown = [conviction(f"01/01/{2010 + n}", id=str(n), main_penalty=prison(None), **parts) for n in range(4)]
    known = [replace(each, main_penalty=prison(120), additional=ban or ()) for each in unknown]

    bounds = evaluate(case(*unknown), TODAY).bounds

    assert lies_within(evaluate(case(*known), TODAY), bounds)
    assert {len(each) for each in penalties_tried(unknown)} == {2}
    assert {len(each) for each in penalties_tried(unknown[:3])} == {4}
