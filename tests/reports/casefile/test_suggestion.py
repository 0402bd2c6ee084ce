"""The group the records speak for."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import AdministrativeViolation, Appointment, Assessment, Confinement, Crime, JobReferral, Need
from cases.reports.casefile.suggestion import suggest
from tests.makers import TODAY, make_activity, make_referral, make_returnee

BACK = timedelta(days=10)


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def assess(person, an, group, on):
    return actions.assessment.propose(
        assessment=Assessment(returnee=person, group=group, on=on, reason="Theo kỳ"), by=an
    )


def give_job(person, an):
    referral = make_referral(returnee=person, by=an)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=TODAY - BACK, by=an)
    return JobReferral.objects.get(pk=referral.pk)


def test_nobody_met_nothing_is_suggested(person):
    found = suggest(person, TODAY)

    assert (found.group, len(found.reasons)) == ("", 1)


def test_met_and_at_work_speaks_for_a(person, an):
    make_activity(person, by=an)
    job = give_job(person, an)
    assert suggest(person, TODAY).group == "A"

    actions.employment.report_outcome(referral=job, state="ended", on=TODAY, by=an)

    assert suggest(person, TODAY).group == "B"


def test_an_open_need_of_the_hard_kind_speaks_for_b(person, an):
    make_activity(person, by=an)
    give_job(person, an)
    for pathway in ("housing", "attitude"):
        actions.need.record(need=Need(returnee=person, pathway=pathway, text="Cần", state_on=TODAY), by=an)

    found = suggest(person, TODAY)

    assert (found.group, len(found.reasons)) == ("B", 3)


def test_a_visit_in_vain_is_no_contact(person, an):
    make_activity(person, by=an, outcome="absent")

    assert suggest(person, TODAY).group == ""


@pytest.mark.parametrize("days", [0, 5])
def test_a_violation_counts_until_it_was_assessed(person, an, days):
    make_activity(person, by=an)
    act = AdministrativeViolation(returnee=person, act_on=TODAY - BACK, behaviour="Gây rối")
    actions.row.add(row=act, by=an)
    assert suggest(person, TODAY).group == "C"

    assess(person, an, "C", TODAY - BACK + timedelta(days=days))

    assert suggest(person, TODAY).group == "B"


@pytest.mark.parametrize(("stage", "group"), [("reported", "B"), ("charged", "C"), ("prosecuted", "C")])
def test_a_case_under_proceedings_speaks_for_c(person, an, stage, group):
    make_activity(person, by=an)
    old = TODAY - timedelta(days=150)
    actions.row.add(row=Crime(returnee=person, act_on=old, offence="Trộm", severity=1, stage=stage), by=an)

    assert suggest(person, TODAY).group == group


def test_two_missed_meetings_speak_for_c(person, an):
    make_activity(person, by=an)
    for number in (1, 2):
        day = TODAY - timedelta(days=number)
        row = Appointment(returnee=person, kind="encouragement", on=day, missed_on=day, missed_reason="Đi vắng")
        actions.row.add(row=row, by=an)

    assert suggest(person, TODAY).group == "C"


def test_who_was_in_custody_and_was_not_met_since_still_is(person, an):
    assess(person, an, "D", TODAY - BACK)
    assert suggest(person, TODAY).group == "D"

    make_activity(person, by=an)

    assert suggest(person, TODAY).group == "B"


def test_a_new_file_is_judged_from_the_day_of_presenting(an):
    person = make_returnee(by=an, completed_on=TODAY - timedelta(days=30))

    assert suggest(person, TODAY).since == person.presented_on


def test_the_attitude_of_the_last_contact_counts(person, an):
    first, last = (
        actions.activity.record(
            activity=actions.activity.Activity(kind="encouragement", on=TODAY - timedelta(days=days)),
            entries=[actions.activity.PersonOutcome(person, outcome="met", attitude=attitude)],
            by=an,
        )
        for days, attitude in ((5, "good"), (1, "poor"))
    )

    assert first.on < last.on
    assert suggest(person, TODAY).group == "C"


def hold(person, an, kind="custody", begun=5, ended=None):
    day = None if ended is None else TODAY - timedelta(days=ended)
    row = Confinement(returnee=person, kind=kind, begun_on=TODAY - timedelta(days=begun), ended_on=day)
    return actions.violation.record(violation=row, by=an)


@pytest.mark.parametrize("kind", Confinement.Kind)
def test_whoever_is_held_is_in_group_d_by_the_fact_itself(person, an, kind):
    make_activity(person, by=an)
    hold(person, an, kind)

    found = suggest(person, TODAY)

    assert found.group == "D"
    assert kind.label.lower() in found.reasons[0]
    assert f"{TODAY - timedelta(days=5):%d/%m/%Y}" in found.reasons[0]


@pytest.mark.parametrize(("begun", "ended", "group"), [(5, 1, "B"), (5, 0, "D"), (0, None, "D")])
def test_held_from_the_first_to_the_last_day_and_not_a_day_longer(person, an, begun, ended, group):
    make_activity(person, by=an)
    hold(person, an, begun=begun, ended=ended)

    assert suggest(person, TODAY).group == group


def test_what_was_withdrawn_holds_nobody_and_nobody_else_is_held(person, an):
    make_activity(person, by=an)
    other = make_returnee(by=an)
    hold(other, an)
    actions.row.withdraw(row=hold(person, an), reason="Nhập nhầm", by=an)

    assert suggest(person, TODAY).group == "B"


def test_whoever_is_free_again_is_met_before_a_group_is_suggested(person, an):
    assess(person, an, "D", TODAY - timedelta(days=20))
    assert suggest(person, TODAY).group == "D"

    hold(person, an, begun=25, ended=2)

    found = suggest(person, TODAY)
    assert (found.group, len(found.reasons)) == ("", 1)
