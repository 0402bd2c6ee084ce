from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.access.roles import Role
from cases.models import Returnee, Unit
from cases.reports.dashboard import silence
from tests.makers import TODAY, make_activity, make_paperwork, make_returnee, make_unit, make_user

BEFORE = date(2004, 1, 1)


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
    people, absent = silence.managed_people(chi, TODAY, chi.unit), dict(silence.not_presented(chi, TODAY))

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


def test_at_the_ministry_whoever_is_at_no_province_in_force_stands_in_a_row_of_their_own(an, signed_in):
    ministry = make_unit(kind="ministry", code="BCA", name="Bộ Công an", valid_from=BEFORE)
    ended = {"valid_from": BEFORE, "valid_to": date(2025, 6, 30)}
    old = make_unit(kind="province", code="67", name="Tỉnh Đắk Nông", parent=ministry, **ended)
    divided = make_unit(kind="commune", code="24999", name="Xã Đắk Nang", parent=old, **ended)
    Unit.objects.filter(pk=divided.pk).update(standing=None)
    make_returnee(by=an)
    Returnee.objects.update(unit=divided)
    hoa = make_user("hoa", "Huỳnh Thị Hòa", Role.REVIEWER, ministry)

    rows, rest = silence.provinces(hoa, TODAY)
    page = signed_in(hoa).get(reverse("home"))

    assert sum(row.managed for row in rows) + rest.managed == page.context["figures"][0]["value"] == 1
    assert (rest.pk, rest.managed, rest.waiting) == (None, 1, (1, 1, 1))
    assert "Chưa phân bổ" in page.content.decode()
