import uuid
from datetime import timedelta

from cases import actions
from cases.models import Holiday, Unit
from cases.reports.people import arrivals
from cases.reports.people.custody import CustodyBreach
from tests.makers import TODAY, make_notice, make_returnee


def released(by, days, name="Nguyễn Văn Chờ", number="1"):
    day = TODAY - timedelta(days=days)
    return make_notice(by=by, full_name=f"{name} {days}", completed_on=day, received_on=day, number=number).returnee


def test_number_bands_and_list_are_the_same_people(an, binh, chi):
    for by, days in ((an, 0), (an, 5), (an, 6), (binh, 15), (binh, 16), (an, 30), (binh, 31), (an, 90), (binh, 91)):
        released(by, days)
    make_returnee(by=an)

    found = arrivals.ages(chi, TODAY)

    assert found.counts == (2, 2, 2, 2, 1)
    assert found.total == arrivals.nobody(chi, TODAY).count() == 9
    for band, count in zip(arrivals.BANDS, found.counts, strict=True):
        assert arrivals.in_band(arrivals.nobody(chi, TODAY), band, TODAY).count() == count
    assert [row.unit.name for row in found.rows] == ["Xã Krông Nô", "Xã Nam Đà"]


def test_whoever_presented_at_a_unit_that_ended_is_held_by_nobody_too(an, chi, units):
    person = make_returnee(by=an)
    Unit.objects.filter(pk=units.nam_da.pk).update(valid_to=TODAY - timedelta(days=1))

    (row,) = arrivals.rows(arrivals.nobody(chi, TODAY), TODAY)

    assert (row.person, row.breaches, row.state) == (person, (CustodyBreach.UNIT_ENDED,), None)


def test_who_was_answered_not_here_waits_for_a_commune_until_one_is_named(an, chi, units):
    person = released(an, 12)
    told = {"returnee": person, "on": TODAY}
    actions.arrival.answer(kind="not_here", by=an, uid=uuid.uuid4(), note="Không rõ", **told)

    assert [*arrivals.people_without_commune(chi, TODAY)] == [person]
    assert arrivals.rows([person], TODAY)[0].needs_unit
    actions.arrival.answer(kind="named", named_unit=units.krong_no, by=chi, uid=uuid.uuid4(), **told)
    assert not arrivals.people_without_commune(chi, TODAY)


def test_nobody_sees_those_of_units_outside_the_scope(an, binh):
    released(an, 3)

    assert arrivals.nobody(binh, TODAY).count() == 0
    assert arrivals.ages(binh, TODAY).total == 0


def test_a_release_when_offices_are_closed_is_flagged(an):
    friday = TODAY + timedelta(days=(4 - TODAY.weekday()) % 7 + 7)
    monday = friday + timedelta(days=3)
    Holiday.objects.update_or_create(day=monday, defaults={"name": "Ngày lễ", "source": "x", "certainty": "V"})
    days = {friday: (True, ""), monday: (True, "Ngày lễ"), monday + timedelta(days=1): (False, "")}
    for number, day in enumerate(days):
        make_notice(by=an, full_name=f"Người {number}", number=str(number), completed_on=day)

    found = arrivals.rows(arrivals.upcoming_releases(an, TODAY), TODAY)

    assert [(row.closed_offices, row.day_off) for row in found] == [*days.values()]
