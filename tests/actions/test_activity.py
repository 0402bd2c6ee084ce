import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.actions.activity import NextAppointment, PersonOutcome
from cases.models import Activity, Appointment, AuditEvent, Organisation, Snooze
from tests.makers import TODAY, make_activity, make_returnee

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def agreed(person, by, on=YESTERDAY):
    return actions.row.add(row=Appointment(returnee=person, kind="encouragement", on=on), by=by)


def logged(entries, by, **changes):
    facts = {"kind": "encouragement", "on": TODAY, **changes}
    next_time = facts.pop("next_time", None)
    return actions.activity.record(activity=Activity(**facts), entries=entries, by=by, next_time=next_time)


def test_recording_leaves_an_entry_and_an_audit_row_for_each_person(person, an):
    other = make_returnee(by=an, full_name="Lê Thị Ba")

    activity = logged([PersonOutcome(person), PersonOutcome(other, "absent")], an)

    assert activity.entries.count() == 2
    rows = AuditEvent.objects.filter(verb="activity.recorded")
    assert {row.returnee_id: row.after["outcome"] for row in rows} == {person.pk: "met", other.pk: "absent"}


def test_one_uid_is_one_record(person, an):
    uid = uuid.uuid4()

    first, second = (logged([PersonOutcome(person)], an, uid=uid) for _ in range(2))

    assert first == second
    assert Activity.objects.count() == 1


class Overtaken(list):
    """Entries whose first reading lets the same form, sent a moment later, through first."""

    def __init__(self, entries, first):
        super().__init__(entries)
        self.first = first

    def __iter__(self):
        if first := self.__dict__.pop("first", None):
            first()
        return super().__iter__()


def test_two_equal_forms_at_the_same_moment_make_one_record(person, an):
    uid = uuid.uuid4()

    entries = Overtaken([PersonOutcome(person)], lambda: logged([PersonOutcome(person)], an, uid=uid))
    logged(entries, an, uid=uid)

    assert Activity.objects.count() == 1
    assert AuditEvent.objects.filter(verb="activity.recorded").count() == 1


def test_the_same_person_twice_in_one_entry_is_refused_and_nothing_is_written(person, an):
    with pytest.raises(IntegrityError):
        logged([PersonOutcome(person), PersonOutcome(person)], an)

    assert not Activity.objects.exists()


@pytest.mark.parametrize("days", [0, 1])
def test_work_begins_on_the_day_of_coming_home(days, person, an):
    day = person.completed_on - timedelta(days=days)

    if days:
        with pytest.raises(ValidationError, match="Nguyễn Văn Dũng"):
            logged([PersonOutcome(person)], an, on=day)
    else:
        assert logged([PersonOutcome(person)], an, on=day).pk


def test_nobody_chosen_is_refused(an):
    with pytest.raises(ValidationError):
        logged([], an)


@pytest.mark.parametrize(
    ("outcome", "ahead", "state"),
    [
        ("met", -1, "kept"),
        ("family", 3, "kept"),
        ("met", 4, "pending"),
        ("absent", 0, "missed"),
        ("absent", 1, "pending"),
    ],
)
def test_what_a_visit_makes_of_an_appointment(outcome, ahead, state, person, an):
    appointment = agreed(person, an, TODAY + timedelta(days=ahead))

    activity = logged([PersonOutcome(person, outcome)], an)

    appointment.refresh_from_db()
    found = {(activity, None): "kept", (None, TODAY): "missed", (None, None): "pending"}
    assert found[appointment.kept_by, appointment.missed_on] == state


def test_the_appointments_of_many_are_settled_and_opened_again_by_one_statement_each(an):
    people = [make_returnee(by=an, full_name=f"Lê Văn {name}") for name in ("Một", "Hai", "Ba", "Bốn")]
    for each in people:
        agreed(each, an)
    outcomes = dict(zip(people, ("met", "met", "absent", "absent"), strict=True))

    with CaptureQueriesContext(connection) as queries:
        activity = logged([PersonOutcome(*each) for each in outcomes.items()], an)
        actions.activity.withdraw(activity=activity, by=an, reason="Ghi nhầm")

    assert sum(query["sql"].startswith('UPDATE "cases_appointment"') for query in queries) == 2 + 1
    assert Appointment.objects.pending().count() == 4


