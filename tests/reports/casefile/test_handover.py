"""The handover sheet says under "what works" only what is favourable."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import JobCheck
from cases.reports.casefile.handover import sheet
from tests.makers import TODAY, make_activity, make_referral, make_returnee


@pytest.mark.parametrize(("attitude", "works"), [("good", True), ("fair", False), ("poor", False), ("", False)])
def test_only_a_visit_that_went_well_stands_under_what_works(attitude, works, an):
    person = make_returnee(by=an)
    activity = make_activity(person, by=an)
    activity.entries.update(attitude=attitude)

    found = sheet(person, TODAY)

    assert bool(found["works"]) is works
    assert any("chưa tốt" in line or "tiêu cực" in line.lower() for line in found["matters"]) is (attitude == "poor")


@pytest.mark.parametrize("still_working", [True, False])
def test_a_job_at_which_a_check_found_nobody_does_not_work(still_working, an):
    person = make_returnee(by=an)
    referral = make_referral(returnee=person, by=an)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=referral.referred_on, by=an)
    day = referral.referred_on + timedelta(days=7)
    JobCheck.objects.create(referral=referral, day=7, on=day, still_working=still_working, created_by=an, changed_by=an)

    assert bool(sheet(person, TODAY)["works"]) is still_working
