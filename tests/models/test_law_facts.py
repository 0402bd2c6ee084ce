from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.law import facts
from cases.law.expungement import evaluate
from cases.lib.period import Period
from cases.models import AdditionalPenalty, Crime, Expungement, Judgment, Obligation, Offence, Returnee
from cases.models.law_facts import facts_of
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.reintegration import lines_behind
from cases.reports.periodic.report_scope import where_of
from tests.makers import TODAY, make_returnee

DUE = date(2024, 1, 2)  # three years of prison, done on 01/01/2022, two years of waiting


def judged(person, by, *, act_on=date(2018, 3, 1), parts=(), **changes):
    about = {"months": 36, "effective_on": date(2019, 1, 1), "main_done_on": date(2022, 1, 1), **changes}
    theft = Offence(name="x", article=173, clause=1, chapter="XVI", fault="deliberate", severity=1, act_on=act_on)
    judgment = Judgment(returnee=person, main_penalty="prison", main_done_how="served", **about)
    return actions.judgment.add(judgment=judgment, parts=[theft, *parts], by=by)


@pytest.fixture
def person(an):
    return make_returnee(by=an, born_on="1985-02-03", completed_on=date(2022, 1, 1), presented_on=date(2022, 1, 3))


def verdict(person, on=TODAY):
    return evaluate(facts_of([person.pk])[person.pk], on)


def counted(unit, on):
    period = Period(date(on.year, 1, 1), on)
    return lines_behind(BY_KEY["eligible"], where_of(unit, "as-was", period, on), period)


def test_every_fact_of_a_judgment_reaches_the_law(person, an):
    ban = AdditionalPenalty(kind="residence_ban", done_on=date(2023, 1, 1))
    fee = Obligation(kind="court_fee", state="done", done_on=date(2019, 2, 1))
    judged(person, an, parts=[ban, fee], number="12/2018/HSST")

    (conviction,) = facts_of([person.pk])[person.pk].convictions

    assert conviction.id == "12/2018/HSST"
    assert conviction.main_penalty == facts.PenaltyFacts(facts.PenaltyKind.PRISON, 36)
    assert conviction.offences[0].act_on == date(2018, 3, 1)
    assert conviction.offences[0].severity is facts.OffenceClass.LESS_SERIOUS
    assert conviction.additional == (facts.AdditionalFacts(facts.AdditionalKind.RESIDENCE_BAN, date(2023, 1, 1)),)
    assert conviction.obligations[0].state is facts.ObligationState.DONE
    assert conviction.main_done_how is facts.DoneHow.SERVED


def test_a_person_without_a_judgment_is_incomplete_never_clean(person):
    assert verdict(person).status == "incomplete"


def test_a_withdrawn_judgment_does_not_count(person, an):
    actions.row.withdraw(row=judged(person, an), by=an, reason="Nhập nhầm")

    assert facts_of([person.pk])[person.pk].convictions is None


def test_two_judgments_with_one_number_keep_names_of_their_own(person, an):
    rows = [judged(person, an, number="1/HS"), judged(person, an, number="1/HS")]

    assert [each.id for each in facts_of([person.pk])[person.pk].convictions] == [row.pk for row in rows]


@pytest.mark.parametrize(
    ("born_on", "read"),
    [("1985-02-03", date(1985, 2, 3)), ("1985", date(1985, 12, 31)), ("2000", None), ("2000-02", date(2000, 2, 29))],
)
def test_a_birth_known_in_part_is_used_where_it_makes_no_difference(born_on, read, an):
    person = make_returnee(by=an, born_on=born_on)
    judged(person, an)

    assert facts_of([person.pk])[person.pk].born_on == read


def test_article_107_a_birth_known_in_part_is_unknown_where_an_act_has_no_day(an):
    person = make_returnee(by=an, born_on="1985")
    judged(person, an)
    judged(person, an, act_on=None)

    assert facts_of([person.pk])[person.pk].born_on is None


def test_an_open_investigation_holds_the_record(person, an):
    judged(person, an)
    about = {"act_on": date(2023, 1, 1), "offence": "x", "severity": 1}
    actions.row.add(row=Crime(returnee=person, stage="charged", **about), by=an)

    assert verdict(person).status == "hold"


def test_a_report_under_verification_does_not_hold_it(person, an):
    judged(person, an)
    about = {"act_on": date(2023, 1, 1), "offence": "x", "severity": 1}
    actions.row.add(row=Crime(returnee=person, stage="reported", **about), by=an)

    assert verdict(person).status == "eligible_unconfirmed"


@pytest.mark.parametrize(("on", "count"), [(DUE - timedelta(days=1), 0), (DUE, 1)])
def test_a_person_is_eligible_from_the_day_the_clock_has_run_out(on, count, person, an, units):
    judged(person, an)

    assert len(counted(units.nam_da, on)) == count


@pytest.mark.parametrize(("dated", "count"), [(TODAY, 0), (TODAY - timedelta(days=1), 0)])
def test_confirmed_evidence_ends_the_waiting(dated, count, person, an, anh, units):
    judged(person, an)
    evidence = Expungement(returnee=person, evidence="slip_1", evidence_on=dated, confirmed_on=TODAY, confirmed_by=anh)
    actions.row.add(row=evidence, by=an)

    assert len(counted(units.nam_da, TODAY)) == count
    assert len(counted(units.nam_da, dated - timedelta(days=1))) == 1


def test_evidence_nobody_confirmed_changes_nothing(person, an, units):
    judged(person, an)
    actions.row.add(row=Expungement(returnee=person, evidence="slip_1", evidence_on=TODAY), by=an)

    assert len(counted(units.nam_da, TODAY)) == 1


def test_a_closed_file_is_not_waiting(person, an, units):
    judged(person, an)
    actions.returnee.close(returnee=person, on=TODAY, reason="died", by=an)

    assert counted(units.nam_da, TODAY) == []


def test_the_facts_of_many_take_as_many_queries_as_those_of_one(person, an):
    judged(person, an)
    with CaptureQueriesContext(connection) as one:
        facts_of([person.pk])
    for number in range(3):
        judged(make_returnee(by=an, full_name=f"Người Thứ {number}"), an)

    with CaptureQueriesContext(connection) as many:
        assert len(facts_of(Returnee.objects.all())) == 4
    assert len(many) == len(one) == 1
