from datetime import timedelta

import pytest

from cases.models import Returnee, Unit
from cases.reports.dashboard import silence
from tests.makers import TODAY, make_activity, make_paperwork, make_returnee


def test_who_has_desk_work_only_is_not_told_as_overdue(an, chi):
    late = make_returnee(by=an, full_name="Ba Lặng")
    make_activity(late, by=an, on=TODAY - timedelta(days=70))
    desk = make_returnee(by=an, full_name="Hai Giấy")
    make_activity(desk, by=an)
    make_paperwork(returnee=desk, by=an, needed_on=TODAY - timedelta(days=90))

    told = {person.name: person.is_overdue for person in silence.managed_people(chi, TODAY, chi.unit)}

    assert told == {"Ba Lặng": True, "Hai Giấy": False}


def test_communes_without_people_have_a_row_of_zeros(an, chi):
    make_returnee(by=an)
    make_returnee(by=an, full_name="Lê Thị Ba", presented=False)
    people, absent = silence.managed_people(chi, TODAY, chi.unit), silence.not_presented(chi, TODAY)

    rows = silence.communes(people, Unit.objects.visible_to(chi).communes(), absent)

    assert [(row.name, row.managed, row.overdue, row.waiting, row.not_presented) for row in rows] == [
        ("Xã Nam Đà", 1, 1, (1, 1, 1), 1),
        ("Xã Krông Nô", 0, 0, (0, 0, 0), 0),
    ]
    assert [row.is_empty for row in rows] == [False, True]


@pytest.mark.parametrize(("outcome", "is_met"), [("met", True), ("family", True), ("absent", False)])
def test_the_family_met_is_a_contact_and_a_closed_door_is_none(an, outcome, is_met):
    person, day = make_returnee(by=an), TODAY - timedelta(days=10)
    make_activity(person, by=an, on=day, outcome=outcome)

    assert Returnee.objects.with_facts().get().last_contact_on == (day if is_met else None)


def test_who_is_at_no_commune_stands_in_a_row_of_their_own(an, binh, chi, units):
    make_returnee(by=an)
    make_returnee(by=binh)
    found = silence.managed_people(chi, TODAY, chi.unit)

    rest = silence.unallocated_row(found, [units.nam_da], {units.krong_no.pk: 2, units.nam_da.pk: 1})

    assert (rest.pk, rest.managed, rest.not_presented) == (None, 1, 2)
