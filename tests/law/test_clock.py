"""The edges of the clock: holds, restarts, the court's route, the word of the court."""

from dataclasses import replace

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import (
    AdditionalKind,
    DoneHow,
    Fault,
    ObligationFacts,
    ObligationKind,
    ObligationState,
    OffenceClass,
    PenaltyFacts,
    PenaltyKind,
)
from cases.law.waiting import RULE_SETS
from tests.law.cases import case, control, conviction, day, offence, owed, paid

TODAY = day("01/07/2026")
TREASON = (offence(article=109, severity=OffenceClass.EXTREMELY_SERIOUS),)
WAIVED = ObligationFacts(ObligationKind.COURT_FEE, ObligationState.WAIVED, None)

PERIODS = [
    # article, main penalty, months, automatic, court, juvenile
    ("khoản 2 điểm a warning", PenaltyKind.WARNING, None, 12, 12, 6),
    ("khoản 2 điểm a reform", PenaltyKind.NON_CUSTODIAL, None, 12, 12, 6),
    ("khoản 2 điểm a suspended", PenaltyKind.SUSPENDED_PRISON, 36, 12, 12, 6),
    ("khoản 2 điểm b", PenaltyKind.PRISON, 60, 24, 36, 12),
    ("khoản 2 điểm c", PenaltyKind.PRISON, 61, 36, 60, 24),
    ("khoản 2 điểm c upper end", PenaltyKind.PRISON, 180, 36, 60, 24),
    ("khoản 2 điểm d", PenaltyKind.PRISON, 181, 60, 84, 36),
]


@pytest.mark.parametrize("row", PERIODS, ids=[row[0] for row in PERIODS])
def test_the_period_follows_column_and_point(row):
    _, kind, months, automatic, court, juvenile = row
    grave = offence(article=168, severity=OffenceClass.EXTREMELY_SERIOUS)
    penalty = PenaltyFacts(kind, months)

    adult = case(conviction(offences=(grave,), main_penalty=penalty))
    by_court = case(conviction(offences=TREASON, main_penalty=penalty))
    minor = case(conviction(offences=(grave,), main_penalty=penalty), born="01/06/1997")

    found = [evaluate(each, TODAY).convictions[0].months for each in (adult, by_court, minor)]
    assert found == [automatic, court, juvenile]


@pytest.mark.parametrize("kind", [PenaltyKind.LIFE, PenaltyKind.DEATH_COMMUTED])
def test_article_70_2_d_life_waits_five_years(kind):
    verdict = evaluate(case(conviction(main_penalty=PenaltyFacts(kind))), TODAY)

    assert verdict.due_on == day("02/01/2025")


@pytest.mark.parametrize(
    ("kind", "months", "treason", "due"),
    [
        (AdditionalKind.POST_BAN, 36, False, "02/06/2027"),
        (AdditionalKind.RESIDENCE_BAN, 180, False, "02/06/2027"),
        (AdditionalKind.RIGHTS, 181, False, "02/01/2025"),
        (AdditionalKind.RIGHTS, 36, True, "02/06/2027"),
        (AdditionalKind.POST_BAN, 36, True, "02/06/2027"),
        (AdditionalKind.RIGHTS, 61, True, "02/06/2027"),
    ],
)
def test_article_70_2_and_71_2_which_additional_penalty_holds_which_period(kind, months, treason, due):
    offences = TREASON if treason else (offence(),)
    facts = conviction(months=months, offences=offences, additional=(control("01/06/2027", kind),))

    verdict = evaluate(case(facts), TODAY)

    assert verdict.due_on == day(due)
    lengthens = any("hết khi chấp hành xong hình phạt bổ sung" in step for step in verdict.steps)
    waits = any("phải chấp hành xong mới được nộp đơn" in step for step in verdict.steps)
    assert (lengthens or waits) == (due == "02/06/2027")
    assert waits == (treason and not lengthens)


@pytest.mark.parametrize("until", ["01/06/2021", "01/01/2022"])
def test_article_70_2_an_additional_penalty_that_ends_no_later_holds_nothing(until):
    verdict = evaluate(case(conviction(additional=(control(until),))), TODAY)

    assert verdict.due_on == day("02/01/2022")
    assert not any("quản chế" in step for step in verdict.steps)


