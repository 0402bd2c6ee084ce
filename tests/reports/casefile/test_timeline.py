"""One list of everything, newest first; what was missed stands in it, what was withdrawn does not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import (
    Activity,
    AdministrativeViolation,
    Appointment,
    Assessment,
    Confinement,
    Crime,
    JobCheck,
    Loan,
    Need,
    Organisation,
    RecidivismFinding,
    Snooze,
    TrainingReferral,
)
from cases.reports.casefile import timeline
from cases.reports.casefile.file_rows import FileRows
from cases.templatetags.icons import drawing
from tests.makers import (
    TODAY,
    make_activity,
    make_group,
    make_meeting,
    make_paperwork,
    make_referral,
    make_returnee,
)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def person(an):
    return make_returnee(by=an, completed_on=ago(25), presented_on=ago(20))


def add(an, model, **facts):
    return actions.row.add(row=model(**facts), by=an)


def found(person, kind="", on=TODAY):
    events = timeline.events(FileRows(person), person.created_by, on, kind)
    for event in events:
        drawing(event.icon)  # an icon that is not there would break the page
    return events


def test_the_newest_stands_first_and_days_to_come_above(person, an):
    make_activity(person, by=an, on=ago(5))
    add(an, Appointment, returnee=person, kind="encouragement", on=TODAY + timedelta(days=9))

    days = [event.on for event in found(person)]

    assert days == sorted(days, reverse=True)
    assert days[0] == TODAY + timedelta(days=9)


def test_an_activity_tells_how_it_went_and_what_was_agreed(person, an):
    agreed = actions.activity.NextAppointment(kind="review", on=TODAY + timedelta(days=30))
    activity = make_activity(person, by=an, on=TODAY, outcome="family", note="Gia đình ổn định")
    add(an, Appointment, returnee=person, kind=agreed.kind, on=agreed.on, made_in=activity)

    event = next(event for event in found(person, "contact") if event.route == "activity-edit")

    assert [chip.tone for chip in event.chips] == ["sky", ""]
    assert f"{agreed.on:%d/%m/%Y}" in event.chips[1].word
    assert (event.note, event.pk) == ("Gia đình ổn định", activity.pk)


def test_attitude_result_and_who_took_part_are_told(person, an):
    entry = actions.activity.PersonOutcome(person, attitude="poor", note="Ít nói")

    women = Organisation.objects.get(code="women")
    activity = Activity(kind="paperwork", detail="identity", on=TODAY, result="Đã nộp")
    actions.activity.record(activity=activity, entries=[entry], organisations=[women], by=an)

    event = found(person, "contact")[0]

    assert event.chips[1].tone == "brick"
    assert event.note.startswith("Đã nộp\nÍt nói\n")
    assert women.short in event.note


def test_a_meeting_agreed_is_planned_then_waits_then_is_missed_or_kept(person, an):
    facts = {"returnee": person, "kind": "encouragement"}
    add(an, Appointment, **facts, on=TODAY + timedelta(days=3))
    late = add(an, Appointment, **facts, on=ago(8))
    missed = add(an, Appointment, **facts, on=ago(9))
    actions.activity.miss(appointment=missed, on=TODAY, reason="Mưa lũ", by=an)

    states = [(event.on, event.state) for event in found(person, "contact")]
    tones = {event.on: event.chips[0].tone for event in found(person, "contact") if event.chips}

    assert states == [(TODAY + timedelta(days=3), "planned"), (late.on, "planned"), (missed.on, "missed")]
    assert tones == {TODAY + timedelta(days=3): "", late.on: "amber"}
    assert found(person, "missed")[0].note == "Mưa lũ"


def test_a_meeting_kept_stands_as_a_chip_of_the_activity(person, an):
    activity = make_activity(person, by=an, on=TODAY)
    add(an, Appointment, returnee=person, kind="encouragement", on=TODAY, kept_by=activity)

    (event,) = found(person, "contact")

    assert event.chips[1].icon == "calendar-check"


def test_group_meetings_are_attended_missed_or_to_come(person, an):
    make_meeting(person, by=an, on=ago(10), present=[person])
    make_meeting(person, by=an, on=ago(5), present=[])
    make_meeting(person, by=an, on=TODAY + timedelta(days=5))

    assert [event.state for event in found(person, "session")] == ["planned", "missed", ""]


@pytest.mark.parametrize(("silence", "gaps"), [(30, 0), (31, 1), (61, 1)])
def test_a_gap_longer_than_the_interval_is_a_missed_duty(silence, gaps, an):
    person = make_returnee(by=an, completed_on=ago(silence), presented_on=ago(silence))

    missed = found(person, "missed")

    assert len(missed) == gaps
    assert all((event.on, str(silence) in event.title) == (ago(silence - 30), True) for event in missed)


def test_an_attempt_that_met_nobody_closes_no_gap(an):
    person = make_returnee(by=an, completed_on=ago(60), presented_on=ago(60))
    make_activity(person, by=an, on=ago(31), outcome="absent")
    assert len(found(person, "missed")) == 1

    make_activity(person, by=an, on=ago(30), outcome="met")
    assert found(person, "missed") == []


def test_what_was_put_off_is_no_gap_but_tells_why(an):
    person = make_returnee(by=an, completed_on=ago(60), presented_on=ago(60))
    add(an, Snooze, returnee=person, duty="contact", since=ago(40), until=ago(20), reason="Đi làm Bình Dương")

    assert found(person, "missed") == []
    assert found(person, "contact")[0].note == "Đi làm Bình Dương"


def test_nothing_is_missed_before_presenting_or_after_closing(an, anh):
    waiting = make_returnee(by=an, presented=False, completed_on=ago(90))
    closed = make_returnee(by=an, completed_on=ago(90), presented_on=ago(90))
    actions.returnee.close(returnee=closed, on=ago(70), reason="died", by=anh)

    assert found(waiting, "missed") == found(closed, "missed") == []


def test_papers_work_courses_and_loans_show_each_step(person, an):
    make_paperwork(returnee=person, by=an, needed_on=ago(10), submitted_on=ago(9), issued_on=ago(9))
    referral = make_referral(returnee=person, by=an, referred_on=ago(9))
    actions.employment.report_outcome(referral=referral, state="accepted", on=ago(8), by=an)
    actions.employment.report_outcome(referral=referral, state="started", on=ago(8), monthly_income=5_000_000, by=an)
    add(an, JobCheck, referral=referral, day=7, on=ago(1), still_working=True)
    add(an, JobCheck, referral=referral, day=30, on=TODAY, still_working=False)
    add(an, TrainingReferral, returnee=person, course="Hàn", referred_on=ago(7), started_on=ago(6))
    add(an, Loan, returnee=person, lender="NHCSXH", amount=5_000_000, requested_on=ago(5), paid_out_on=ago(4))

    assert [event.on for event in found(person, "paperwork")] == [ago(9), ago(9), ago(10)]
    work = found(person, "work")
    assert len(work) == 9
    assert any("5.000.000" in event.title for event in work)
    assert any("5.000.000" in event.note for event in work)


def test_the_file_tells_its_own_days(person, an, anh, units):
    make_group(returnee=person, lead=an, since=ago(15))
    add(an, Need, returnee=person, pathway="work", text="Việc làm", state_on=ago(14))
    for group, day in (("B", ago(13)), ("A", ago(12))):
        add(an, Assessment, returnee=person, group=group, on=day, reason="Ổn định")
    actions.assessment.approve(assessment=Assessment.objects.get(group="B"), on=TODAY, by=anh)
    actions.returnee.hand_over(returnee=person, to_unit=units.krong_no, on=ago(2), by=an)
    actions.returnee.close(returnee=person, on=TODAY, reason="died", by=anh)

    days = [(TODAY - event.on).days for event in found(person, "file")]

    assert days == [0, 2, 2, 12, 13, 14, 15, 20, 25]


def test_violations_stand_apart_and_withdrawn_ones_nowhere(person, an):
    add(an, AdministrativeViolation, returnee=person, act_on=ago(3), behaviour="Gây rối")
    add(an, Crime, returnee=person, act_on=ago(2), offence="Trộm", severity=1, stage="charged")
    facts = {"kind": "recidivism", "court": "TAND", "judgment_number": "1", "found_on": ago(1)}
    finding = add(an, RecidivismFinding, returnee=person, **facts)
    assert len(found(person, "violation")) == 3

    actions.row.withdraw(row=finding, reason="Nhầm", by=an)
    activity = make_activity(person, by=an)
    actions.activity.withdraw(activity=activity, reason="Nhầm", by=an)

    assert [event.on for event in found(person, "violation")] == [ago(2), ago(3)]
    assert found(person, "contact") == []


def test_being_held_shows_its_begin_and_its_end(person, an):
    add(an, Confinement, returnee=person, kind="custody", begun_on=ago(4), ended_on=ago(3))
    add(an, Confinement, returnee=person, kind="treatment", begun_on=ago(2))

    assert [event.on for event in found(person, "violation")] == [ago(2), ago(3), ago(4)]


def test_months_part_the_list_in_its_own_order(person, an):
    make_activity(person, by=an, on=TODAY)
    events = found(person)

    months = timeline.months(events)

    assert [event for month in months for event in month.events] == events
    assert all(event.on.replace(day=1) == month.first for month in months for event in month.events)


def test_a_longer_story_costs_no_more_queries(person, an):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            found(person)
        return len(queries)

    make_activity(person, by=an)
    make_referral(returnee=person, by=an, referred_on=ago(3))
    make_meeting(person, by=an, present=[person])
    cost()  # the units of the scope are read once
    few = cost()
    for day in range(5):
        make_activity(person, by=an, on=ago(day))
        make_referral(returnee=person, by=an, referred_on=ago(3))
        make_meeting(person, by=an, present=[person])

    assert cost() == few
