from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import Expungement
from tests.makers import TODAY, make_returnee, make_served

DONE = date(2022, 1, 1)


@pytest.fixture
def person(an):
    return make_returnee(by=an, born_on="1985-02-03", completed_on=DONE, presented_on=DONE)


def bring(person, by, **changes):
    facts = {"evidence": "vneid", "evidence_on": TODAY, **changes}
    return actions.expungement.bring_evidence(expungement=Expungement(returnee=person, **facts), on=TODAY, by=by)


def test_evidence_is_taken_when_the_clock_has_run_out_and_the_file_closes_when_the_chief_confirms(person, an, anh):
    make_served(returnee=person, by=an, done_on=DONE)
    evidence = bring(person, an)
    assert evidence.verdict.status == "eligible_unconfirmed"

    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=an)

    person.refresh_from_db()
    assert (person.closed_on, person.close_reason) == (TODAY, "expunged")
    assert evidence.confirmed_by == anh


def test_while_the_clock_runs_a_reason_is_asked_for(person, an):
    make_served(returnee=person, by=an, done_on=TODAY)

    with pytest.raises(ValidationError) as refused:
        bring(person, an)
    assert "reason" in refused.value.error_dict
    assert bring(person, an, reason="Quyết định thủ công theo hướng dẫn").pk


def test_only_a_decision_clears_what_the_court_decides(person, an):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    judgment.offences.update(article=121, chapter="XIII")

    with pytest.raises(ValidationError):
        bring(person, an)
    assert bring(person, an, evidence="court_decision").pk


def test_what_changed_since_the_evidence_came_stops_the_chief(person, an, anh):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    evidence = bring(person, an)
    actions.row.withdraw(row=judgment, by=an, reason="Nhập nhầm")

    with pytest.raises(ValidationError):
        actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)


def test_a_file_that_ended_before_keeps_its_day(person, an, anh):
    make_served(returnee=person, by=an, done_on=DONE)
    evidence = bring(person, an)
    actions.returnee.close(returnee=person, on=date(2026, 1, 5), reason="died", by=anh)

    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)

    person.refresh_from_db()
    assert person.close_reason == "died"