def test_a_waiver_without_a_day_holds_nothing():
    assert evaluate(case(conviction(obligations=(WAIVED,))), TODAY).due_on == day("02/01/2022")


def test_article_73_3_one_offence_of_chapter_xiii_takes_all_to_the_court():
    verdict = evaluate(case(conviction(offences=(offence(), *TREASON))), TODAY)

    assert (verdict.route, verdict.due_on) == ("court", day("02/01/2023"))
    assert "Điều 73 khoản 3" in verdict.steps[0]


def test_two_offences_of_one_kind_stay_on_their_route():
    negligent = offence(fault=Fault.NEGLIGENT)

    assert evaluate(case(conviction(offences=(offence(), negligent))), TODAY).route == "automatic"
    assert "Điều 71 khoản 1" in evaluate(case(conviction(offences=(*TREASON, *TREASON))), TODAY).steps[0]
    assert "Điều 71 khoản 1" in evaluate(case(conviction(offences=(*TREASON, negligent))), TODAY).steps[0]
    assert evaluate(case(conviction(offences=(negligent, negligent))), TODAY).status == "no_record"


def test_a_chapter_that_sends_to_the_court_is_believed_over_the_article():
    verdict = evaluate(case(conviction(offences=(offence(article=173, chapter="xiii"),))), TODAY)

    assert verdict.route == "court"


def test_a_chapter_without_an_article_is_enough():
    verdict = evaluate(case(conviction(offences=(offence(article=None, chapter="XVI"),))), TODAY)

    assert verdict.due_on == day("02/01/2022")


def test_article_71_the_decision_ends_the_record_on_its_day():
    facts = conviction(offences=TREASON, court_decision_on=day("10/03/2024"))

    verdict = evaluate(case(facts), TODAY)

    assert (verdict.status, verdict.due_on) == ("expunged", day("10/03/2024"))
    assert evaluate(case(facts), day("10/03/2024")).status == "expunged"
    assert evaluate(case(facts), day("09/03/2024")).status == "running"


def test_the_first_clean_day_is_clean():
    assert evaluate(case(conviction()), day("01/01/2022")).status == "running"
    assert evaluate(case(conviction()), day("02/01/2022")).status == "eligible_unconfirmed"


def test_article_72_an_early_decision_ends_an_automatic_record_too():
    facts = conviction(court_decision_on=day("02/09/2020"), obligations=(owed(),))

    assert evaluate(case(facts), TODAY).due_on == day("02/09/2020")


def test_a_decision_after_the_period_changes_no_automatic_date():
    facts = conviction(court_decision_on=day("01/01/2024"))

    assert evaluate(case(facts), TODAY).due_on == day("02/01/2022")


@pytest.mark.parametrize(
    ("rejected", "due"),
    [(["10/03/2025"], "11/03/2026"), (["10/03/2025", "20/04/2026"], "21/04/2028"), (["10/03/2020"], "02/01/2023")],
)
def test_article_71_3_a_refusal_makes_the_next_application_wait(rejected, due):
    facts = conviction(offences=TREASON, court_rejected_on=tuple(map(day, rejected)))

    verdict = evaluate(case(facts), TODAY)

    assert verdict.due_on == day(due)
    assert any("Điều 71 khoản 3" in step for step in verdict.steps)


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("01/06/2021", "hold"),
        ("02/01/2022", "eligible_unconfirmed"),
        ("01/01/2016", "eligible_unconfirmed"),
        ("01/01/2018", "hold"),
    ],
)
def test_article_73_2_an_open_investigation_holds_where_the_act_fell_in_the_period(act, status):
    facts = conviction(effective="01/06/2017")

    assert evaluate(case(facts, investigated_on=(day(act),)), TODAY).status == status


def test_an_investigation_nobody_can_place_holds():
    verdict = evaluate(case(conviction(), investigated_on=(day("01/01/2018"),)), TODAY)

    assert (verdict.status, verdict.bounds.earliest) == ("hold", verdict.due_on)
    assert verdict.bounds.latest is None  # Điều 73 khoản 2: a conviction starts the period anew
    assert any("Hành vi ngày 01/01/2018 đang bị điều tra" in step for step in verdict.steps)


