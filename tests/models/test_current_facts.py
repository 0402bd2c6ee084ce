"""The facts beside a person are what a recount of the rows gives, whatever was stored, on both engines."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings

from cases.actions import current_facts
from cases.models import Activity, CurrentFacts, LastContact, Returnee, fact_triggers
from tests.makers import TODAY, make_activity, make_group, make_returnee
from tests.models import fact_histories as steps

random_histories = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def three(an):
    return [make_returnee(by=an, full_name=name) for name in ("Lê A", "Lê B", "Lê C")]


def differences():
    return list(current_facts.rebuild(correct=False))


@given(history=steps.histories)
@example(history=[(steps.work, 1, 1, 5), (steps.correct_entry, 0, 1, 1)])  # a part is withdrawn
@example(history=[(steps.work, 1, 1, 5), (steps.correct_entry, 0, 1, 3)])  # a part was another person's
@example(history=[(steps.work, 2, 1, 5), (steps.correct_bodies, 0, 1, 0)])  # no body was there
@example(history=[(steps.work, 1, 1, 5), (steps.correct_activity, 0, 40, 1)])  # the day was another
@example(history=[(steps.assess, 0, 3, 1), (steps.assess, 0, 3, 1), (steps.correct_assessment, 1, 0, 4)])
@random_histories
def test_after_any_history_what_is_kept_is_what_a_recount_gives(an, three, history):
    with transaction.atomic():
        for write, *numbers in history:
            write(an, *numbers)
            assert differences() == [], write.__name__
        transaction.set_rollback(True)


def test_a_new_person_has_a_row_without_facts(an):
    facts = CurrentFacts.objects.get(returnee=make_returnee(by=an))

    assert [facts.last_contact_on, facts.group, facts.lead, facts.taken_over_on] == [None] * 4


def test_a_person_who_is_deleted_leaves_no_facts(an, anh):
    person = make_returnee(by=an)
    person.placements.all().delete()
    person.delete()

    assert not CurrentFacts.objects.filter(returnee=person.pk).exists()


def spoil(person):
    """What no trigger sees: somebody writes the kept rows themselves."""
    CurrentFacts.objects.filter(returnee=person).update(last_contact_on=None, group="D")
    LastContact.objects.filter(returnee=person).delete()


def test_a_rebuild_tells_what_differs_and_corrects_it(an, three):
    activity = make_activity(three[0], by=an)
    activity.organisations.set(steps.Organisation.objects.all()[:1])
    make_group(returnee=three[0], lead=an)
    spoil(three[0])

    with pytest.raises(CommandError, match="3 facts differ"):
        call_command("rebuild_facts", check=True, stdout=StringIO())
    assert len(differences()) == 3
    call_command("rebuild_facts", stdout=StringIO())
    assert differences() == []
    assert CurrentFacts.objects.get(returnee=three[0]).last_contact_on == TODAY
    call_command("rebuild_facts", check=True, stdout=StringIO())


def test_a_row_that_is_missing_is_made(an, three):
    CurrentFacts.objects.filter(returnee=three[0]).delete()
    call_command("rebuild_facts", stdout=StringIO())

    assert Returnee.objects.filter(facts__isnull=False).count() == 3


def test_people_who_are_there_before_the_triggers_are_counted_when_these_are_laid(an, three):
    """A migration on SQLite takes the triggers away with the tables it makes anew."""
    fact_triggers.execute(connection, fact_triggers.SQL.TAKE_AWAY[connection.vendor])
    make_activity(three[0], by=an)
    assert not fact_triggers.stand(connection)
    assert differences()

    fact_triggers.lay(using="default", plan=[])
    assert fact_triggers.stand(connection)
    assert differences() == []
    Activity.objects.update(withdrawn_at=None)
    make_activity(three[1], by=an)
    assert differences() == []


def test_before_migrations_the_triggers_go_on_sqlite_alone(three):
    fact_triggers.take_away(using="default", plan=[])
    assert fact_triggers.stand(connection)

    fact_triggers.take_away(using="default", plan=["a migration"])
    assert fact_triggers.stand(connection) == (connection.vendor == "postgresql")
    fact_triggers.lay(using="default", plan=["a migration"])
    assert fact_triggers.stand(connection)
