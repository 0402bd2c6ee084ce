from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, TrainingReferral
from tests.makers import TODAY, make_returnee


@pytest.fixture
def training(an):
    return actions.training.refer(
        training=TrainingReferral(returnee=make_returnee(by=an), course="Hàn", referred_on=TODAY), by=an
    )


def test_the_progress_of_a_course_is_kept_and_audited(training, an):
    training.started_on, training.result = TODAY, "Đang học"
    actions.training.progress(training=training, by=an)

    assert TrainingReferral.objects.get().started_on == TODAY
    assert AuditEvent.objects.get(verb="training.progressed").after["result"] == "Đang học"


def test_a_course_does_not_begin_before_the_referral(training, an):
    training.started_on = TODAY - timedelta(days=1)

    with pytest.raises(ValidationError):
        actions.training.progress(training=training, by=an)