def test_article_73_2_a_new_sentence_being_served_leaves_the_old_period_open():
    new = conviction(None, id="B", act="01/06/2021", effective="01/06/2022")

    verdict = evaluate(case(conviction(), new), TODAY)

    assert (verdict.status, verdict.due_on) == ("reset_pending", None)
    assert verdict.missing == ("convictions[B].main_done_on",)
    assert any("hiện chưa có ngày" in step for step in verdict.steps)


def test_a_new_sentence_that_held_up_nothing_is_only_incomplete():
    new = conviction(None, id="B", act="01/06/2023", effective="01/06/2024")

    assert evaluate(case(conviction(), new), TODAY).status == "incomplete"


def test_article_73_2_an_act_before_the_first_judgment_restarts_nothing():
    old = conviction(effective="01/06/2016")
    tried_later = conviction("01/01/2023", id="B", act="01/05/2016", effective="01/06/2021")

    verdict = evaluate(case(old, tried_later), TODAY)

    assert {each.id: each.due_on for each in verdict.convictions} == {"A": day("02/01/2022"), "B": day("02/01/2025")}


@pytest.mark.parametrize("act", ["01/05/2014", "05/01/2015"])
def test_an_act_no_later_than_the_older_act_restarts_nothing(act):
    tried_later = conviction("01/01/2023", id="B", act=act, effective="01/06/2021")

    verdict = evaluate(case(conviction(), tried_later), TODAY)

    assert {each.id: each.due_on for each in verdict.convictions} == {"A": day("02/01/2022"), "B": day("02/01/2025")}
    assert verdict.recidivism_hint == "none"


@pytest.mark.parametrize(("effective", "act"), [("01/06/2016", "01/06/2016"), (None, "01/01/2020")])
def test_an_act_on_the_first_day_of_the_record_restarts_it(effective, act):
    new = conviction("01/01/2023", id="B", act=act)

    assert evaluate(case(conviction(effective=effective), new), TODAY).convictions[0].due_on == day("02/01/2025")


def test_an_act_nobody_can_place_asks_for_the_day_the_judgment_came_into_force():
    during = conviction("01/01/2023", id="B", act="01/05/2018")

    assert evaluate(case(conviction(), during), TODAY).missing == ("convictions[A].effective_on",)


def test_a_shorter_sentence_for_an_act_in_prison_never_shortens_the_old_period():
    in_prison = conviction("01/01/2019", id="B", act="01/05/2017", effective="01/01/2018", months=6)

    verdict = evaluate(case(conviction(effective="01/06/2016"), in_prison), TODAY)

    assert verdict.due_on == day("02/01/2022")


def test_an_exempted_new_crime_restarts_from_its_judgment():
    exempted = conviction(None, id="B", act="01/06/2021", effective="01/12/2021", exempt=True)

    verdict = evaluate(case(conviction(), exempted), TODAY)

    assert verdict.due_on == day("02/12/2023")


def test_article_69_2_exempted_from_penalty_leaves_no_record():
    verdict = evaluate(case(conviction(None, exempt=True, offences=None, main_penalty=None)), TODAY)

    assert (verdict.status, verdict.route, verdict.convictions[0].legal_basis) == (
        "no_record",
        None,
        "Điều 69 khoản 2 BLHS",
    )


@pytest.mark.parametrize(
    ("severity", "fault", "status"),
    [
        (OffenceClass.SERIOUS, Fault.DELIBERATE, "no_record"),
        (OffenceClass.VERY_SERIOUS, Fault.NEGLIGENT, "no_record"),
        (OffenceClass.VERY_SERIOUS, Fault.DELIBERATE, "eligible_unconfirmed"),
        (OffenceClass.EXTREMELY_SERIOUS, Fault.NEGLIGENT, "eligible_unconfirmed"),
    ],
)
def test_article_107_sixteen_and_seventeen(severity, fault, status):
    facts = conviction(offences=(offence(severity=severity, fault=fault),))

    verdict = evaluate(case(facts, born="05/01/1999"), TODAY)

    assert verdict.status == status
    assert any("Điều 107" in step for step in verdict.steps)


def test_article_107_does_not_reach_the_eighteenth_birthday():
    facts = conviction(offences=(offence(severity=OffenceClass.SERIOUS),))

    assert evaluate(case(facts, born="05/01/1997"), TODAY).convictions[0].months == 24


