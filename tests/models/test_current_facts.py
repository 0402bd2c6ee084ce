"""The facts beside a person are what a recount of the rows gives, whatever was stored, on both engines."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, example, given, settings

from cases.actions import current_facts
from cases.models import Activity, ActivityEntry, CurrentFacts, LastContact, Returnee, fact_triggers
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
@example(history=[(steps.work, 1, 1, 5), (steps.correct_activity, 0, 1, 2)])  # it was help with a paper
@example(history=[(steps.work, 1, 1, 5), (steps.correct_entry, 0, 1, 1), (steps.correct_activity, 0, 1, 0)])
@example(history=[(steps.assess, 0, 3, 1), (steps.assess, 0, 3, 1), (steps.correct_assessment, 1, 0, 4)])
@random_histories
def test_after_any_history_what_is_kept_is_what_a_recount_gives(an, three, history):
    with transaction.atomic():
        for write, *numbers in history:
            write(an, *numbers)
            assert differences() == [], write.__name__
        transaction.set_rollback(True)


def test_nobody_writes_the_day_of_a_part_but_the_database(an, three):
    entry = make_activity(three[0], by=an).entries.get()
    Activity.objects.update(on=TODAY - timedelta(days=3))
    entry.note = "Vắng"
    entry.save()  # read before the day was corrected
    ActivityEntry.objects.update(kept_kind="review", kept_detail="identity")

    entry.refresh_from_db()
    assert (entry.kept_on, entry.kept_kind, entry.kept_detail) == (TODAY - timedelta(days=3), "encouragement", "")


def test_a_part_of_no_work_is_refused(an, three):
    with pytest.raises(DatabaseError), transaction.atomic():
        ActivityEntry.objects.create(activity_id=10_000_000, returnee=three[0])


def test_a_rebuild_corrects_the_day_of_a_part(an, three):
    make_activity(three[0], by=an)
    fact_triggers.execute(connection, fact_triggers.taken_away(connection))
    ActivityEntry.objects.update(kept_on=None)

    (found,) = [each for each in current_facts.rebuild() if each.name.startswith("part")]
    assert (found.kept[0], found.counted[0]) == (None, TODAY)
    assert differences() == []


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
    fact_triggers.execute(connection, fact_triggers.taken_away(connection))
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
