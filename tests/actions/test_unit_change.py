from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, Placement, Posting, Returnee, Succession, Unit, UnitChange, UnitPlan
from tests.makers import TODAY, make_campaign, make_meeting, make_returnee, make_sent, make_unit, make_unit_change

ON = TODAY - timedelta(days=10)
EVE = ON - timedelta(days=1)
BEFORE, AFTER = ON - timedelta(days=40), ON + timedelta(days=4)


def stored(row):
    return type(row).objects.get(pk=row.pk)


def merge(units, em, **facts):
    """Nam Đà and Krông Nô become Xã Krông Nô Mới, or join the unit given as `into`."""
    plan = UnitPlan()
    new = facts.pop("into", None) or plan.open(
        kind="commune", name="Xã Krông Nô Mới", code="24697", parent=units.cluster
    )
    for old in (units.nam_da, units.krong_no):
        plan.join(old, new)
    change = UnitChange(kind="merge", name=units.nam_da.name, on=ON, **facts)
    return actions.unit_change.make(change=change, plan=plan, by=em)


def split(units, em, *hamlets):
    """Nam Đà is divided: one part begins anew under its name, one goes to Đắk Sắk; `hamlets` went to the latter."""
    plan = UnitPlan()
    rest = plan.open(kind="commune", name="Xã Nam Đà", code="24697", parent=units.cluster)
    plan.divide(units.nam_da, [(rest, ["Thôn Nam Sơn"]), (units.dak_sak, hamlets)])
    return actions.unit_change.make(change=UnitChange(kind="split", name="Xã Nam Đà", on=ON), plan=plan, by=em)


def undo(change, by):
    return actions.unit_change.undo(change=change, reason="Nhập nhầm", by=by)


def everything():
    """Where everybody is and was, and which units stand: what an undo has to bring back."""
    units = Unit.objects.order_by("pk").values_list("pk", "name", "valid_from", "valid_to", "standing", "path")
    held = Placement.objects.order_by("returnee", "since").values_list("returnee", "unit", "since", "until")
    return list(units), list(held), list(Returnee.objects.order_by("pk").values_list("pk", "unit"))


def test_a_renamed_unit_keeps_its_people_its_accounts_and_its_past(units, an, em):
    person = make_returnee(by=an, completed_on=BEFORE)

    change = make_unit_change(unit=units.nam_da, by=em, on=ON, name="Phường Nam Đà")

    new = Unit.objects.bearing("24697", ON)
    assert (new.name, stored(units.nam_da).valid_to, stored(person).unit) == ("Phường Nam Đà", EVE, new)
    assert (stored(person).unit_on(EVE), stored(an).unit) == (units.nam_da, new)
    assert AuditEvent.objects.filter(verb="unitchange.made", target_id=change.pk).exists()


def test_a_cluster_that_is_renamed_takes_its_communes_along(units, an, em):
    make_unit_change(unit=units.cluster, by=em, on=ON, name="Khu vực Krông Nô")

    new = Unit.objects.bearing("68-C01", ON)
    assert sorted(below.name for below in new.children.all()) == ["Xã Krông Nô", "Xã Nam Đà"]
    assert stored(an).unit.parent == new


def test_merged_units_give_everybody_to_the_new_one_once(units, an, binh, em):
    people = [make_returnee(by=an, completed_on=BEFORE), make_returnee(by=binh, completed_on=BEFORE)]

    merge(units, em)

    new = Unit.objects.bearing("24697", ON)
    assert {stored(person).unit for person in people} == {new}
    assert [person.placements.count() for person in people] == [2, 2]


def test_who_came_home_between_the_change_and_its_entry_is_held_by_the_new_unit(units, an, em):
    person = make_returnee(by=an, completed_on=AFTER, presented_on=AFTER)
    meeting = make_meeting(person, by=an, on=AFTER)

    merge(units, em)

    new = Unit.objects.bearing("24697", ON)
    assert (stored(person).unit_on(AFTER), stored(meeting).unit) == (new, new)
    assert not Returnee.objects.held_by_nobody(TODAY).exists()


def test_people_of_a_divided_unit_go_with_their_hamlet_and_the_others_wait(units, an, em):
    gone = make_returnee(by=an, completed_on=BEFORE, hamlet="Thôn Nam Tân")
    waiting = make_returnee(by=an, full_name="Hoàng Văn Chờ", completed_on=BEFORE, hamlet="Buôn K62")

    split(units, em, "thon nam tan")

    assert (stored(gone).unit, stored(gone).unit_on(EVE)) == (units.dak_sak, units.nam_da)
    assert (stored(waiting).unit, stored(units.nam_da).standing) == (units.nam_da, None)


