from datetime import timedelta

import pytest
from django.urls import reverse, reverse_lazy

from cases import actions
from cases.models import AuditEvent, GroupMeeting
from tests.makers import TODAY, make_meeting, make_returnee
from tests.opened import opened

UID = "6f8c1f0e-1111-4222-8333-444455556666"
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize("route", ["meeting-add", "meeting-record"])
def test_where_nobody_is_managed_the_page_says_so_and_offers_no_list_to_tick(an, signed_in, route):
    shown = signed_in(an).get(reverse(route)).content.decode()

    assert "Lập hồ sơ trước" in shown
    assert "pick-none" not in shown
    assert "data-tick-all" not in shown


@pytest.fixture
def people(an):
    return [make_returnee(by=an, full_name=name) for name in ("Y Bham", "Trần Văn Cường", "Lê Thị Đào")]


def page(meeting):
    return reverse("meeting-detail", args=[meeting.pk])


def came(meeting):
    return set(meeting.attendances.filter(present=True).values_list("returnee", flat=True))


def planned(invited, on=TOMORROW, **changes):
    sent = {"on": f"{on:%d/%m/%Y}", "place": "Nhà văn hóa", "topic": "Gặp gỡ quý", "uid": UID}
    return {**sent, "people": [person.pk for person in invited], **changes}


def test_everybody_managed_is_invited_unless_unticked(people, an, signed_in):
    make_returnee(by=an, full_name="Chưa Trình Diện", presented=False)
    client = signed_in(an)
    assert client.get(reverse("meeting-add")).context["chosen"] == {person.pk for person in people}

    for _twice in range(2):
        response = client.post(reverse("meeting-add"), planned(people[:2]))

    meeting = GroupMeeting.objects.get()
    assert response.url == page(meeting)
    assert set(meeting.attendances.values_list("returnee", flat=True)) == {person.pk for person in people[:2]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"people": []}, "people"),
        ({"people": [999_999]}, "people"),
        ({"people": ["x"]}, "people"),
        ({"on": "30/02/2026"}, "on"),
        ({"place": " "}, "place"),
        ({"topic": ""}, "topic"),
        ({"topic": "x" * 10_000_000}, "topic"),
        ({"note": "x" * 10_000_000}, "note"),
    ],
)
def test_a_wrong_plan_is_refused_at_its_field(people, an, signed_in, changes, field):
    response = signed_in(an).post(reverse("meeting-add"), {**planned(people), **changes})

    assert set(response.context["form"].errors) == {field}
    assert not GroupMeeting.objects.exists()


def test_nobody_of_another_commune_can_be_invited_or_walk_in(people, an, binh, signed_in):
    stranger = make_returnee(by=binh, full_name="Người Xã Khác")
    client, meeting = signed_in(an), make_meeting(*people, by=an)

    invited = client.post(reverse("meeting-add"), planned([stranger]))
    walked_in = client.post(page(meeting), {"walk_ins": [stranger.pk]})

    assert "people" in invited.context["form"].errors
    assert "walk_ins" in walked_in.context["form"].errors
    assert "Người Xã Khác" not in client.get(page(meeting)).content.decode()


def test_attendance_is_taken_in_one_pass_with_a_walk_in_and_twice_is_once(people, an, signed_in):
    first, second, third = people
    meeting, client = make_meeting(first, second, by=an), signed_in(an)
    form = opened(client, page(meeting))
    sent = {**form, "present": [first.pk], "walk_ins": [third.pk], "note": "Đông vui"}

    for _twice in range(2):
        response = client.post(page(meeting), sent)

    assert response.url == page(meeting)
    assert came(meeting) == {first.pk, third.pk}
    assert client.get(page(meeting)).context["chosen"] == {first.pk, third.pk}


def test_attendance_is_not_taken_before_the_day(people, an, signed_in):
    meeting, client = make_meeting(*people, by=an, on=TOMORROW), signed_in(an)
    assert 'name="present"' not in client.get(page(meeting)).content.decode()

    response = client.post(page(meeting), {"present": [people[0].pk]})

    assert response.context["form"].non_field_errors()
    assert not GroupMeeting.objects.held().exists()


def test_somebody_handed_over_since_stays_counted(people, an, units, signed_in):
    moved, stays, _other = people
    meeting = make_meeting(moved, stays, by=an, present=[moved])
    actions.returnee.hand_over(returnee=moved, to_unit=units.krong_no, on=TODAY, by=an)
    client = signed_in(an)
    assert moved.full_name not in client.get(page(meeting)).content.decode()

    client.post(page(meeting), {**opened(client, page(meeting)), "present": [stays.pk]})

    assert came(meeting) == {moved.pk, stays.pk}


def test_the_list_tells_what_is_to_come_what_is_missing_and_what_was_held(people, an, signed_in):
    upcoming = make_meeting(*people, by=an, on=TOMORROW)
    missing = make_meeting(*people, by=an, on=TODAY - timedelta(days=1))
    held = make_meeting(*people, by=an, present=people[:2])
    gone = make_meeting(*people, by=an)
    actions.row.withdraw(row=gone, by=an, reason="Nhầm")

    context = signed_in(an).get(reverse("meeting-list")).context

    assert (context["upcoming"], context["unrecorded"]) == ([upcoming], [missing])
    (shown,) = context["page_obj"]
    assert (shown, shown.invited_count, shown.present_count) == (held, 3, 2)


