"""At night the clocks of those are told for whom anything has moved: nobody else's verdict would have changed."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cases import actions
from cases.law.waiting import RULE_SETS
from cases.models import Crime, QueuedJob, RuleVersion, Verdict, law_edition
from cases.models.rule_version import place
from cases.reports.people.verdict_moves import last_done, people_moved
from cases.tasks import nightly
from tests.makers import TODAY, make_returnee, make_served

DONE = TODAY - timedelta(days=700)
STEPS = [1, 15, 30, 45, 400, 900, 1500]  # days between two nights


@pytest.fixture
def people(an):
    """Records that end on many days, one that waits, one cleared by a court beside one that runs, one without any."""
    found = [make_returnee(by=an, full_name=f"Người Thứ {number}", born_on="1985-02-03") for number in range(8)]
    for number, person in enumerate(found[:5]):
        make_served(returnee=person, by=an, done_on=DONE + timedelta(days=17 * number))
    make_served(returnee=found[5], by=an, done_on=TODAY - timedelta(days=20))
    make_served(returnee=found[6], by=an, done_on=DONE + timedelta(days=60))
    court = TODAY - timedelta(days=10)
    make_served(returnee=found[6], by=an, done_on=DONE + timedelta(days=90), number="2", clearance_decision_on=court)
    actions.verdict.recompute_all(on=TODAY, cause=Verdict.Cause.REVIEW, by=None)
    return found


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def changed(on):
    """Whose verdict a look at everybody would change on a day."""
    with transaction.atomic():
        made = actions.verdict.recompute_all(on=on, cause=Verdict.Cause.REVIEW, by=None)
        transaction.set_rollback(True)
    return {row.returnee_id for row in made}


def moved(since, on):
    return set(people_moved(since, on).values_list("pk", flat=True))


def test_whoever_is_left_out_has_the_same_verdict_night_after_night(people, monkeypatch):
    since, seen = TODAY + timedelta(days=1), 0
    for step in STEPS:
        on = since + timedelta(days=step)
        turned, looked_at = changed(on), moved(midnight(since), on)
        assert turned <= looked_at
        seen += len(turned)
        actions.verdict.recompute_all(on=on, cause=Verdict.Cause.REVIEW, by=None)
        since = on
    assert seen >= 6


def test_a_night_on_which_nothing_moves_looks_at_nobody_but_the_one_a_court_decided_about(people):
    tomorrow = TODAY + timedelta(days=1)
    due = Verdict.objects.filter(due_on=tomorrow).values_list("returnee", flat=True)

    assert moved(midnight(tomorrow), tomorrow) - set(due) <= {people[6].pk}


def test_whose_facts_were_written_since_is_looked_at(people, an):
    since = timezone.now()
    crime = Crime(returnee=people[3], act_on=TODAY, offence="x", severity=1, stage="reported")
    actions.violation.record(violation=crime, by=an)
    fresh = make_returnee(by=an, full_name="Người Mới Về")

    assert {people[3].pk, fresh.pk} <= moved(since, TODAY)
    assert people[4].pk not in moved(since, TODAY)


@pytest.mark.parametrize("valid_from", [TODAY, date(2020, 1, 1)])
def test_new_rules_let_everybody_be_looked_at(people, an, valid_from):
    since = timezone.now()
    months = {place(wait.column, wait.band): wait.months for wait in RULE_SETS[-1].waits}
    rules = {"code": "X-1", "title": "x", "valid_from": valid_from, "source": "Luật x", "certainty": "V"}
    RuleVersion(months=months, **rules).stamp(an).save()

    assert len(moved(since, TODAY)) == len(people)


def test_the_first_night_and_the_first_of_a_month_look_at_everybody(people):
    day = TODAY.replace(day=2)
    assert last_done(day) is None

    for job in nightly.begin():
        assert job.state == "done"

    begun = QueuedJob.objects.get(kind="verdicts").begun_at
    assert [last_done(each) for each in (day, TODAY.replace(day=1))] == [begun, None]
    assert len(moved(None, TODAY)) == len(people)


def test_a_new_edition_of_the_laws_code_lets_everybody_be_told_anew(people, monkeypatch):
    day = TODAY.replace(day=2)
    nightly.begin()
    assert last_done(day) is not None
    kept = Verdict.objects.filter(returnee=people[0].pk).count()

    monkeypatch.setattr("cases.reports.people.verdict_moves.law_edition", lambda: "another")
    assert last_done(day) is None

    monkeypatch.setattr("cases.models.verdict.law_edition", lambda: "another")
    assert changed(TODAY) == set()  # what says the same is no new verdict
    assert Verdict.objects.filter(returnee=people[0].pk).count() == kept


def test_an_edition_follows_every_module_of_the_law(tmp_path, monkeypatch):
    law = tmp_path / "law"
    law.mkdir()
    monkeypatch.setattr(law_edition, "CODE", tmp_path)
    module, seen = law / "waiting.py", set()
    for text in ("months = 24", "months = 36"):
        module.write_text(text)
        seen.add(law_edition.law_edition.__wrapped__())
    assert len(seen) == 2
    assert len(law_edition.law_edition()) == 12


def test_the_night_is_due_once_a_day_and_not_before_its_hour(db):
    early, late = midnight(TODAY) + timedelta(minutes=30), midnight(TODAY) + timedelta(hours=23)
    assert not nightly.is_due(early)
    assert nightly.is_due(late)

    nightly.begin()

    assert not nightly.is_due(late)
    assert nightly.is_due(late + timedelta(days=1))
