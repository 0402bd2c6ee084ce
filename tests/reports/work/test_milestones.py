"""Whom one may congratulate: so long at work as a check says, told once, for 30 days."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.models import Congratulation, JobCheck, JobReferral
from cases.reports.work.milestones import jobs_to_look_at, milestones
from tests.makers import make_activity, make_group, make_referral, make_returnee

ON = date(2026, 6, 30)
MONTH, HALF_YEAR, YEAR = Congratulation.Step.MONTH, Congratulation.Step.HALF_YEAR, Congratulation.Step.YEAR


@pytest.fixture
def person(an):
    return make_returnee(by=an, completed_on=date(2025, 1, 10), presented_on=date(2025, 1, 12))


def job(person, by, started_on):
    row = make_referral(returnee=person, by=by, referred_on=started_on)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=row, state=state, on=started_on, by=by)
    return row


def check(row, day, by, still=True):
    found = JobCheck(referral=row, day=day, on=row.started_on + timedelta(days=day), still_working=still)
    return actions.employment.record_check(job_check=found, by=by)


def reached(user, on, mine=False):
    return [(row.step, row.on) for row in milestones(jobs_to_look_at(user, on, mine), on)]


def test_a_month_counts_once_somebody_has_looked_and_waits_for_thirty_days(person, an):
    row = job(person, an, ON - timedelta(days=35))
    assert reached(an, ON) == []

    check(row, 30, an)

    day = row.started_on + timedelta(days=30)
    assert reached(an, ON) == [(MONTH, day)]
    assert reached(an, day + timedelta(days=29)) == [(MONTH, day)]
    assert reached(an, day + timedelta(days=30)) == []
    assert reached(an, day - timedelta(days=1)) == []


def test_half_a_year_stands_in_the_place_of_the_month_and_a_year_rests_on_its_check(person, an):
    row = job(person, an, date(2025, 6, 25))
    for day in (30, 180):
        check(row, day, an)

    assert reached(an, row.started_on + timedelta(days=181)) == [(HALF_YEAR, row.started_on + timedelta(days=180))]
    assert reached(an, ON) == [(YEAR, date(2026, 6, 25))]


def test_who_was_no_longer_there_or_has_left_is_not_congratulated(person, an):
    row = job(person, an, ON - timedelta(days=100))
    check(row, 30, an)
    assert reached(an, row.started_on + timedelta(days=31)) != []

    check(row, 90, an, still=False)
    assert reached(an, row.started_on + timedelta(days=31)) == []


def test_a_visit_or_a_word_ends_it_for_everybody(person, an, anh):
    row = job(person, an, ON - timedelta(days=32))
    check(row, 30, an)
    assert reached(anh, ON) != []

    visit = make_activity(person, by=an, on=ON - timedelta(days=1))
    assert reached(anh, ON) == []

    actions.activity.withdraw(activity=visit, by=an, reason="Nhầm")
    for _time in range(2):
        actions.congratulation.say(referral=row, step=MONTH, on=ON, by=an)
    assert reached(anh, ON) == []
    assert Congratulation.objects.count() == 1


def test_only_the_lead_s_own_people_and_those_of_nobody_are_mine(person, an, anh, binh):
    row = job(person, an, ON - timedelta(days=32))
    check(row, 30, an)
    make_group(returnee=person, lead=anh)

    assert reached(an, ON, mine=True) == []
    assert reached(anh, ON, mine=True) != []
    assert reached(binh, ON) == []
    assert JobReferral.objects.count() == 1