def test_a_hamlet_that_two_parts_name_is_left_for_later(units, an, em):
    person = make_returnee(by=an, completed_on=BEFORE, hamlet="Thôn Nam Sơn")

    split(units, em, "Thôn Nam Sơn")

    assert stored(person).unit == units.nam_da


@pytest.mark.parametrize("made", [merge, split], ids=["merger", "division"])
def test_an_undone_change_leaves_everything_as_it_stood(made, units, an, binh, em):
    make_returnee(by=an, completed_on=BEFORE, hamlet="Thôn Nam Sơn")
    make_returnee(by=binh, full_name="Trần Văn Hải", completed_on=AFTER, presented_on=AFTER)
    make_returnee(by=an, full_name="Y Thương", completed_on=BEFORE, presented=False)
    before = everything()

    undone = undo(made(units, em), em)

    assert everything() == before
    assert not Succession.objects.exists()
    assert (undone.is_undone, undone.undone_by, undone.undone_reason) == (True, em, "Nhập nhầm")


def test_a_merger_into_a_standing_unit_is_undone_without_touching_that_unit_s_own_people(units, an, em):
    moved = make_returnee(by=an, completed_on=BEFORE)
    own = make_returnee(by=an, unit=units.dak_sak, full_name="Lý Văn Sắk", completed_on=BEFORE)

    undo(merge(units, em, into=units.dak_sak), em)

    assert (stored(moved).unit, stored(own).unit) == (units.nam_da, units.dak_sak)


def test_what_a_new_unit_recorded_falls_to_the_first_it_followed(units, an, em):
    change = merge(units, em)
    new = Unit.objects.bearing("24697", ON)
    came = make_returnee(by=stored(an), unit=new, completed_on=TODAY, presented_on=TODAY)
    Posting.objects.filter(user=an).update(unit=new)

    undo(change, em)

    assert (stored(came).unit, stored(came).unit_on(TODAY)) == (units.nam_da, units.nam_da)
    assert stored(an).unit == units.nam_da
    assert not Unit.objects.filter(pk=new.pk).exists()


def test_frozen_figures_of_the_time_keep_a_change_from_being_undone(units, an, anh, chi, em):
    change = make_unit_change(unit=units.krong_no, by=em, on=date(2025, 8, 1))
    submission = make_campaign(unit=units.cluster, by=chi).submissions.get(unit=units.nam_da)
    make_sent(submission=submission, by=anh)
    later = make_unit_change(unit=units.nam_da, by=em, on=date(2025, 8, 1), name="Phường Nam Đà")

    actions.campaign.accept(submission=submission, version=submission.versions.get(), by=chi)

    assert actions.unit_change.hindrance(change) == ""
    with pytest.raises(ValidationError, match="Báo cáo"):
        undo(later, em)


def test_the_later_change_is_undone_first(units, em):
    first = make_unit_change(unit=units.nam_da, by=em, on=ON)
    second = make_unit_change(unit=Unit.objects.bearing("24697", ON), by=em, on=ON + timedelta(days=1), name="Xã Khác")

    with pytest.raises(ValidationError):
        undo(first, em)
    undo(second, em)
    undo(first, em)

    assert Unit.objects.bearing("24697", TODAY) == units.nam_da


def test_a_change_sent_twice_is_made_once(units, em):
    first = make_unit_change(unit=units.nam_da, by=em)

    again = make_unit_change(unit=units.nam_da, by=em, uid=first.uid)

    assert (again, UnitChange.objects.count()) == (first, 1)


def test_the_same_form_with_the_followers_of_two_units_exchanged_says_something_else(units):
    asked = []
    for followers in ("12", "21"):
        plan = UnitPlan()
        new = {code: plan.open(kind="commune", name=f"Xã {code}", code=code, parent=units.cluster) for code in "12"}
        for old, code in zip((units.nam_da, units.krong_no), followers, strict=True):
            plan.join(old, new[code])
        asked.append(plan.asked)

    assert asked[0] != asked[1]


def test_a_code_that_stands_and_a_unit_that_ended_are_refused(units, em):
    plan = UnitPlan()
    plan.renew(units.nam_da, code="24688")
    with pytest.raises(ValidationError, match="24688"):
        actions.unit_change.make(change=UnitChange(kind="rename", name="x", on=ON), plan=plan, by=em)
    make_unit_change(unit=units.nam_da, by=em)
    with pytest.raises(ValidationError, match="Nam Đà"):
        make_unit_change(unit=stored(units.nam_da), by=em, name="Xã Khác")