def test_a_meeting_is_edited_but_once_held_not_into_the_future(people, an, signed_in):
    meeting, client = make_meeting(*people, by=an), signed_in(an)
    url = reverse("meeting-edit", args=[meeting.pk])

    def send(**sent):
        return client.post(url, {**opened(client, url), **planned([], **sent)})

    send(topic="Gặp gỡ cuối năm")
    meeting.refresh_from_db()
    assert (meeting.on, meeting.topic) == (TOMORROW, "Gặp gỡ cuối năm")

    send(on=TODAY)
    client.post(page(meeting), {**opened(client, page(meeting)), "present": []})

    assert "on" in send().context["form"].errors


def test_a_reviewer_reads_who_came_and_may_not_take_attendance(people, an, chi, signed_in):
    meeting = make_meeting(*people, by=an, present=people[:1])
    client = signed_in(chi)

    response = client.get(page(meeting))

    assert response.context["present_count"] == 1
    assert 'name="present"' not in response.content.decode()
    assert client.post(page(meeting), {"present": []}).status_code == 403


def test_a_meeting_of_another_commune_is_not_found(people, an, binh, signed_in):
    meeting, client = make_meeting(*people, by=an), signed_in(binh)

    assert client.get(page(meeting)).status_code == 404
    assert client.post(page(meeting), {"present": []}).status_code == 404
    assert client.get(reverse("meeting-edit", args=[meeting.pk])).status_code == 404


RECORD = reverse_lazy("meeting-record")


def test_a_meeting_held_is_recorded_in_one_pass_with_a_walk_in_and_a_note_and_twice_is_once(people, an, signed_in):
    waited = make_returnee(by=an, full_name="Chưa Trình Diện", presented=False)
    client = signed_in(an)
    sent = planned([people[0], waited], on=TODAY - timedelta(days=2), **{f"note_{waited.pk}": "Đến muộn"})

    for _twice in range(2):
        response = client.post(RECORD, sent)

    meeting = GroupMeeting.objects.held().get()
    assert response.url == page(meeting)
    told = {row.returnee_id: (row.present, row.note) for row in meeting.attendances.all()}
    assert told == {people[0].pk: (True, ""), waited.pk: (True, "Đến muộn")}
    other = client.post(RECORD, {**sent, f"note_{waited.pk}": "Về sớm"})
    assert other.context["form"].question


def test_a_meeting_with_twenty_present_takes_at_most_24_taps(an, signed_in):
    """The bar's button, the link, the day, a tick for each, saving; place and topic are those of the last one."""
    many = [make_returnee(by=an, full_name=f"Người Thứ {number}") for number in range(30)]
    make_meeting(many[0], by=an, place="Nhà văn hóa Bon Choih", topic="Gặp gỡ quý")
    client, taps = signed_in(an), 0
    bar = client.get(reverse("home")).content.decode()
    assert f'href="{reverse("activity-add")}"' in bar
    taps += 1
    assert f'href="{RECORD}"' in client.get(reverse("activity-add")).content.decode()
    taps += 1
    form = opened(client, RECORD)
    form["on"] = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
    taps += 1
    for person in many[:20]:
        form.setdefault("people", []).append(person.pk)
        taps += 1
    client.post(RECORD, form)
    taps += 1

    assert taps <= 24
    held = GroupMeeting.objects.held().get()
    assert (held.place, held.topic, len(came(held))) == ("Nhà văn hóa Bon Choih", "Gặp gỡ quý", 20)


@pytest.mark.parametrize(
    ("changes", "field"), [({"on": f"{TOMORROW:%d/%m/%Y}"}, "on"), ({"people": []}, "people"), ({"topic": ""}, "topic")]
)
def test_a_meeting_that_cannot_have_been_held_is_refused_at_its_field(changes, field, people, an, signed_in):
    response = signed_in(an).post(RECORD, {**planned(people, on=TODAY), **changes})

    assert set(response.context["form"].errors) == {field}
    assert not GroupMeeting.objects.exists()


def test_a_note_too_long_is_said_at_its_person_and_kept(people, an, signed_in):
    name = f"note_{people[0].pk}"
    response = signed_in(an).post(RECORD, planned(people, on=TODAY, **{name: "x" * 201}))

    assert set(response.context["form"].errors) == {name}
    assert "x" * 201 in response.content.decode()


def test_a_note_is_of_whoever_wrote_it_last_only_where_two_do_not_differ(people, an, anh, signed_in):
    first, second, third = people
    meeting, client = make_meeting(first, second, by=an, present=[first]), signed_in(an)
    mine, theirs = opened(client, page(meeting)), opened(signed_in(anh), page(meeting))
    signed_in(anh).post(page(meeting), {**theirs, f"note_{first.pk}": "Phát biểu", f"note_{second.pk}": "Ốm"})

    sent = {**mine, "walk_ins": [third.pk], f"note_{third.pk}": "Tự đến", f"note_{second.pk}": "Đi làm xa"}
    asked = client.post(page(meeting), sent)
    assert f"choose_note_{second.pk}" in asked.context["form"].errors
    assert "Ốm" in asked.content.decode()

    again = {**sent, "seen": asked.context["form"].data["seen"], f"choose_note_{second.pk}": "mine"}
    client.post(page(meeting), again)
    notes = dict(meeting.attendances.values_list("returnee", "note"))
    assert notes == {first.pk: "Phát biểu", second.pk: "Đi làm xa", third.pk: "Tự đến"}
    assert AuditEvent.objects.filter(verb="attendance.noted", returnee_id=second.pk).count() == 2
