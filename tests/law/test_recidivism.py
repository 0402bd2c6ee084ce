"""Điều 53 BLHS, as a hint."""

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import Fault, OffenceClass
from tests.law.cases import case, conviction, day, offence

TODAY = day("01/07/2026")


def again(act="01/06/2021", done="01/01/2023", id="B", **nature):
    return conviction(done, id=id, offences=(offence(act, **nature),))


@pytest.mark.parametrize(
    ("nature", "hint"),
    [
        ({}, "recidivism"),
        ({"fault": Fault.NEGLIGENT}, "none"),
        ({"fault": Fault.NEGLIGENT, "severity": OffenceClass.VERY_SERIOUS}, "recidivism"),
        ({"severity": OffenceClass.EXTREMELY_SERIOUS}, "recidivism"),
    ],
)
def test_paragraph_1_what_counts_as_done_again(nature, hint):
    assert evaluate(case(conviction(), again(**nature)), TODAY).recidivism_hint == hint


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        ({"severity": OffenceClass.VERY_SERIOUS}, {"severity": OffenceClass.VERY_SERIOUS}, "dangerous_recidivism"),
        ({"severity": OffenceClass.VERY_SERIOUS}, {"severity": OffenceClass.SERIOUS}, "recidivism"),
        ({"severity": OffenceClass.SERIOUS}, {"severity": OffenceClass.VERY_SERIOUS}, "recidivism"),
        (
            {"severity": OffenceClass.VERY_SERIOUS, "fault": Fault.NEGLIGENT},
            {"severity": OffenceClass.VERY_SERIOUS},
            "recidivism",
        ),
    ],
)
def test_paragraph_2_a_two_grave_deliberate_crimes(before, after, hint):
    first = conviction(offences=(offence(**before),))

    assert evaluate(case(first, again(**after)), TODAY).recidivism_hint == hint


@pytest.mark.parametrize(
    ("fault", "hint"), [(Fault.DELIBERATE, "dangerous_recidivism"), (Fault.NEGLIGENT, "recidivism")]
)
def test_paragraph_2_b_a_deliberate_crime_after_recidivism(fault, hint):
    third = again("01/06/2024", "01/06/2025", id="C", fault=fault)

    assert evaluate(case(conviction(), again(), third), TODAY).recidivism_hint == hint


def test_an_exempted_crime_of_unknown_nature_gives_no_hint():
    exempted = conviction(id="B", exempt=True, offences=(offence("01/06/2021", fault=None),))

    assert evaluate(case(conviction(), exempted), TODAY).recidivism_hint == "none"


def test_a_case_with_gaps_gives_no_hint():
    assert evaluate(case(conviction(), again(), born=None), TODAY).recidivism_hint == "none"