def test_one_record_ended_by_the_court_leaves_the_other_to_be_confirmed():
    ended = conviction(court_decision_on=day("01/02/2023"), offences=TREASON, effective="01/06/2015")
    other = conviction("01/01/2021", id="B", act="01/01/2015", effective="01/08/2020")

    verdict = evaluate(case(ended, other), TODAY)

    assert (verdict.status, verdict.route, verdict.due_on) == ("eligible_unconfirmed", "court", day("01/02/2023"))


@pytest.mark.parametrize(("first", "second"), [("01/01/2014", "01/01/2021"), ("01/01/2021", "01/01/2014")])
def test_article_73_2_any_of_several_investigations_holds(first, second):
    verdict = evaluate(case(conviction(), investigated_on=(day(first), day(second))), TODAY)

    assert verdict.status == "hold"
    assert "Hành vi ngày 01/01/2021" in verdict.steps[-2]


def test_article_73_2_a_judgment_that_exempts_restarts_when_it_takes_effect():
    exempting = conviction(None, id="B", act="01/06/2021", exempt=True, main_penalty=None)

    unknown = evaluate(case(conviction(), exempting), TODAY)
    known = evaluate(case(conviction(), replace(exempting, effective_on=day("01/02/2022"))), TODAY)

    assert (unknown.status, unknown.missing) == ("reset_pending", ("convictions[B].effective_on",))
    assert known.due_on == day("02/02/2024")


def stricter_or_milder(months, since="01/01/2021"):
    waits = tuple(replace(wait, months=months) for wait in RULE_SETS[-1].waits)
    return (*RULE_SETS, replace(RULE_SETS[-1], code="NEW", valid_from=day(since), waits=waits))


@pytest.mark.parametrize(
    ("act", "done", "months", "due", "rules"),
    [
        ("05/01/2015", "01/01/2020", 48, "02/01/2022", "BLHS-2026"),
        ("05/01/2015", "01/01/2020", 12, "02/01/2021", "NEW"),
        ("01/02/2021", "01/01/2022", 48, "02/01/2024", "BLHS-2026"),
        ("01/02/2026", "01/04/2026", 48, "02/04/2028", "BLHS-2026"),
    ],
)
def test_article_7_a_later_rule_reaches_back_only_where_it_favours_the_person(act, done, months, due, rules):
    verdict = evaluate(case(conviction(done, act=act)), TODAY, stricter_or_milder(months))

    assert (verdict.due_on, verdict.rules) == (day(due), rules)
    assert verdict.steps[-1].startswith(f"Quy tắc áp dụng: {rules},")


def test_where_something_is_missing_the_rules_in_force_are_named():
    verdict = evaluate(case(conviction(act="05/01/2015", obligations=None)), TODAY, stricter_or_milder(12))

    assert [step for step in verdict.steps if step.startswith("Quy tắc")] == [verdict.steps[-1]]
    assert verdict.steps[-1].startswith("Quy tắc áp dụng: BLHS-2026,")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (None, "chấp hành xong hình phạt chính 01/01/2020 (Điều 70 khoản 2 BLHS)"),
        (DoneHow.LIMITATION, "hết thời hiệu thi hành bản án 01/01/2020 (Điều 70 khoản 3 BLHS)"),
        (DoneHow.AMNESTY, "được đặc xá, miễn phần hình phạt còn lại 01/01/2020 (Điều 73 khoản 4 BLHS)"),
    ],
)
def test_the_start_is_said_in_the_words_of_the_law(how, words):
    verdict = evaluate(case(conviction(main_done_how=how, act="05/01/2014")), TODAY)

    assert any(words in step for step in verdict.steps)


def test_a_late_payment_is_said():
    verdict = evaluate(case(conviction(obligations=(paid("01/02/2023"),))), TODAY)

    assert any("thi hành xong ngày 01/02/2023, sau khi hết thời hạn" in step for step in verdict.steps)


def test_the_law_in_force_on_the_day_is_named():
    assert evaluate(case(conviction()), day("31/12/2025")).rules == "BLHS-2018"
    assert evaluate(case(conviction()), day("01/01/2026")).rules == "BLHS-2026"
