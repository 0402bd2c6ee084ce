from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import Attendance, AuditEvent, GroupMeeting
from tests.makers import TODAY, make_meeting, make_returnee


@pytest.fixture
def people(an):
    return [make_returnee(by=an, full_name=name) for name in ("Y Bham", "Trần Văn Cường", "Lê Thị Đào")]


def came(meeting):
    return set(meeting.attendances.filter(present=True).values_list("returnee", flat=True))


def test_a_meeting_sent_twice_is_planned_once(people, an):
    meeting = make_meeting(*people, by=an)
    again = GroupMeeting(uid=meeting.uid, unit=an.unit, on=TODAY, place="Nhà văn hóa", topic="Gặp gỡ quý")

    assert actions.meeting.plan(meeting=again, invited=people, by=an) == meeting
    assert Attendance.objects.count() == 3


def test_only_a_meeting_whose_attendance_was_taken_is_held(people, an):
    meeting = make_meeting(*people, by=an)
    assert not GroupMeeting.objects.held().exists()

    actions.meeting.take_attendance(meeting=meeting, present=set(), by=an)

    assert list(GroupMeeting.objects.held()) == [meeting]


def test_attendance_is_taken_with_a_walk_in_and_corrected_later(people, an):
    first, second, third = people
    meeting = make_meeting(first, second, by=an)
    actions.meeting.take_attendance(meeting=meeting, present={first.pk}, walk_ins=[third, first], note="Vui", by=an)
    assert came(meeting) == {first.pk, third.pk}
    assert meeting.note == "Vui"

    actions.meeting.take_attendance(meeting=meeting, present={second.pk}, by=an)

    assert came(meeting) == {second.pk}
    assert meeting.note == "Vui"


def test_whoever_was_not_on_the_list_stays_marked(people, an):
    first, second, _third = people
    meeting = make_meeting(first, second, by=an, present=[first])

    actions.meeting.take_attendance(meeting=meeting, present={second.pk}, among={second.pk}, by=an)

    assert came(meeting) == {first.pk, second.pk}


def test_the_same_attendance_sent_twice_leaves_one_trace(people, an):
    meeting = make_meeting(*people, by=an)
    for _twice in range(2):
        actions.meeting.take_attendance(meeting=meeting, present={people[0].pk}, by=an)

    assert AuditEvent.objects.filter(verb="meeting.attendance_taken").count() == 1


def test_a_withdrawn_meeting_takes_no_attendance(people, an):
    meeting = make_meeting(*people, by=an)
    actions.row.withdraw(row=meeting, by=an, reason="Nhầm ngày")

    with pytest.raises(ValidationError):
        actions.meeting.take_attendance(meeting=meeting, present=set(), by=an)


def test_a_corrected_meeting_keeps_what_it_was_in_the_audit(people, an):
    meeting = make_meeting(*people, by=an)
    meeting.on = TODAY + timedelta(days=3)
    actions.meeting.correct(meeting=meeting, by=an)

    assert AuditEvent.objects.get(verb="groupmeeting.corrected").before == {"on": str(TODAY)}


def test_nobody_comes_to_a_meeting_before_they_came_home(an):
    home = make_returnee(by=an, completed_on=TODAY - timedelta(days=10))
    longer = make_returnee(by=an, full_name="Trần Văn Cường", completed_on=TODAY - timedelta(days=400))
    early = TODAY - timedelta(days=11)
    facts = {"unit": an.unit, "on": early, "place": "Nhà văn hóa", "topic": "Gặp gỡ quý"}
    held = make_meeting(home, by=an, present=[home])
    before = make_meeting(longer, by=an, on=early, present=[longer])
    held.on = early

    for write in (
        lambda: actions.meeting.plan(meeting=GroupMeeting(**facts), invited=[longer, home], by=an),
        lambda: actions.meeting.hold(meeting=GroupMeeting(**facts), came=[longer, home], notes={}, by=an),
        lambda: actions.meeting.take_attendance(meeting=before, present={longer.pk}, walk_ins=[home], by=an),
        lambda: actions.meeting.correct(meeting=held, by=an),
    ):
        with pytest.raises(ValidationError, match=f"{TODAY - timedelta(days=10):%d/%m/%Y}"):
            write()
    assert GroupMeeting.objects.count() == 2
    assert came(before) == {longer.pk}