@pytest.mark.parametrize("outcome", ["met", "absent"])
def test_withdrawing_opens_settled_appointments_again_and_takes_back_the_next_one(outcome, person, an):
    appointment = agreed(person, an)
    activity = logged(
        [PersonOutcome(person, outcome)], an, next_time=NextAppointment("review", TODAY + timedelta(days=30))
    )

    for _ in range(2):
        actions.activity.withdraw(activity=activity, by=an, reason="Ghi nhầm")

    assert list(Appointment.objects.pending()) == [appointment]
    assert AuditEvent.objects.filter(verb="activity.withdrawn", returnee_id=person.pk).count() == 1


def test_withdrawing_without_a_reason_is_refused(person, an):
    with pytest.raises(ValidationError):
        actions.activity.withdraw(activity=make_activity(person, by=an), by=an, reason=" ")


def test_a_corrected_outcome_moves_the_appointment_along(person, an):
    appointment = agreed(person, an)
    activity = logged([PersonOutcome(person)], an)

    actions.activity.correct(activity=activity, entries=[PersonOutcome(person, "absent")], by=an)

    appointment.refresh_from_db()
    assert (appointment.kept_by, appointment.missed_on) == (None, TODAY)
    changed = AuditEvent.objects.get(verb="activity.entry_corrected")
    assert (changed.before["outcome"], changed.after["outcome"]) == ("met", "absent")


def test_a_correction_of_the_same_values_changes_nothing(person, an):
    activity = logged([PersonOutcome(person)], an)
    before = AuditEvent.objects.count()

    actions.activity.correct(activity=activity, entries=[PersonOutcome(person)], by=an)

    assert AuditEvent.objects.count() == before


def test_a_correction_does_not_bring_in_somebody_else(person, an):
    activity = logged([PersonOutcome(person)], an)

    actions.activity.correct(activity=activity, entries=[PersonOutcome(make_returnee(by=an, full_name="Khác"))], by=an)

    assert [entry.returnee for entry in activity.entries.all()] == [person]


def test_who_took_part_is_corrected_where_it_is_given(person, an):
    activity = logged([PersonOutcome(person)], an)
    women = Organisation.objects.get(code="women")

    actions.activity.correct(activity=activity, organisations=[women], by=an)
    actions.activity.correct(activity=activity, by=an)

    assert list(activity.organisations.all()) == [women]


def test_a_missed_meeting_needs_a_reason_and_is_not_a_kept_one(person, an):
    appointment = agreed(person, an)

    with pytest.raises(ValidationError):
        actions.activity.miss(appointment=appointment, on=TODAY, reason=" ", by=an)
    actions.activity.miss(appointment=appointment, on=TODAY, reason="Ốm", by=an)
    assert AuditEvent.objects.get(verb="appointment.missed").reason == "Ốm"
    kept = agreed(person, an)
    logged([PersonOutcome(person)], an)
    kept.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.activity.miss(appointment=kept, on=TODAY, reason="Ốm", by=an)


@pytest.mark.parametrize(("days", "reason"), [(7, " "), (0, "Ốm"), (366, "Ốm")])
def test_a_snooze_needs_a_reason_and_a_day_within_a_year(days, reason, person, an):
    until = TODAY + timedelta(days=days)

    with pytest.raises(ValidationError):
        actions.activity.snooze(returnee=person, duty="contact", since=TODAY, until=until, reason=reason, by=an)

    assert not Snooze.objects.exists()


def test_a_snooze_is_in_force_until_its_last_day(person, an):
    until = TODAY + timedelta(days=365)

    actions.activity.snooze(returnee=person, duty="contact", since=TODAY, until=until, reason="Ốm", by=an)

    assert [Snooze.objects.in_force(until + timedelta(days=more)).count() for more in (0, 1)] == [1, 0]
