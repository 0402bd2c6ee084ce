"""The reasoning as an officer reads it, word for word: wording.txt holds what each case below is told."""

from pathlib import Path

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import (
    AdditionalKind,
    DoneHow,
    Fault,
    ObligationKind,
    ObligationState,
    OffenceClass,
    PenaltyFacts,
    PenaltyKind,
    Problem,
)
from cases.law.wording import of_problem
from tests.law.cases import case, control, conviction, day, offence, owed, paid

ON = day("01/07/2026")
EARLIER = {"effective": "01/01/2016"}
SECURITY, POST = offence(article=109), AdditionalKind.POST_BAN


def later(done, **changes):
    return conviction(done, id="B", effective="01/01/2022", offences=(offence("01/06/2021"),), **changes)


CASES = {
    "settled late, held by a post ban": case(
        conviction(
            "10/01/2020",
            **EARLIER,
            obligations=(paid("01/02/2023"),),
            additional=(control("01/01/2021"), control("01/06/2022", POST)),
        )
    ),
    "settled on the last day": case(conviction("10/01/2020", **EARLIER, obligations=(paid("10/01/2022"),))),
    "court, amnestied, refused once": case(
        conviction(
            "01/01/2022",
            months=48,
            **EARLIER,
            offences=(SECURITY,),
            additional=(control("01/06/2026", POST),),
            court_rejected_on=(day("01/03/2025"),),
            main_done_how=DoneHow.AMNESTY,
        )
    ),
    "two chapters before the court": case(
        conviction("01/01/2022", **EARLIER, offences=(SECURITY, offence(article=421)))
    ),
    "court, decided, mixed": case(
        conviction("01/01/2022", **EARLIER, offences=(SECURITY, offence()), court_decision_on=day("01/08/2025"))
    ),
    "juvenile, by limitation": case(
        conviction(
            "01/03/2026",
            months=48,
            **EARLIER,
            offences=(offence(severity=OffenceClass.EXTREMELY_SERIOUS),),
            main_done_how=DoneHow.LIMITATION,
            obligations=(owed(),),
        ),
        born="01/01/1998",
    ),
    "adult, by limitation, fee unpaid": case(
        conviction("01/03/2022", **EARLIER, main_done_how=DoneHow.LIMITATION, obligations=(owed(),))
    ),
    "no record for three reasons": case(
        conviction(
            offences=(
                offence("01/01/2013", severity=OffenceClass.VERY_SERIOUS),
                offence("01/01/2015"),
                offence("01/01/2015", fault=Fault.NEGLIGENT),
            )
        ),
        born="01/01/1998",
    ),
    "juvenile, served": case(
        conviction("01/03/2024", **EARLIER, offences=(offence(severity=OffenceClass.EXTREMELY_SERIOUS),)),
        born="01/01/1998",
    ),
    "fine, obligations open and unknown": case(
        conviction(
            "01/01/2026",
            **EARLIER,
            main_penalty=PenaltyFacts(PenaltyKind.FINE),
            obligations=(owed(), owed(ObligationState.UNKNOWN, ObligationKind.COURT_FEE)),
            main_done_how=DoneHow.SERVED,
        )
    ),
    "suspended, its probation over": case(
        conviction(
            "01/01/2026",
            **EARLIER,
            main_penalty=PenaltyFacts(PenaltyKind.SUSPENDED_PRISON, 24),
            main_done_how=DoneHow.PROBATION_ENDED,
        )
    ),
    "exempting judgment not yet in force": case(
        conviction("01/01/2020", **EARLIER),
        conviction(None, id="B", act="01/06/2021", exempt=True, main_penalty=None),
    ),
    "restarted by a conditional release": case(
        conviction("01/01/2020", months=144, **EARLIER),
        later("01/10/2023", main_done_how=DoneHow.CONDITIONAL_RELEASE),
    ),
    "restart not yet dated": case(conviction("01/01/2020", **EARLIER), later(None)),
    "no record": case(conviction(offences=(offence(fault=Fault.NEGLIGENT),))),
    "investigated": case(conviction("01/01/2026", **EARLIER), investigated_on=(day("01/02/2026"),)),
    "facts missing": case(conviction(None, main_penalty=None, months=None)),
}


def told():
    """The file: a line with # and the name of a case, then its sentences."""
    found = {}
    for line in Path(__file__).with_name("wording.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            sentences = found[line[2:]] = []
        elif line:
            sentences.append(line)
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_told_word_for_word(name):
    *reasons, rules = evaluate(CASES[name], ON).steps

    assert reasons == told()[name]
    assert rules.startswith("Quy tắc áp dụng: BLHS-2026, Bộ luật Hình sự 2015, sửa đổi các năm 2017, 2024, 2025 (")


@pytest.mark.parametrize(("problem", "told"), [
    (Problem("convictions[về hành vi ngày 01/06/2021]"), "Bản án về hành vi ngày 01/06/2021: thiếu bản án."),
    (Problem("convictions"), "Thiếu bản án."),
    (Problem("born_on", "x", "ngày dạng YYYY-MM-DD"), "Ngày sinh không đúng: ngày dạng YYYY-MM-DD."),
])  # fmt: skip
def test_what_is_missing_is_told_by_its_vietnamese_name(problem, told):
    assert of_problem(problem) == told
