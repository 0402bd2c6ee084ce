from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, GroupMember, HelperGroup, Organisation
from tests.makers import TODAY, make_group, make_returnee


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def group(person, an, giang):
    return make_group(returnee=person, lead=an, members=[("women", giang), ("front", "Mai")])


def test_a_new_group_ends_the_one_before_on_its_first_day(group, person, an, anh):
    new = actions.group.form(returnee=person, lead=anh, since=TODAY, by=an)

    group.refresh_from_db()
    assert group.until == TODAY
    assert list(HelperGroup.objects.current()) == [new]


def test_a_new_group_does_not_begin_before_the_present_one(group, person, an):
    with pytest.raises(ValidationError) as refused:
        actions.group.form(returnee=person, lead=an, since=group.since - timedelta(days=1), by=an)

    assert "since" in refused.value.error_dict
    assert HelperGroup.objects.get().until is None


def test_a_group_sent_twice_is_formed_once(person, an):
    sent = {"returnee": person, "lead": an, "since": TODAY, "by": an, "uid": uuid4()}

    assert actions.group.form(**sent) == actions.group.form(**sent)
    assert HelperGroup.objects.count() == 1


def test_a_member_is_added_and_ends_on_a_day(group, an, giang, person):
    member = GroupMember(group=group, organisation=Organisation.objects.get(code="youth"), name="Y Thương", since=TODAY)
    actions.group.add_member(member=member, by=an)
    helper = group.members.get(user=giang)
    for _twice in range(2):
        actions.group.end_member(member=helper, on=TODAY - timedelta(days=1), by=an)

    assert list(giang.helped()) == []
    assert GroupMember.objects.current(TODAY).count() == 2
    assert AuditEvent.objects.filter(verb="group.member_ended").count() == 1


def test_a_member_does_not_end_before_beginning(group, an):
    member = group.members.first()

    with pytest.raises(ValidationError) as refused:
        actions.group.end_member(member=member, on=member.since - timedelta(days=1), by=an)

    assert "on" in refused.value.error_dict


def test_a_change_of_lead_is_audited_once_with_its_reason(group, an, anh):
    for _twice in range(2):
        actions.group.change_lead(group=group, lead=anh, by=an, reason="Chuyển công tác")

    event = AuditEvent.objects.get(verb="group.lead_changed")
    assert (event.before["lead"], event.after["lead"], event.reason) == (an.full_name, anh.full_name, "Chuyển công tác")


def test_a_caseload_goes_over_whole(group, an, anh):
    assert actions.group.hand_over_caseload(from_user=an, to_user=anh, by=anh) == 1
    assert HelperGroup.objects.get().lead == anh
