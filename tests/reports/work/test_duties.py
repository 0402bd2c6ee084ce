from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Appointment, Assessment, JobCheck, Snooze
from cases.reports.work import duties
from tests.makers import TODAY, make_activity, make_group, make_notice, make_paperwork, make_referral, make_returnee

ON = TODAY


def keys(user, **options):
    return {duty.key for duty in duties.duties(user, ON, **options)}


def start_job(person, by, days):
    referral = make_referral(returnee=person, by=by, referred_on=ON - timedelta(days=days))
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=ON - timedelta(days=days), by=by)
    return referral


def test_duties_come_from_the_records_of_the_person(an):
    person = make_returnee(by=an)
    agreed = actions.row.add(row=Appointment(returnee=person, kind="review", on=ON + timedelta(days=40)), by=an)
    paper = make_paperwork(returnee=person, by=an)
    job = start_job(person, an, 10)

    assert keys(an) == {"contact", f"appointment-{agreed.pk}", f"paperwork-{paper.pk}", f"job-{job.pk}-7", "assessment"}


def test_who_is_held_in_group_d_need_not_be_met_until_assessed_anew(an, anh):
    person = make_returnee(by=an)
    for ago, group in ((20, "D"), (10, "B")):
        on = ON - timedelta(days=ago)
        facts = {"returnee": person, "group": group, "on": on, "reason": "Tạm giam" if group == "D" else "Đã về"}
        row = actions.assessment.propose(assessment=Assessment(**facts), by=an)
        assert ("contact" in keys(an)) is (group == "D")  # a proposal alone changes nothing
        actions.assessment.approve(assessment=row, on=ON, by=anh)
        assert ("contact" in keys(an)) is (group == "B")


def test_what_was_done_is_due_no_more(an):
    person = make_returnee(by=an)
    job = start_job(person, an, 200)
    actions.employment.record_check(job_check=JobCheck(referral=job, day=180, on=ON, still_working=True), by=an)
    actions.assessment.propose(assessment=Assessment(returnee=person, group="A", on=ON, reason="Tốt"), by=an)
    make_activity(person, by=an, on=ON)

    found = {duty.key: duty for duty in duties.duties(an, ON)}

    assert set(found) == {"contact", "assessment"}
    assert all(duty.latest > ON + timedelta(days=29) for duty in found.values())


def test_a_withdrawn_visit_and_an_absent_one_are_no_contact(an):
    person = make_returnee(by=an)
    wrong = make_activity(person, by=an, on=ON)
    actions.activity.withdraw(activity=wrong, by=an, reason="Nhầm")
    make_activity(person, by=an, on=ON, outcome="absent")

    (contact,) = [duty for duty in duties.duties(an, ON) if duty.key == "contact"]

    assert contact.reason == "never_met"


@pytest.mark.parametrize("gone", ["closed", "withdrawn"])
def test_nothing_is_due_for_a_file_that_is_closed_or_withdrawn(gone, an):
    person = make_returnee(by=an)
    if gone == "closed":
        actions.returnee.close(returnee=person, on=ON, reason="other", by=an)
    else:
        actions.row.withdraw(row=person, reason="Nhầm", by=an)

    assert keys(an) == set()


def test_a_snooze_hides_a_duty_unless_asked_for(an):
    person = make_returnee(by=an)
    until = ON + timedelta(days=3)
    actions.row.add(row=Snooze(returnee=person, duty="contact", since=ON, until=until, reason="Xa"), by=an)

    assert [duty.key for duty in duties.duties_for(person, an, ON)] == ["assessment"]
    assert len(duties.duties_for(person, an, ON, with_snoozed=True)) == 2
    assert len(duties.duties_for(person, an, until + timedelta(days=1))) == 2


def test_mine_are_those_i_lead_and_those_nobody_leads(an, anh):
    mine, nobodys, others = (make_returnee(by=an, full_name=f"Người {n}") for n in ("Một", "Hai", "Ba"))
    make_group(returnee=mine, lead=an)
    make_group(returnee=others, lead=anh)

    people = {duty.person.pk for duty in duties.duties(an, ON, mine=True)}

    assert people == {mine.pk, nobodys.pk}


def test_another_commune_s_duties_stay_out_of_sight(an, binh):
    make_returnee(by=an)

    assert keys(binh) == set()


def test_a_helper_knows_of_meetings_only(an, giang):
    person = make_returnee(by=an)
    make_paperwork(returnee=person, by=an)
    make_group(returnee=person, lead=an, members=[("women", giang)])

    assert keys(giang) == {"contact"}


def test_the_number_of_queries_does_not_grow(an, monkeypatch):
    monkeypatch.setattr(duties, "FEW", 3)

    def count():
        with CaptureQueriesContext(connection) as queries:
            duties.duties(an, ON)
        return len(queries)

    def add(number):
        person = make_returnee(by=an, full_name=f"Người {number}")
        make_paperwork(returnee=person, by=an)
        start_job(person, an, 40)

    add(1)
    duties.duties(an, ON)
    few = count()
    for number in range(2, 6):
        add(number)

    assert count() == few == 2


def test_a_notice_given_to_somebody_who_works_elsewhere_now_is_everybody_s(an, anh, binh):
    notice = make_notice(by=an, full_name="Người Chờ", received_on=ON)
    for officer, sees in ((anh, False), (binh, True)):
        notice.assigned_to = officer
        actions.row.correct(row=notice, by=an)

        assert bool(duties.duties(an, ON, mine=True)) == sees, officer
