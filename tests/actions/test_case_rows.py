"""Judgments, violations, needs, assessments, and the three writes every record shares."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import Assessment, AuditEvent, Crime, Judgment, Need, Offence
from tests.makers import TODAY, make_judgment, make_returnee


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def test_a_judgment_sent_twice_keeps_its_first_rows(person, an):
    judgment = make_judgment(returnee=person, by=an)

    again = Judgment(uid=judgment.uid, returnee=person, main_penalty="fine")
    with pytest.raises(actions.row.SentBeforeError):
        actions.judgment.add(judgment=again, parts=[Offence(name="Khác")], by=an)

    assert judgment.offences.get().name == "Trộm cắp tài sản"


def test_a_corrected_judgment_logs_its_rows_only_when_they_differ(person, an):
    judgment = make_judgment(returnee=person, by=an)
    same = list(judgment.offences.all())

    actions.judgment.correct(judgment=judgment, parts=same, by=an)
    assert not AuditEvent.objects.filter(verb="judgment.parts_corrected").exists()

    actions.judgment.correct(judgment=judgment, parts=[], by=an)
    event = AuditEvent.objects.get(verb="judgment.parts_corrected")
    assert event.before["offences"][0]["name"] == "Trộm cắp tài sản"
    assert event.after["offences"] == []


def test_a_wrong_row_undoes_the_whole_correction(person, an):
    judgment = make_judgment(returnee=person, by=an)

    with pytest.raises(ValidationError):
        actions.judgment.correct(judgment=judgment, parts=[Offence(name="")], by=an)

    assert judgment.offences.get().name == "Trộm cắp tài sản"


@pytest.fixture
def crime(person, an):
    row = Crime(returnee=person, act_on=TODAY, offence="Trộm", severity=1, stage="charged", stage_on=TODAY)
    return actions.violation.record(violation=row, by=an)


@pytest.mark.parametrize(
    ("stage", "on", "field"),
    [("charged", TODAY, "stage"), ("reported", TODAY, "stage"), ("convicted", date(2020, 1, 1), "stage_on")],
)
def test_stages_neither_go_back_nor_lie_before_the_last(stage, on, field, crime, an):
    with pytest.raises(ValidationError) as refused:
        actions.violation.reach_stage(crime=crime, stage=stage, on=on, by=an)

    assert list(refused.value.error_dict) == [field]


def test_a_crime_counts_from_the_stage_on_which_proceedings_open(crime, person, an):
    row = Crime(returnee=person, act_on=TODAY, offence="Đánh bạc", severity=1, stage="reported")
    reported = actions.violation.record(violation=row, by=an)
    assert list(Crime.objects.counted()) == [crime]

    actions.violation.reach_stage(crime=reported, stage="charged", on=TODAY, by=an)
    assert set(Crime.objects.counted()) == {crime, reported}


def test_a_need_changes_its_state(person, an):
    need = actions.need.record(need=Need(returnee=person, pathway="work", text="Việc", state_on=TODAY), by=an)

    actions.need.change_state(need=need, state="declined", on=TODAY, by=an)

    assert not Need.objects.pending().exists()
    assert AuditEvent.objects.get(verb="need.state_changed").after["state"] == "declined"


def test_an_assessment_is_approved_once(person, an, anh):
    row = Assessment(returnee=person, group="B", on=TODAY, reason="Chưa có việc")
    actions.assessment.propose(assessment=row, by=an)

    for on in (TODAY, TODAY + timedelta(days=1)):
        actions.assessment.approve(assessment=row, on=on, by=anh)

    assert Assessment.objects.approved().get().approved_on == TODAY
    assert AuditEvent.objects.filter(verb="assessment.approved").count() == 1


def test_a_row_sent_twice_is_the_first_row(person, an):
    need = {"returnee": person, "pathway": "work", "text": "Việc", "state_on": TODAY, "uid": uuid4()}
    first = actions.row.add(row=Need(**need), by=an)
    first.text = "Việc làm"
    actions.row.correct(row=first, by=an)

    assert actions.row.add(row=Need(**need), by=an).text == "Việc làm"  # neither undone nor doubled
    assert Need.objects.count() == 1


def test_a_form_that_says_something_else_or_whose_row_was_withdrawn_is_not_its_first_row(person, an):
    need = {"returnee": person, "pathway": "work", "text": "Việc", "state_on": TODAY, "uid": uuid4()}
    first = actions.row.add(row=Need(**need), by=an)
    with pytest.raises(actions.row.SentBeforeError):
        actions.row.add(row=Need(**need | {"text": "Chỗ ở"}), by=an)
    actions.row.withdraw(row=first, reason="Nhầm", by=an)

    with pytest.raises(actions.row.SentBeforeError):
        actions.row.add(row=Need(**need), by=an)


def test_a_checked_row_is_not_validated_again(person, an):
    row = Need(returnee=person, pathway="work", text="", state_on=TODAY)

    assert actions.row.add(row=row, by=an, checked=True).pk


def test_a_correction_of_nothing_leaves_no_trace(person, an, anh):
    need = actions.need.record(need=Need(returnee=person, pathway="work", text="Việc", state_on=TODAY), by=an)

    actions.row.correct(row=need, by=anh)

    need.refresh_from_db()
    assert need.changed_by == an
    assert not AuditEvent.objects.filter(verb="need.corrected").exists()


def test_withdrawing_needs_a_reason_and_happens_once(person, an, anh):
    need = actions.need.record(need=Need(returnee=person, pathway="work", text="Việc", state_on=TODAY), by=an)
    with pytest.raises(ValidationError):
        actions.row.withdraw(row=need, reason="  ", by=an)

    actions.row.withdraw(row=need, reason="Nhầm", by=an)
    actions.row.withdraw(row=Need.objects.get(), reason="Nhầm ", by=anh)

    assert (need.withdrawn_by, need.withdrawn_reason) == (an, "Nhầm")
    assert AuditEvent.objects.filter(verb="need.withdrawn").count() == 1
