from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.deadlines import WorkCalendar
from cases.law.duty_rules import (
    AgreedMeeting,
    Bucket,
    DutyFacts,
    DutyKind,
    DutyPerson,
    Job,
    PendingPaper,
    duties_of,
)
from cases.law.intervals import Intervals
from cases.reports.work.duty_lists import LATER_DAYS, work_lists

ON = date(2026, 11, 20)
RULES = Intervals.in_force(ON)
PERSON = DutyPerson(pk=1, name="Nguyễn Văn Dũng", birth_year="1985", hamlet="Thôn Nam Tân", unit_id=1)


def ago(days):
    return ON - timedelta(days=days)


def case(**changes):
    facts = {"completed_on": ago(200), "presented_on": ago(197), "last_contact_on": ago(1), "last_assessed_on": ago(1)}
    return DutyFacts(**{"person": PERSON, **facts, **changes})


def due(kind, **changes):
    return [duty for duty in duties_of(case(**changes), ON, RULES) if duty.kind == kind]


def appointment(days_ahead):
    return AgreedMeeting(7, "review", "Kiểm điểm", ON + timedelta(days=days_ahead))


def test_article_10_2_a_file_taken_over_has_its_group_proposed_within_three_working_days():
    tuesday = date(2026, 11, 17)
    (duty,) = due(DutyKind.GROUP, taken_over_on=tuesday)
    assert (duty.earliest, duty.latest, duty.bucket) == (tuesday, ON, Bucket.WEEK)

    (late,) = due(DutyKind.GROUP, taken_over_on=date(2026, 11, 16))
    assert late.bucket == Bucket.OVERDUE
    assert not due(DutyKind.GROUP, taken_over_on=tuesday, person=replace(PERSON, lead_id=4))


def test_article_10_2_who_helps_is_proposed_after_the_presenting_until_a_group_or_the_proposal_stands():
    (duty,) = due(DutyKind.PROPOSAL, presented_on=ago(3), proposal_by=ON)
    assert (duty.earliest, duty.latest, duty.number, duty.reason) == (ago(3), ON, 3, "no_helper")

    assert not due(DutyKind.PROPOSAL, presented_on=ago(3))
    assert not due(DutyKind.PROPOSAL, proposal_by=ON, person=replace(PERSON, lead_id=4))
    assert not due(DutyKind.PROPOSAL, proposal_by=ON, taken_over_on=ago(2))


def test_article_10_2_a_saturday_that_is_worked_counts():
    calendar = WorkCalendar(worked=frozenset({date(2026, 11, 14)}))
    rules = Intervals.in_force(ON, calendar=calendar)

    (duty,) = [each for each in duties_of(case(taken_over_on=date(2026, 11, 12)), ON, rules) if each.key == "group"]

    assert duty.latest == date(2026, 11, 16)


@pytest.mark.parametrize(("presents_by", "latest"), [(None, ago(5)), (ago(12), ago(12)), (ON, ON)])
def test_article_9_2_the_day_printed_on_the_certificate_is_the_last_to_present(presents_by, latest):
    (duty,) = due(DutyKind.PRESENTING, completed_on=ago(20), presents_by=presents_by, presented_on=None)

    assert duty.latest == latest


def test_who_is_not_home_yet_owes_no_presenting():
    assert not due(DutyKind.PRESENTING, completed_on=ON + timedelta(days=1), presented_on=None)


@pytest.mark.parametrize(
    ("silent", "bucket", "opened"),
    [
        (1, Bucket.LATER, False),
        (19, Bucket.LATER, False),
        (20, Bucket.LATER, True),
        (24, Bucket.WEEK, True),
        (30, Bucket.WEEK, True),
        (31, Bucket.OVERDUE, True),
        (63, Bucket.OVERDUE, True),
    ],
)
def test_a_contact_is_due_from_the_20th_to_the_30th_day(silent, bucket, opened):
    (duty,) = due(DutyKind.CONTACT, last_contact_on=ago(silent))

    assert (duty.bucket, duty.is_open, duty.reason, duty.number) == (bucket, opened, "silent", silent)
    assert (duty.latest - duty.earliest).days == 10


def test_somebody_never_met_is_due_from_the_day_of_presenting():
    (duty,) = due(DutyKind.CONTACT, last_contact_on=None, presented_on=ago(40))

    assert (duty.reason, duty.number, duty.latest) == ("never_met", 40, ago(10))


@pytest.mark.parametrize(
    ("ahead", "kind", "contact_too"),
    [
        (0, DutyKind.APPOINTMENT, False),
        (5, DutyKind.APPOINTMENT, False),
        (40, DutyKind.APPOINTMENT, True),
        (-1, DutyKind.OUTCOME, True),
    ],
)
def test_an_agreed_meeting_stands_for_the_contact_until_its_day_has_passed(ahead, kind, contact_too):
    agreed = (appointment(ahead),)

    (duty,) = due(kind, appointments=agreed)

    assert (duty.key, duty.activity, duty.latest) == ("appointment-7", "review", ON + timedelta(days=ahead))
    assert bool(due(DutyKind.CONTACT, appointments=agreed)) is contact_too


def test_who_has_not_presented_has_that_one_duty():
    (duty,) = duties_of(case(presented_on=None, completed_on=ago(16)), ON, RULES)

    assert (duty.kind, duty.number, duty.bucket) == (DutyKind.PRESENTING, 16, Bucket.OVERDUE)


