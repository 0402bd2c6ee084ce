from datetime import date, timedelta
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.lib.period import Period
from cases.models import AuditEvent, Returnee
from cases.reports.people.unallocated import count_by_unit
from cases.reports.periodic.report_scope import Lens, where_of
from tests.makers import TODAY, make_returnee, make_succession, make_unit

REFORM = date(2025, 7, 1)
LAST = REFORM - timedelta(days=1)
HAMLET = f"hamlet_{crc32('Thôn 1'.encode()):08x}"


@pytest.fixture
def old(units):
    """Đắk Sôr below a district of old; it went partly to Nam Đà, partly to Đắk Sắk."""
    before = {"valid_from": date(2004, 1, 1), "valid_to": LAST}
    province = make_unit(kind="province", code="67", name="Tỉnh Đắk Nông", **before)
    district = make_unit(kind="district", code="664", name="Huyện Krông Nô", parent=province, **before)
    old = make_unit(kind="commune", code="24691", name="Xã Đắk Sôr", parent=district, **before)
    make_succession(province, units.province)
    for new in (units.nam_da, units.dak_sak):
        make_succession(district, new, share="part")
        make_succession(old, new, share="part")
    old.refresh_from_db()
    return old


@pytest.fixture
def person(old, dung):
    return make_returnee(by=dung, unit=old, completed_on=date(2025, 2, 1), hamlet="Thôn 1")


def test_people_of_a_divided_unit_are_seen_by_the_province_until_they_are_allocated(person, old, dung, chi, an):
    assert Returnee.objects.visible_to(dung).get() == person
    assert not Returnee.objects.visible_to(chi).exists()
    assert not Returnee.objects.visible_to(an).exists()
    assert count_by_unit(dung) == {old: 1}


def test_allocated_from_the_day_of_the_division_on(person, old, units, dung, an):
    actions.allocation.allocate(returnee=person, to=units.nam_da, by=dung)

    person.refresh_from_db()
    assert (person.unit, person.unit_on(LAST), person.unit_on(REFORM)) == (units.nam_da, old, units.nam_da)
    assert Returnee.objects.visible_to(an).get() == person
    assert count_by_unit(dung) == {}
    assert AuditEvent.objects.filter(verb="returnee.allocated", returnee_id=person.pk).count() == 1


def test_sent_twice_it_is_done_once(person, units, dung):
    for _time in range(2):
        actions.allocation.allocate(returnee=person, to=units.nam_da, by=dung)

    assert person.placements.count() == 2
    assert AuditEvent.objects.filter(verb="returnee.allocated").count() == 1


def test_somebody_registered_after_the_division_was_never_at_the_old_unit(old, units, dung):
    late = make_returnee(by=dung, unit=old, completed_on=date(2025, 8, 1))

    actions.allocation.allocate(returnee=late, to=units.dak_sak, by=dung)

    assert late.placements.get().unit == units.dak_sak


def test_a_unit_that_took_no_part_takes_nobody(person, units, dung):
    with pytest.raises(ValidationError, match="Krông Nô"):
        actions.allocation.allocate(returnee=person, to=units.krong_no, by=dung)
    assert person.placements.count() == 1


def test_reports_count_them_as_not_allocated_and_then_at_their_commune(person, old, units, dung):
    whole = Period(date(2025, 1, 1), TODAY)
    where = where_of(units.province, Lens.AS_IS, whole, TODAY)

    assert where.row_of(old.pk) == 0
    assert where.row_of(units.nam_da.pk) == units.cluster.pk


def test_the_page_allocates_a_hamlet_and_one_person_elsewhere(person, old, units, dung, signed_in):
    other = make_returnee(by=dung, unit=old, full_name="Y Bham", completed_on=date(2025, 2, 1), hamlet="Thôn 1")
    answer = {HAMLET: units.nam_da.pk, f"person_{other.pk}": units.dak_sak.pk}

    signed_in(dung).post(f"/units/{old.pk}/allocate/", answer)

    assert Returnee.objects.get(pk=person.pk).unit == units.nam_da
    assert Returnee.objects.get(pk=other.pk).unit == units.dak_sak


def test_a_chief_takes_people_for_the_own_commune_alone(person, old, units, anh, an, signed_in):
    client = signed_in(anh)

    refused = client.post(f"/units/{old.pk}/allocate/", {HAMLET: units.dak_sak.pk})
    assert HAMLET in refused.context["form"].errors
    client.post(f"/units/{old.pk}/allocate/", {HAMLET: units.nam_da.pk})

    assert Returnee.objects.get(pk=person.pk).unit == units.nam_da
    assert signed_in(an).get(f"/units/{old.pk}/allocate/").status_code == 403


def test_nothing_chosen_leaves_everybody_where_they_are(person, old, dung, signed_in):
    signed_in(dung).post(f"/units/{old.pk}/allocate/", {HAMLET: ""})

    assert Returnee.objects.get(pk=person.pk).unit == old


def test_administrators_see_counts_and_no_names(person, old, em, signed_in):
    page = signed_in(em).get("/units/unallocated/").content.decode()

    assert "Xã Đắk Sôr" in page
    assert person.full_name not in page
