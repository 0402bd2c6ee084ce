from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, PaperworkRequest
from tests.makers import TODAY, make_paperwork, make_returnee


@pytest.fixture
def paper(an):
    return make_paperwork(returnee=make_returnee(by=an), by=an, needed_on=TODAY - timedelta(days=40))


def test_a_paper_goes_step_by_step_to_the_hand(paper, an):
    for days, step in ((30, "submitted"), (10, "issued"), (10, "handed_over")):
        actions.paperwork.advance(request=paper, step=step, on=TODAY - timedelta(days=days), by=an)

    stored = PaperworkRequest.objects.get()
    assert stored.state == "handed_over"
    assert stored.next_step is None
    assert not PaperworkRequest.objects.pending().exists()


def test_a_step_out_of_turn_is_refused(paper, an):
    with pytest.raises(ValidationError, match="Open the page again|Mở lại"):
        actions.paperwork.advance(request=paper, step="issued", on=TODAY, by=an)


def test_a_step_before_the_last_one_is_refused(paper, an):
    with pytest.raises(ValidationError) as refused:
        actions.paperwork.advance(request=paper, step="submitted", on=paper.needed_on - timedelta(days=1), by=an)

    assert "on" in refused.value.error_dict


def test_the_same_step_sent_twice_is_recorded_once(paper, an):
    for _twice in range(2):
        actions.paperwork.advance(request=paper, step="submitted", on=TODAY, by=an)

    assert AuditEvent.objects.filter(verb="paperwork.submitted").count() == 1


def test_two_officers_at_one_paper_do_not_overwrite_each_other(paper, an, anh):
    stale = PaperworkRequest.objects.get(pk=paper.pk)
    actions.paperwork.advance(request=paper, step="submitted", on=TODAY - timedelta(days=3), by=an)

    with pytest.raises(ValidationError):
        actions.paperwork.advance(request=stale, step="submitted", on=TODAY, by=anh)

    assert PaperworkRequest.objects.get().submitted_on == TODAY - timedelta(days=3)


def test_the_office_is_kept_unless_another_is_named(paper, an):
    actions.paperwork.advance(request=paper, step="submitted", on=TODAY, office="Công an tỉnh", by=an)
    actions.paperwork.advance(request=paper, step="issued", on=TODAY, by=an)

    assert PaperworkRequest.objects.get().office == "Công an tỉnh"


def test_a_refusal_keeps_its_reason_and_ends_the_request(paper, an):
    actions.paperwork.refuse(request=paper, on=TODAY, reason=" Thiếu giấy khai sinh ", by=an)

    assert PaperworkRequest.objects.get().refusal_reason == "Thiếu giấy khai sinh"
    assert paper.state == "refused"
    assert paper.last_step_on == TODAY


def test_a_refusal_sent_twice_is_recorded_once_and_an_ended_request_cannot_be_refused(paper, an):
    for _twice in range(2):
        actions.paperwork.refuse(request=paper, on=TODAY - timedelta(days=1), reason="Thiếu giấy", by=an)

    with pytest.raises(ValidationError):
        actions.paperwork.refuse(request=paper, on=TODAY, reason="Lý do khác", by=an)

    assert AuditEvent.objects.filter(verb="paperwork.refused").count() == 1


def test_a_refusal_without_a_reason_is_refused(paper, an):
    with pytest.raises(ValidationError):
        actions.paperwork.refuse(request=paper, on=TODAY, reason="  ", by=an)


def test_papers_are_found_by_the_state_they_are_in(an):
    person = make_returnee(by=an)
    first, second, third = (make_paperwork(returnee=person, by=an) for _three in range(3))
    actions.paperwork.advance(request=second, step="submitted", on=TODAY, by=an)
    actions.paperwork.refuse(request=third, on=TODAY, reason="Thiếu giấy", by=an)

    found = {state: list(PaperworkRequest.objects.in_state(state)) for state in PaperworkRequest.STATES}

    assert found == {"needed": [first], "submitted": [second], "issued": [], "handed_over": [], "refused": [third]}