# --- ahead of its day ---

AHEAD = TODAY + timedelta(days=30)


def plan_ahead(units, em, *, on=AHEAD):
    plan = UnitPlan()
    plan.renew(units.province, name="Thành phố Lâm Đồng", names={"24697": "Phường Nam Đà"})
    change = UnitChange(kind="rename", name=units.province.name, on=on)
    return actions.unit_change.make(change=change, plan=plan, by=em, today=TODAY)


def test_a_change_entered_ahead_changes_nothing_until_its_day(units, an, em):
    person = make_returnee(by=an, completed_on=BEFORE)
    before = everything()

    change = plan_ahead(units, em)

    assert (everything(), change.is_planned) == (before, True)
    assert not UnitChange.objects.due(AHEAD - timedelta(days=1)).exists()
    for _twice in range(2):
        actions.unit_change.take_effect(change=change, on=AHEAD)

    new = Unit.objects.bearing("24697", AHEAD)
    assert (new.name, stored(person).unit, stored(change).is_planned) == ("Phường Nam Đà", new, False)
    assert Unit.objects.bearing("68", AHEAD).name == "Thành phố Lâm Đồng"
    assert new.parent.parent == Unit.objects.bearing("68", AHEAD)
    undo(stored(change), em)
    assert everything()[0] == before[0]


def test_what_changed_in_between_goes_along_on_the_day(units, em):
    change = plan_ahead(units, em)
    make_unit_change(unit=units.krong_no, by=em, on=ON, name="Xã Krông Nô Một")

    actions.unit_change.take_effect(change=change, on=AHEAD)

    assert Unit.objects.bearing("24688", AHEAD).name == "Xã Krông Nô Một"


def test_a_merger_and_a_division_entered_ahead_are_planned_again_on_their_day(units, an, em):
    make_returnee(by=an, completed_on=BEFORE, hamlet="Thôn Nam Sơn")
    joined, divided = UnitPlan(), UnitPlan()
    joined.join(units.dak_sak, joined.open(kind="commune", name="Xã Mới", code="24999", parent=units.province))
    rest = divided.open(kind="commune", name="Xã Nam Đà Mới", code="24697", parent=units.cluster)
    divided.divide(units.nam_da, [(rest, ["Thôn Nam Sơn"]), (units.krong_no, [])])
    for kind, plan in (("merge", joined), ("split", divided)):
        change = UnitChange(kind=kind, name="x", on=AHEAD)
        actions.unit_change.make(change=change, plan=plan, by=em, today=TODAY)

    for change in UnitChange.objects.due(AHEAD):
        actions.unit_change.take_effect(change=change, on=AHEAD)

    assert Unit.objects.get(code="24999").origins.get().old == units.dak_sak
    assert Returnee.objects.get().unit.name == "Xã Nam Đà Mới"


JOINED = AHEAD - timedelta(days=10)


def renamed(unit):
    plan = UnitPlan()
    plan.renew(unit, name="Phường Mới Đặt")
    return plan


def recoded(unit):
    plan = UnitPlan()
    plan.renew(unit, code="24998")
    return plan


def moved(unit, parent):
    plan = UnitPlan()
    plan.renew(unit, parent=parent)
    return plan


def joined(unit, into):
    plan = UnitPlan()
    plan.join(unit, into)
    return plan


def divided(unit, *parts):
    plan = UnitPlan()
    plan.divide(unit, [(part, []) for part in parts])
    return plan


def enter(plan, em, on=AHEAD):
    change = UnitChange(kind="merge", name="Xã Nam Đà", on=on)
    return actions.unit_change.make(change=change, plan=plan, by=em, today=TODAY)


CONTRARY = [
    lambda units: (renamed(units.nam_da), renamed(units.nam_da)),
    lambda units: (renamed(units.nam_da), moved(units.nam_da, units.province)),
    lambda units: (joined(units.nam_da, units.krong_no), renamed(units.nam_da)),
    lambda units: (divided(units.nam_da, units.krong_no, units.dak_sak), renamed(units.nam_da)),
    lambda units: (recoded(units.nam_da), recoded(units.krong_no)),
    lambda units: (divided(units.krong_no, units.nam_da, units.dak_sak), joined(units.nam_da, units.krong_no)),
    lambda units: (renamed(units.province), moved(units.nam_da, units.province)),
]


