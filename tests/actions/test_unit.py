from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, Placement, Succession
from tests.makers import make_returnee, make_succession, make_unit, make_user

REFORM = date(2025, 7, 1)
LONG_AGO = date(2004, 1, 1)


@pytest.fixture
def old(db):
    return make_unit(kind="commune", code="24691", name="Xã Đắk Sôr", valid_from=LONG_AGO)


@pytest.fixture
def new(db):
    return make_unit(kind="commune", code="24697", name="Xã Nam Đà")


@pytest.fixture
def officer(old):
    return make_user("phuoc", "Nguyễn Hữu Phước", "officer", old, since=LONG_AGO)


def test_a_new_unit_stands_for_itself_under_its_parent(db):
    province = make_unit(kind="province", code="68", name="Tỉnh Lâm Đồng")

    commune = make_unit(kind="commune", code="24697", name="Xã Nam Đà", parent=province)

    assert commune.standing == commune
    assert commune.path.startswith(province.path)
    assert AuditEvent.objects.filter(verb="unit.opened", unit_id=commune.pk).exists()


def test_a_succeeded_unit_ends_the_day_before_and_its_people_move(old, new, officer):
    person = make_returnee(by=officer, completed_on=date(2025, 2, 1))

    make_succession(old, new)

    old.refresh_from_db()
    person.refresh_from_db()
    assert (old.valid_to, old.standing, person.unit) == (date(2025, 6, 30), new, new)
    assert person.unit_on(date(2025, 6, 30)) == old
    assert person.unit_on(REFORM) == new


def test_a_recorded_last_day_is_kept(new):
    ended = make_unit(kind="commune", code="24694", name="Xã A", valid_from=LONG_AGO, valid_to=date(2025, 6, 30))

    make_succession(ended, new)

    ended.refresh_from_db()
    assert ended.valid_to == date(2025, 6, 30)


def test_the_move_is_recorded_by_whoever_placed_the_person_or_by_the_administrator(old, new, officer):
    make_returnee(by=officer, completed_on=date(2025, 2, 1))
    em = make_user("em", "Đỗ Thị Em", "administrator", new)

    actions.unit.succeed(old=old, new=new, on=REFORM, by=em, decree="1660/NQ-UBTVQH15")

    assert Placement.objects.get(unit=new).created_by == em
    assert Succession.objects.get().decree == "1660/NQ-UBTVQH15"


def test_people_of_a_split_unit_stay_until_each_is_placed(old, new, officer):
    person = make_returnee(by=officer, completed_on=date(2025, 2, 1))
    other = make_unit(kind="commune", code="24678", name="Xã Đắk Sắk")

    for part in (new, other):
        make_succession(old, part, share=Succession.Share.PART)

    old.refresh_from_db()
    person.refresh_from_db()
    assert (old.standing, person.unit) == (None, old)
    assert person.placements.count() == 1


def test_somebody_who_came_home_on_the_day_itself_or_later_is_not_moved_twice(old, new, officer):
    make_returnee(by=officer, completed_on=date(2025, 7, 3))

    make_succession(old, new)

    assert Placement.objects.get().since == date(2025, 7, 3)


def test_a_chain_of_successions_leads_to_the_unit_of_today(old, new):
    newest = make_unit(kind="commune", code="24700", name="Xã Nam Đà mới", valid_from=date(2030, 1, 1))

    make_succession(old, new)
    make_succession(new, newest, on=date(2030, 1, 1))

    old.refresh_from_db()
    assert old.standing == newest


def test_a_chain_entered_backwards_leads_there_too(old, new):
    newest = make_unit(kind="commune", code="24700", name="Xã Nam Đà mới", valid_from=date(2030, 1, 1))

    make_succession(new, newest, on=date(2030, 1, 1))
    make_succession(old, new)

    old.refresh_from_db()
    assert old.standing == newest


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2020, 1, 1)])
def test_a_unit_not_in_force_takes_nobody_s_place(old, new, on):
    with pytest.raises(ValidationError):
        make_succession(old, new, on=on)
    assert not Succession.objects.exists()


def test_no_unit_succeeds_itself(new):
    with pytest.raises(ValidationError):
        make_succession(new, new)
