import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from cases import actions
from cases.actions.row import SentBeforeError
from cases.models import ArrivalAnswer, AuditEvent, Notice, Returnee
from tests.makers import TODAY, make_group, make_notice, make_returnee, make_user

RELEASED = TODAY - timedelta(days=12)
Kind = ArrivalAnswer.Kind


def answer(person, kind, by, on=TODAY, uid=None, **what):
    return actions.arrival.answer(returnee=person, kind=kind, on=on, by=by, uid=uid or uuid.uuid4(), **what)


@pytest.fixture
def person(an):
    return make_notice(by=an, completed_on=RELEASED, received_on=RELEASED).returnee


def reread(person):
    return Returnee.objects.get(pk=person.pk)


def test_a_notice_opens_a_row_of_somebody_awaited(an):
    notice = make_notice(by=an, completed_on=TODAY + timedelta(days=30), address="Thôn Nam Tân")

    assert notice.returnee.status(TODAY) == "waiting"
    assert notice.address == "Thôn Nam Tân"
    assert AuditEvent.objects.filter(verb="notice.added", returnee_id=notice.returnee.pk).count() == 1


def test_the_same_notice_twice_and_the_same_form_twice_are_kept_once(person, an):
    again = make_notice(by=an, returnee=person, received_on=RELEASED)
    other = Notice(uid=again.uid, number="99", sender="x", dated_on=TODAY, received_on=TODAY)
    corrected = Notice(number=again.number, dated_on=again.dated_on, received_on=again.received_on, sender="Trại khác")
    for notice in (other, corrected):
        with pytest.raises(SentBeforeError):
            actions.arrival.announce(returnee=person, notice=notice, by=an)

    assert Notice.objects.filter(returnee=person).count() == 1


def test_somebody_whose_file_is_closed_is_announced_anew_not_there(person, an, anh):
    actions.returnee.close(returnee=person, on=TODAY, reason="other", by=anh)

    with pytest.raises(ValidationError):
        make_notice(by=an, returnee=person, number="2")


def test_announced_people_are_spread_over_officers_by_their_load(an, anh, units):
    colleague = make_user("huy", "Nguyễn Huy", "officer", units.nam_da)
    led = make_returnee(by=an)
    make_group(returnee=led, lead=an)

    found = [make_notice(by=anh, full_name=f"Người {n}", assign=True).assigned_to for n in range(3)]

    assert found[0] == colleague  # nobody yet, against one
    assert {found[1], found[2]} == {an, colleague}


def test_arrived_records_the_presenting(person, an):
    answer(person, Kind.ARRIVED, an, on=TODAY)

    assert reread(person).presented_on == TODAY


@pytest.mark.parametrize(("kind", "reason"), [(Kind.ABROAD, "left_country"), (Kind.DIED, "died")])
def test_abroad_and_died_close_the_file_with_the_reason(kind, reason, person, an):
    answer(person, kind, an, note="Gia đình cho biết")

    closed = reread(person)
    assert (closed.closed_on, closed.close_reason, closed.close_note) == (TODAY, reason, "Gia đình cho biết")


def test_another_commune_has_the_person_at_once_and_the_clock_runs_on(person, an, units):
    answer(person, Kind.WRONG_COMMUNE, an, named_unit=units.krong_no)

    moved = reread(person)
    assert moved.unit == units.krong_no
    assert moved.unit_on(TODAY - timedelta(days=1)) == units.nam_da
    assert moved.unit_on(TODAY) == units.krong_no
    assert moved.completed_on == RELEASED


def test_before_the_release_the_first_placement_itself_moves(an, units):
    person = make_notice(by=an, completed_on=TODAY + timedelta(days=20)).returnee

    answer(person, Kind.WRONG_COMMUNE, an, named_unit=units.krong_no)

    (placement,) = person.placements.all()
    assert (placement.unit, placement.since, placement.until) == (units.krong_no, person.completed_on, None)


def test_whoever_answers_moves_with_the_person(person, an, binh, units):
    actions.row.correct(row=_assigned(person, an), by=an)

    answer(person, Kind.WRONG_COMMUNE, an, named_unit=units.krong_no)

    assert person.notices.get().assigned_to == binh


def _assigned(person, user):
    notice = person.notices.get()
    notice.assigned_to = user
    return notice


def test_the_level_above_names_a_commune_and_the_history_keeps_every_answer(person, an, chi, units):
    answer(person, Kind.NOT_HERE, an, note="Mẹ nói đã đi xa")
    answer(person, Kind.NAMED, chi, named_unit=units.krong_no)

    assert reread(person).unit == units.krong_no
    kept = [(row.kind, row.unit, row.named_unit) for row in person.arrival_answers.all()]
    assert kept == [("not_here", units.nam_da, None), ("named", units.cluster, units.krong_no)]


def test_an_answer_sent_twice_is_one_answer(person, an, units):
    uid = uuid.uuid4()
    for _time in range(2):
        answer(person, Kind.WRONG_COMMUNE, an, uid=uid, named_unit=units.krong_no)

    assert ArrivalAnswer.objects.count() == 1
    assert person.placements.count() == 2


def test_an_answer_that_does_not_fit_is_refused_in_words(person, an, units):
    ended = units.dak_sak
    ended.valid_to = TODAY - timedelta(days=1)
    ended.save()
    wrong = [
        ("named_unit", Kind.WRONG_COMMUNE, {"named_unit": units.nam_da}),
        ("named_unit", Kind.WRONG_COMMUNE, {"named_unit": ended}),
        ("named_unit", Kind.WRONG_COMMUNE, {"named_unit": units.cluster}),
        ("on", Kind.ARRIVED, {"on": RELEASED - timedelta(days=1)}),
        ("on", Kind.DIED, {"on": RELEASED - timedelta(days=1)}),
        ("__all__", Kind.WRONG_COMMUNE, {}),
        ("__all__", Kind.NOT_HERE, {}),
    ]
    for field, kind, what in wrong:
        with pytest.raises(ValidationError) as refused:
            answer(person, kind, an, **what)
        assert field in refused.value.message_dict, (kind, what)

    assert not ArrivalAnswer.objects.exists()


def test_whoever_presented_needs_no_answer(person, an):
    answer(person, Kind.ARRIVED, an)

    with pytest.raises(ValidationError):
        answer(person, Kind.NOT_HERE, an, note="x")


def test_answers_are_never_changed_nor_deleted(person, an):
    given = answer(person, Kind.CONFIRMED, an)
    for change in (given.save, given.delete, ArrivalAnswer.objects.all().delete, lambda: _update()):
        with pytest.raises(TypeError):
            change()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_arrivalanswer SET note = 'x'")


def _update():
    ArrivalAnswer.objects.update(note="x")


def test_a_notice_received_before_it_was_written_is_refused(an):
    wrong = Notice(number="1", sender="x", dated_on=date(2026, 3, 2), received_on=date(2026, 3, 1))

    with pytest.raises(ValidationError):
        actions.arrival.announce(returnee=make_returnee(by=an, presented=False), notice=wrong, by=an)
