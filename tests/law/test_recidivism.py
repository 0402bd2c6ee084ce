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


@pytest.mark.parametrize(
    ("act", "hint"), [("31/12/2013", "recidivism"), ("01/01/2014", "dangerous_recidivism")], ids=["fifteen", "sixteen"]
)
def test_article_91_7_what_was_done_under_sixteen_makes_no_recidivism_dangerous(act, hint):
    grave = {"severity": OffenceClass.EXTREMELY_SERIOUS}
    first = conviction(offences=(offence(act, **grave), offence("01/01/2016")), effective="01/01/2017")

    found = evaluate(case(first, again(**grave), born="01/01/1998"), TODAY)

    assert found.recidivism_hint == hint


@pytest.mark.parametrize(
    ("severity", "hint"), [(OffenceClass.SERIOUS, "recidivism"), (OffenceClass.VERY_SERIOUS, "dangerous_recidivism")]
)
def test_article_107_1_what_left_no_record_makes_no_recidivism_dangerous(severity, hint):
    grave = offence("01/02/2014", severity=OffenceClass.VERY_SERIOUS)
    first = conviction("01/01/2020", offences=(grave,), effective="01/06/2014")
    # judged together: a grave act before the first judgment, whose record the third act met, and one at seventeen
    before = offence("01/03/2014", severity=OffenceClass.VERY_SERIOUS)
    second = conviction(
        "01/01/2022", id="B", offences=(before, offence("01/07/2015", severity=severity)), effective="01/06/2016"
    )
    third = again("01/06/2022", "01/06/2023", id="C", severity=OffenceClass.LESS_SERIOUS)

    found = evaluate(case(first, second, third, born="01/01/1998"), TODAY)

    assert found.recidivism_hint == hint


def test_a_negligent_crime_of_the_third_class_at_seventeen_counts_for_nothing_grave():
    first = conviction(
        offences=(
            offence("01/07/2015", fault=Fault.NEGLIGENT, severity=OffenceClass.VERY_SERIOUS),
            offence("01/07/2016"),
        ),
        effective="01/01/2017",
    )

    found = evaluate(case(first, again(severity=OffenceClass.VERY_SERIOUS), born="01/01/1998"), TODAY)

    assert found.recidivism_hint == "recidivism"
