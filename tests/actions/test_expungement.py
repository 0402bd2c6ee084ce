from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases import actions
from cases.actions.expungement import ClearancePaper, ListRefusedError
from cases.models import AuditEvent, Crime, Expungement, Returnee, Verdict
from tests.makers import TODAY, make_returnee, make_served, make_user

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
    assert AuditEvent.objects.filter(verb="expungement.confirmed").count() == 1


def test_while_the_clock_runs_a_reason_is_asked_for(person, an):
    make_served(returnee=person, by=an, done_on=TODAY)

    with pytest.raises(ValidationError) as refused:
        bring(person, an)
    assert "reason" in refused.value.error_dict
    assert bring(person, an, reason="Quyết định thủ công theo hướng dẫn").pk


def test_evidence_older_than_the_day_of_eligibility_needs_a_reason(person, an):
    make_served(returnee=person, by=an, done_on=DONE)  # cleared from 02/01/2024

    with pytest.raises(ValidationError, match="02/01/2024") as refused:
        bring(person, an, evidence="slip_1", evidence_on=date(2024, 1, 1))
    assert "reason" in refused.value.error_dict
    assert bring(person, an, evidence="slip_1", evidence_on=date(2024, 1, 2)).pk


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


def test_nobody_confirms_evidence_of_their_own(person, anh):
    make_served(returnee=person, by=anh, done_on=DONE)
    evidence = bring(person, anh)

    with pytest.raises(ValidationError, match="không được tự xác nhận"):
        actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Expungement.objects.filter(pk=evidence.pk).update(confirmed_by=anh, confirmed_on=TODAY)


def test_what_a_chief_brought_another_chief_or_the_unit_above_confirms(person, an, anh, chi, units):
    make_served(returnee=person, by=an, done_on=DONE)
    deputy = make_user("huong", "Lý Thị Hương", "chief", units.nam_da)
    of_an, of_anh = bring(person, an), bring(person, anh)
    may = {user.username: set(Expungement.objects.confirmable_by(user)) for user in (anh, deputy, chi)}

    assert may == {"anh": {of_an}, "huong": {of_an, of_anh}, "chi": {of_anh}}
    with pytest.raises(ValidationError, match="Trưởng Công an xã xác nhận"):
        actions.expungement.confirm(expungement=of_an, on=TODAY, by=chi)
    actions.expungement.confirm(expungement=of_anh, on=TODAY, by=chi)
    person.refresh_from_db()
    assert person.is_sealed


def test_the_court_s_decision_is_written_into_the_judgment_and_the_clock_says_cleared(person, an, anh):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    judgment.offences.update(article=121, chapter="XIII")
    evidence = bring(person, an, evidence="court_decision")

    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)

    judgment.refresh_from_db()
    assert judgment.clearance_decision_on == TODAY
    assert Verdict.objects.first().status == "expunged"
    assert AuditEvent.objects.get(verb="judgment.corrected").after == {"clearance_decision_on": str(TODAY)}


def test_a_court_may_decide_early_but_not_before_a_third_of_the_period(person, an):
    judgment = make_served(returnee=person, by=an, done_on=TODAY - timedelta(days=300))
    judgment.offences.update(article=121, chapter="XIII")  # three years to wait, so the court may decide after one

    with pytest.raises(ValidationError):
        bring(person, an, evidence="court_decision")
    judgment.main_done_on = TODAY - timedelta(days=400)
    actions.row.correct(row=judgment, by=an)
    assert bring(person, an, evidence="court_decision").pk


def test_a_conviction_without_its_judgment_stops_everybody_whatever_the_reason(person, an, anh):
    make_served(returnee=person, by=an, done_on=DONE)
    evidence = bring(person, an)
    facts = {"act_on": date(2023, 6, 1), "stage": "convicted", "stage_on": date(2023, 9, 1)}
    crime = Crime(returnee=person, offence="x", severity=1, **facts)
    actions.violation.record(violation=crime, by=an)

    with pytest.raises(ValidationError, match="01/06/2023"):
        bring(person, an, reason="Có trong VNeID")
    with pytest.raises(ValidationError, match="nhập bản án"):
        actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    said = Verdict.objects.first()
    assert (said.status, said.due_on) == ("incomplete", None)
    assert said.answer["steps"][0] == "Bản án về hành vi ngày 01/06/2023: thiếu bản án."

    judged = {"act_on": date(2023, 6, 1), "effective_on": date(2023, 9, 1), "months": 6}
    make_served(returnee=person, by=an, done_on=date(2024, 3, 1), **judged)
    assert Verdict.objects.first().due_on == date(2026, 3, 2)


