from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, Placement, Returnee
from tests.makers import TODAY, make_group, make_returnee

HOME = TODAY - timedelta(days=200)


def test_file_numbers_run_within_a_commune_and_a_year(an, binh):
    first, second = (make_returnee(by=an, completed_on=TODAY.replace(year=2022, day=1)) for _ in range(2))
    other = make_returnee(by=binh, completed_on=TODAY.replace(year=2022, day=1))

    assert [first.file_number, second.file_number] == ["24697-2022-001", "24697-2022-002"]
    assert other.file_number == "24688-2022-001"


def test_a_given_file_number_is_kept(an):
    assert make_returnee(by=an, file_number="CU-15").file_number == "CU-15"


def test_a_checked_row_is_saved_as_it_is(an):
    person = Returnee(full_name="A", sex="male", born_on="1985", unit=an.unit, completed_on=HOME)

    assert actions.returnee.register(returnee=person, by=an, checked=True).pk


def test_presenting_on_another_day_is_refused_and_on_the_same_is_nothing_new(an):
    person = make_returnee(by=an)

    actions.returnee.present(returnee=person, on=person.presented_on, by=an)
    with pytest.raises(ValidationError) as refused:
        actions.returnee.present(returnee=person, on=TODAY, by=an)

    assert list(refused.value.error_dict) == ["presented_on"]
    assert not AuditEvent.objects.filter(verb="returnee.presented").exists()


def test_closing_ends_the_group_and_happens_once(an, anh):
    person = make_returnee(by=an)
    group = make_group(returnee=person, lead=an)

    actions.returnee.close(returnee=person, on=TODAY, reason="died", note="Giấy chứng tử", by=anh)

    group.refresh_from_db()
    assert group.until == TODAY
    assert not Returnee.objects.managed(TODAY).exists()
    with pytest.raises(ValidationError):
        actions.returnee.close(returnee=person, on=TODAY, reason="died", by=anh)


def test_reopening_keeps_the_reason_in_the_log(an, anh):
    person = make_returnee(by=an)
    actions.returnee.close(returnee=person, on=TODAY, reason="other", by=anh)

    actions.returnee.reopen(returnee=person, reason="Đóng nhầm", by=anh)

    event = AuditEvent.objects.get(verb="returnee.reopened")
    assert (event.reason, event.before["close_reason"], event.after["closed_on"]) == ("Đóng nhầm", "other", None)


def test_a_file_is_not_reopened_beside_another_with_its_number(an, anh):
    number = {"identity_number": "067085000123"}
    first = make_returnee(by=an, **number)
    actions.returnee.close(returnee=first, on=TODAY, reason="other", by=anh)
    make_returnee(by=an, **number)

    with pytest.raises(ValidationError):
        actions.returnee.reopen(returnee=first, reason="Nhầm", by=anh)


def test_a_handover_leaves_one_owner_on_every_day(an, binh, units):
    person = make_returnee(by=an)
    make_group(returnee=person, lead=an)

    actions.returnee.hand_over(returnee=person, to_unit=units.krong_no, on=TODAY, by=an)

    days = [(row.unit, row.since, row.until) for row in Placement.objects.all()]
    assert days == [(units.nam_da, HOME, TODAY - timedelta(days=1)), (units.krong_no, TODAY, None)]
    assert person.unit_on(TODAY - timedelta(days=1)) == units.nam_da
    assert Returnee.objects.visible_to(binh).get() == person
    assert not person.groups.filter(until=None).exists()


def test_a_handover_before_the_first_day_is_refused(an, units):
    person = make_returnee(by=an)

    with pytest.raises(ValidationError) as refused:
        actions.returnee.hand_over(returnee=person, to_unit=units.krong_no, on=HOME, by=an)

    assert list(refused.value.error_dict) == ["on"]


def test_the_first_placement_follows_the_completion_but_not_past_its_end(an, units):
    person = make_returnee(by=an)
    person.completed_on = HOME - timedelta(days=5)
    actions.returnee.correct(returnee=person, by=an)
    assert person.placements.get().since == person.completed_on

    actions.returnee.hand_over(returnee=person, to_unit=units.krong_no, on=HOME, by=an)
    person.completed_on = person.presented_on = HOME + timedelta(days=10)
    actions.returnee.correct(returnee=person, by=an)
    assert person.placements.first().since == HOME - timedelta(days=5)


@pytest.mark.parametrize("typed", ["24697-2024-01/HS", "24697-2024-x", "24697-2024-"])
def test_a_file_number_that_was_typed_in_another_way_stops_no_series(typed, an):
    day = date(2024, 5, 5)
    first = make_returnee(by=an, completed_on=day)
    make_returnee(by=an, completed_on=day, file_number=typed)

    last = make_returnee(by=an, completed_on=day)

    assert (first.file_number, last.file_number) == ("24697-2024-001", "24697-2024-002")