def test_nothing_is_due_before_the_day_of_coming_home():
    assert duties_of(case(presented_on=None, completed_on=ago(-3)), ON, RULES) == []


@pytest.mark.parametrize(("days", "count"), [(29, 0), (30, 1), (75, 1)])
def test_a_paper_is_stuck_after_30_days_without_a_step(days, count):
    assert len(due(DutyKind.PAPERWORK, papers=(PendingPaper(3, "Căn cước", ago(days)),))) == count


@pytest.mark.parametrize(
    ("started", "checked", "day"),
    [(3, [], 7), (7, [], 7), (8, [7], 30), (100, [], 90), (100, [90], 180), (400, [7, 30], 180), (400, [180], None)],
)
def test_a_job_has_one_check_at_a_time(started, checked, day):
    found = due(DutyKind.JOB, jobs=(Job(4, ago(started), frozenset(checked)),))

    assert [duty.key for duty in found] == ([f"job-4-{day}"] if day else [])


@pytest.mark.parametrize(("last", "reason"), [(date(2026, 8, 20), "assessment"), (None, "never_assessed")])
def test_an_assessment_is_due_three_months_after_the_last(last, reason):
    (duty,) = due(DutyKind.ASSESSMENT, last_assessed_on=last, presented_on=date(2026, 8, 20))

    assert (duty.latest, duty.reason) == (ON, reason)


def test_what_is_snoozed_is_left_out():
    assert due(DutyKind.CONTACT, last_contact_on=ago(63), snoozed=frozenset({"contact"})) == []


DAYS = st.integers(-40, 400).map(ago)
MAYBE = st.none() | DAYS
CASES = st.builds(
    DutyFacts,
    person=st.just(PERSON),
    completed_on=DAYS,
    presented_on=MAYBE,
    last_contact_on=MAYBE,
    last_assessed_on=MAYBE,
    appointments=st.lists(
        st.builds(AgreedMeeting, st.integers(1, 9), st.just("review"), st.just("x"), DAYS),
        max_size=3,
        unique_by=lambda a: a.pk,
    ).map(tuple),
    papers=st.lists(
        st.builds(PendingPaper, st.integers(1, 9), st.just("x"), DAYS), max_size=3, unique_by=lambda p: p.pk
    ).map(tuple),
    jobs=st.lists(
        st.builds(Job, st.integers(1, 9), DAYS, st.frozensets(st.sampled_from(RULES.job_checks))),
        max_size=2,
        unique_by=lambda j: j.pk,
    ).map(tuple),
)


@given(CASES)
def test_every_duty_has_a_window_one_key_and_one_place(facts):
    found = duties_of(facts, ON, RULES)
    lists = work_lists(found)
    shown = [d for one in vars(lists).values() for d in one]

    assert all(duty.earliest <= duty.latest for duty in found)
    assert len({duty.key for duty in found}) == len(found)
    assert [duty.latest for duty in found] == sorted(duty.latest for duty in found)
    assert len({duty.key for duty in shown}) == len(shown)
    assert not [d for d in found if d not in shown and d.latest <= ON + timedelta(days=LATER_DAYS) and d.is_open]


@given(CASES, st.sets(st.sampled_from(["contact", "assessment", "presenting", "appointment-1", "paperwork-2"])))
def test_a_snooze_takes_away_its_own_duties_and_no_other(facts, keys):
    snoozed = DutyFacts(**{**vars(facts), "snoozed": frozenset(keys)})

    left = [duty.key for duty in duties_of(snoozed, ON, RULES)]

    assert left == [duty.key for duty in duties_of(facts, ON, RULES) if duty.key not in keys]


@given(CASES)
def test_a_later_meeting_never_makes_the_contact_more_pressing(facts):
    met_today = DutyFacts(**{**vars(facts), "last_contact_on": ON})

    def contact(one):
        return [d.latest for d in duties_of(one, ON, RULES) if d.kind == DutyKind.CONTACT]

    if (facts.last_contact_on or ON) <= ON:
        assert not contact(met_today) or contact(met_today) >= contact(facts)


@given(CASES, st.integers(0, 60))
def test_days_that_pass_move_a_contact_only_towards_overdue(facts, days):
    order = [Bucket.LATER, Bucket.WEEK, Bucket.OVERDUE]

    def place(on):
        return [order.index(d.bucket) for d in duties_of(facts, on, RULES) if d.kind == DutyKind.CONTACT]

    now, later = place(ON), place(ON + timedelta(days=days))
    assert not now or later >= now


def test_a_notice_asks_for_the_residence_until_its_last_day():
    (duty,) = due(DutyKind.RESIDENCE, check_since=ago(2), check_by=ago(-1))

    assert (duty.earliest, duty.latest, duty.number) == (ago(2), ago(-1), 2)


def test_group_d_is_not_expected_to_be_met():
    assert not due(DutyKind.CONTACT, in_custody=True)


@pytest.mark.parametrize(
    ("left", "key"),
    [(91, None), (90, "record-90"), (31, "record-90"), (30, "record-30"), (1, "record-30"), (0, "record-0")],
)
@pytest.mark.parametrize(("by_court", "reason"), [(False, "record"), (True, "record_court")])
def test_a_record_is_prepared_reminded_of_and_then_open(left, key, by_court, reason):
    found = due(DutyKind.RECORD, record_due_on=ago(-left), record_by_court=by_court)

    assert [(duty.key, duty.reason, duty.number) for duty in found] == ([(key, reason, left)] if key else [])
    assert all(duty.is_right for duty in found)
