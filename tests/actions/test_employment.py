from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.actions.row import SentBeforeError
from cases.models import AuditEvent, Employer, JobCheck, JobReferral
from tests.makers import TODAY, make_employer, make_referral, make_returnee


@pytest.fixture
def referral(an):
    return make_referral(returnee=make_returnee(by=an), by=an)


def days_ago(days):
    return TODAY - timedelta(days=days)


def test_a_referral_goes_from_accepted_to_started_to_ended(referral, an):
    tell = actions.employment.report_outcome
    tell(referral=referral, state="accepted", on=days_ago(20), by=an)
    tell(referral=referral, state="started", on=days_ago(15), monthly_income=5_500_000, by=an)
    tell(referral=referral, state="ended", on=days_ago(1), end_reason="Hết hợp đồng", by=an)

    stored = JobReferral.objects.get()
    assert (stored.state, stored.monthly_income, stored.end_reason) == ("ended", 5_500_000, "Hết hợp đồng")
    assert not JobReferral.objects.waiting().exists()


def test_a_refusal_needs_its_reason(referral, an):
    with pytest.raises(ValidationError):
        actions.employment.report_outcome(referral=referral, state="refused", on=TODAY, refusal_reason="", by=an)

    actions.employment.report_outcome(referral=referral, state="refused", on=TODAY, refusal_reason="distance", by=an)

    assert JobReferral.objects.get().get_refusal_reason_display()


@pytest.mark.parametrize("state", ["started", "ended", "referred", "nonsense"])
def test_a_step_out_of_turn_is_refused(referral, an, state):
    with pytest.raises(ValidationError) as refused:
        actions.employment.report_outcome(referral=referral, state=state, on=TODAY, by=an)

    assert "state" in refused.value.error_dict


def test_an_answer_before_the_referral_is_refused(referral, an):
    with pytest.raises(ValidationError) as refused:
        actions.employment.report_outcome(referral=referral, state="accepted", on=days_ago(31), by=an)

    assert "on" in refused.value.error_dict


def test_an_outcome_sent_twice_is_recorded_once(referral, an):
    for _twice in range(2):
        actions.employment.report_outcome(referral=referral, state="accepted", on=TODAY, by=an)

    assert AuditEvent.objects.filter(verb="referral.accepted").count() == 1


def test_each_check_of_a_job_is_made_once(referral, an):
    tell = actions.employment.report_outcome
    tell(referral=referral, state="accepted", on=days_ago(20), by=an)
    tell(referral=referral, state="started", on=days_ago(15), by=an)
    found = {"referral": referral, "day": 7, "on": days_ago(8)}
    for _twice in range(2):
        actions.employment.record_check(job_check=JobCheck(**found, still_working=True), by=an)
    with pytest.raises(SentBeforeError):
        actions.employment.record_check(job_check=JobCheck(**found, still_working=False), by=an)

    assert JobCheck.objects.get().still_working
    assert [(day, check is not None) for day, _due, check in referral.check_days()] == [
        (7, True),
        (30, False),
        (90, False),
        (180, False),
    ]


def test_a_job_that_has_not_begun_has_no_checks(referral):
    assert referral.check_days() == []


def test_an_employer_is_added_once_corrected_and_found_without_accents(an):
    employer = make_employer(by=an, name="Xưởng  gỗ Đức Mạnh", address="Thôn Đắk Sắk")
    again = Employer(uid=employer.uid, name="Xưởng  gỗ Đức Mạnh", address="Thôn Đắk Sắk", unit=an.unit)

    assert actions.employment.add_employer(employer=again, by=an) == employer

    employer.trade = "Mộc"
    actions.employment.correct_employer(employer=employer, by=an)

    assert list(Employer.objects.search("duc manh moc dak")) == [employer]
    assert not Employer.objects.search("duc manh han").exists()
    assert AuditEvent.objects.filter(verb="employer.corrected").count() == 1


def test_counts_of_an_employer_leave_withdrawn_referrals_out(referral, an):
    other = make_referral(returnee=referral.returnee, by=an, employer=referral.employer)
    actions.row.withdraw(row=other, by=an, reason="Nhầm")

    employer = Employer.objects.with_counts().get()

    assert (employer.referred_count, employer.working_count) == (1, 0)