def test_taking_a_court_s_clearing_back_takes_its_day_out_of_the_judgment(person, an, anh):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    judgment.offences.update(article=121, chapter="XIII")
    evidence = bring(person, an, evidence="court_decision")
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    person.refresh_from_db()

    actions.expungement.take_back(returnee=person, by=anh, reason="Quyết định của người khác")

    judgment.refresh_from_db()
    assert (judgment.clearance_decision_on, person.is_sealed) == (None, False)
    assert Verdict.objects.first().status == "may_apply"


def test_nobody_closes_a_file_as_cleared_by_hand(person, anh):
    with pytest.raises(ValidationError, match="minh chứng"):
        actions.returnee.close(returnee=person, on=TODAY, reason="expunged", by=anh)


PAPER = ClearancePaper("database", TODAY, "12/PV06, kèm danh sách", "")


def from_a_register(an, **person):
    """Somebody of whom an old register says that the record is cleared."""
    returnee = make_returnee(by=an, completed_on=DONE, presented_on=DONE, **person)
    said = Expungement(returnee=returnee, evidence="register", evidence_on=date(2025, 2, 2))
    return actions.expungement.bring_evidence(expungement=said, by=an, vouched=True)


def test_what_an_old_register_says_is_confirmed_with_a_paper_alone(an, anh):
    said = from_a_register(an)
    make_served(returnee=said.returnee, by=an, done_on=DONE)

    with pytest.raises(ValidationError):
        actions.expungement.confirm(expungement=said, on=TODAY, by=anh)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expungement.objects.filter(pk=said.pk).update(confirmed_on=TODAY, confirmed_by=anh)


def test_one_paper_clears_a_list_each_with_its_own_line_in_the_log(an, anh):
    said = [from_a_register(an, full_name=name) for name in ("Bùi Một", "Bùi Hai")]
    for each in said:
        make_served(returnee=each.returnee, by=an, done_on=DONE)

    actions.expungement.confirm_list(expungements=said, paper=PAPER, on=TODAY, by=anh)
    actions.expungement.confirm_list(expungements=said, paper=PAPER, on=TODAY, by=anh)

    kept = Expungement.objects.values_list("evidence", "evidence_on", "reference", "reason", "confirmed_by")
    assert set(kept) == {("database", TODAY, "12/PV06, kèm danh sách", "", anh.pk)}
    assert set(Returnee.objects.values_list("close_reason", flat=True)) == {"expunged"}
    assert AuditEvent.objects.filter(verb="expungement.confirmed", actor_id=anh.pk).count() == 2


def test_one_who_is_refused_keeps_the_list_until_there_is_a_reason_which_stays_with_that_one(an, anh):
    clear, running = from_a_register(an, full_name="Bùi Một"), from_a_register(an, full_name="Bùi Hai")
    make_served(returnee=clear.returnee, by=an, done_on=DONE)

    with pytest.raises(ListRefusedError) as refused:
        actions.expungement.confirm_list(expungements=[clear, running], paper=PAPER, on=TODAY, by=anh)
    assert set(refused.value.refused) == {running.pk}
    assert not Expungement.objects.confirmed().exists()

    both = Expungement.objects.order_by("pk")
    paper = replace(PAPER, reason="Đã có quyết định trước khi lập sổ")
    actions.expungement.confirm_list(expungements=both, paper=paper, on=TODAY, by=anh)
    assert [bool(each.reason) for each in both.all()] == [False, True]


def test_whoever_loaded_the_register_does_not_confirm_it(an, anh):
    said = from_a_register(anh)
    make_served(returnee=said.returnee, by=an, done_on=DONE)

    with pytest.raises(ListRefusedError):
        actions.expungement.confirm_list(expungements=[said], paper=PAPER, on=TODAY, by=anh)
