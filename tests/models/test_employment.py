import pytest

from cases.models import JobReferral
from tests.makers import TODAY


@pytest.mark.parametrize("state", JobReferral.STATES)
def test_every_state_of_a_job_has_its_word(state):
    dated = {} if state == "referred" else {f"{state}_on": TODAY}

    assert JobReferral(**dated).state_name == JobReferral.STATES[state]