@pytest.mark.parametrize("plans", CONTRARY)
@pytest.mark.parametrize("turned", [False, True], ids=["as they come", "the later one first"])
def test_changes_ahead_that_cannot_both_be_done_are_held_against_each_other_when_they_are_entered(
    units, an, em, plans, turned
):
    make_returnee(by=an, completed_on=BEFORE)
    first, second = reversed(plans(units)) if turned else plans(units)
    enter(first, em)
    before = everything()

    with pytest.raises(ValidationError, match="Xã Nam Đà"):
        enter(second, em)

    assert UnitChange.objects.count() == 1
    assert everything() == before


@pytest.mark.parametrize(
    "plans",
    [
        lambda units: (renamed(units.nam_da), renamed(units.nam_da)),
        lambda units: (renamed(units.nam_da), joined(units.nam_da, units.krong_no)),
        lambda units: (joined(units.nam_da, units.krong_no), joined(units.dak_sak, units.krong_no)),
        lambda units: (renamed(units.province), renamed(units.nam_da)),
    ],
)
def test_changes_ahead_that_follow_one_another_are_entered_and_done_on_their_days(units, an, em, plans):
    make_returnee(by=an, completed_on=BEFORE)
    first, second = plans(units)
    enter(second, em, on=AHEAD + timedelta(days=1))
    enter(first, em, on=JOINED)

    for change in UnitChange.objects.due(AHEAD + timedelta(days=1)):
        actions.unit_change.take_effect(change=change, on=AHEAD + timedelta(days=1))

    assert not UnitChange.objects.planned().exists()


def test_a_list_ahead_is_held_against_itself_and_what_failed_before_keeps_nothing_away(units, em):
    change = enter(recoded(units.nam_da), em)
    make_unit(kind="commune", code="24998", name="Xã Chen Vào", parent=units.province)
    pair = [renamed(units.krong_no), moved(units.krong_no, units.province)]
    listed = [(UnitChange(kind="move", name="Xã Krông Nô", on=AHEAD), plan) for plan in pair]

    with pytest.raises(ValidationError, match="Xã Krông Nô"):
        actions.unit_change.make_many(changes=listed, uid=uuid4(), by=em, today=TODAY)

    assert list(UnitChange.objects.all()) == [change]
    enter(joined(units.dak_sak, units.nam_da), em, on=JOINED)


def test_of_two_changes_the_later_is_of_no_unit_that_took_the_first_one_in(units, an, em):
    """Nam Đà was to be renamed; before that day it joins Krông Nô, which nobody wanted to rename."""
    person = make_returnee(by=an, completed_on=BEFORE)
    later = enter(renamed(units.nam_da), em)
    first = UnitChange(kind="merge", name="Xã Nam Đà", on=JOINED)
    actions.unit_change.make(change=first, plan=joined(units.nam_da, units.krong_no), by=em)

    with pytest.raises(ValidationError, match="Xã Krông Nô"):
        actions.unit_change.take_effect(change=later, on=AHEAD)

    assert (stored(person).unit, stored(an).unit) == (units.krong_no, units.krong_no)
    assert Unit.objects.bearing("24688", AHEAD) == units.krong_no
    assert stored(later).is_planned


def test_people_and_accounts_that_come_before_the_day_are_carried_on_it(units, an, binh, em):
    plan = UnitPlan()
    plan.join(units.nam_da, units.krong_no)
    change = UnitChange(kind="merge", name="Xã Nam Đà", on=AHEAD)
    actions.unit_change.make(change=change, plan=plan, by=em, today=TODAY)
    came = make_returnee(by=an, completed_on=TODAY, presented_on=TODAY)
    meeting = make_meeting(came, by=an, on=TODAY)
    Posting.objects.filter(user=an).update(until=AHEAD + timedelta(days=50))

    actions.unit_change.take_effect(change=change, on=AHEAD)

    assert (stored(came).unit_on(AHEAD - timedelta(days=1)), stored(came).unit_on(AHEAD)) == (
        units.nam_da,
        units.krong_no,
    )
    assert (stored(an).unit, stored(meeting).unit) == (units.krong_no, units.nam_da)
    assert list(Returnee.objects.visible_to(stored(an))) == [came]
    assert list(Returnee.objects.visible_to(stored(binh))) == [came]
    assert not Returnee.objects.held_by_nobody(AHEAD).exists()


def test_a_change_entered_ahead_is_withdrawn_with_a_reason(units, em):
    change = plan_ahead(units, em)
    before = everything()

    undo(change, em)
    actions.unit_change.take_effect(change=stored(change), on=AHEAD)

    assert (everything(), stored(change).is_undone) == (before, True)
