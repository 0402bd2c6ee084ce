"""An entry about two people, one of whom is with another commune by now, or sealed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.actions.activity import NextAppointment
from cases.models import Activity, ActivityEntry, Appointment, AuditEvent, Returnee
from cases.reports.casefile import history
from cases.reports.people import handed_over
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_group,
    make_meeting,
    make_referral,
    make_returnee,
    make_transfer,
    make_user,
)
from tests.opened import opened

HERE, GONE = "Hoàng Văn Ở", "Lý Thị Chuyển"
NOTE = f"{HERE} cho {GONE} vay tiền"
DAY = TODAY - timedelta(days=20)


@pytest.fixture
def here(an):
    return make_returnee(by=an, full_name=HERE)


@pytest.fixture
def gone(an):
    return make_returnee(by=an, full_name=GONE)


@pytest.fixture
def activity(here, gone, an):
    return make_activity(here, gone, by=an, on=DAY, note=NOTE)


@pytest.fixture
def colleague(units):
    return make_user("hoa", "Bùi Thị Hoa", "officer", units.nam_da)


@pytest.fixture
def hand_over(gone, an, units):
    """Hand `gone` to Krông Nô."""
    chief = make_user("khanh", "Lâm Văn Khánh", "chief", units.krong_no)

    def act():
        make_accepted(transfer=make_transfer(returnee=gone, to_unit=units.krong_no, by=an), by=chief)
        return chief

    return act


def seal(person):
    Returnee.objects.filter(pk=person.pk).update(closed_on=TODAY, close_reason="expunged")


def correct(client, activity, **changes):
    url = reverse("activity-edit", args=[activity.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent["on"] = f"{activity.on:%d/%m/%Y}"
    return client.post(url, {**sent, **opened(client, url), **changes})


def test_the_receiving_commune_corrects_and_reads_its_own_part_only(activity, here, gone, hand_over, binh, signed_in):
    hand_over()
    client = signed_in(binh)
    page = client.get(reverse("activity-edit", args=[activity.pk])).content.decode()
    part = activity.entries.get(returnee=gone)

    correct(client, activity, kind="review", note="Đổi", **{f"outcome_{part.pk}": "family"})

    activity.refresh_from_db()
    part.refresh_from_db()
    assert HERE not in page + client.get(reverse("returnee-detail", args=[gone.pk])).content.decode()
    assert (activity.kind, activity.note, part.outcome) == ("encouragement", NOTE, "family")
    assert activity.entries.get(returnee=here).outcome == "met"


def test_a_part_is_withdrawn_alone_with_its_figures_contact_timeline_and_appointments(
    here, gone, hand_over, an, binh, signed_in
):
    entries = [actions.activity.PersonOutcome(person) for person in (here, gone)]
    agreed = NextAppointment("encouragement", TODAY + timedelta(days=9))
    both = Activity(kind="encouragement", on=DAY)
    activity = actions.activity.record(activity=both, entries=entries, next_time=agreed, by=an)
    hand_over()

    signed_in(binh).post(reverse("activity-withdraw", args=[activity.pk]), {"reason": "Không gặp"})

    activity.refresh_from_db()
    last = dict(Returnee.objects.with_facts().values_list("full_name", "last_contact_on"))
    assert activity.withdrawn_at is None
    assert last == {HERE: DAY, GONE: None}
    assert [entry.returnee for entry in ActivityEntry.objects.met()] == [here]
    assert [row.returnee for row in Appointment.objects.pending()] == [here]
    events = AuditEvent.objects.filter(verb="activity.withdrawn", reason="Không gặp")
    assert [event.returnee_id for event in events] == [gone.pk]
    assert "Gặp gỡ, động viên" not in signed_in(binh).get(reverse("returnee-detail", args=[gone.pk])).content.decode()
    assert signed_in(binh).get(reverse("activity-edit", args=[activity.pk])).status_code == 404


def test_with_the_last_part_the_entry_is_withdrawn(activity, here, hand_over, an, binh, colleague, signed_in):
    hand_over()
    for user in (binh, colleague):
        signed_in(user).post(reverse("activity-withdraw", args=[activity.pk]), {"reason": "Nhầm"})

    activity.refresh_from_db()
    assert activity.withdrawn_by == colleague
    assert not ActivityEntry.objects.kept().exists()


def test_who_wrote_it_still_corrects_all_of_it_and_a_colleague_the_own_part(
    activity, hand_over, an, colleague, signed_in
):
    hand_over()
    correct(signed_in(colleague), activity, kind="review")
    activity.refresh_from_db()
    assert activity.kind == "encouragement"

    correct(signed_in(an), activity, kind="review")

    activity.refresh_from_db()
    assert activity.kind == "review"
    told = AuditEvent.objects.filter(verb="activity.corrected").values_list("returnee_id", flat=True)
    assert sorted(told) == sorted(activity.entries.values_list("returnee", flat=True))


def test_who_holds_both_changes_all(activity, colleague, signed_in):
    correct(signed_in(colleague), activity, note="Sửa chung")

    activity.refresh_from_db()
    assert activity.note == "Sửa chung"


def test_of_a_sealed_person_nothing_is_changed_by_anybody(activity, here, gone, an, signed_in):
    seal(gone)
    client = signed_in(an)
    page = client.get(reverse("activity-edit", args=[activity.pk])).content.decode()

    client.post(reverse("activity-withdraw", args=[activity.pk]), {"reason": "Nhầm"})

    activity.refresh_from_db()
    assert GONE not in page
    assert NOTE not in page
    assert activity.withdrawn_at is None
    assert [entry.returnee for entry in ActivityEntry.objects.kept()] == [gone]


def test_an_undo_across_a_border_takes_back_what_the_undoing_may(activity, here, gone, an, signed_in):
    seal(gone)

    signed_in(an).post(reverse("activity-undo", args=[activity.pk]))

    assert [entry.returnee for entry in ActivityEntry.objects.kept()] == [gone]


def test_a_common_note_is_read_by_who_may_read_of_everybody(activity, here, gone, hand_over, an, anh, binh, units):
    hand_over()
    events = history.changes(gone).filter(verb="activity.recorded")
    leaving = handed_over.leavings([gone], an)[gone.pk]

    assert NOTE not in str(history.history_entries(events, binh))
    assert NOTE in str(history.history_entries(history.changes(here).filter(verb="activity.recorded"), an))
    assert NOTE in str(handed_over.events(gone, leaving))
    seal(here)
    assert NOTE not in str(handed_over.events(gone, leaving))


def test_a_helper_reads_no_note_about_somebody_they_help_no_longer(here, gone, an, giang, signed_in):
    make_group(returnee=here, lead=an, members=[("women", giang)])
    make_activity(here, gone, by=giang, note=NOTE)

    page = signed_in(giang).get(reverse("returnee-detail", args=[here.pk])).content.decode()

    assert "Gặp gỡ, động viên" in page
    assert GONE not in page


def test_a_meeting_is_linked_only_where_it_can_be_opened(gone, hand_over, an, binh, signed_in):
    meeting = make_meeting(gone, by=an, on=DAY, present=[gone])
    hand_over()

    page = signed_in(binh).get(reverse("returnee-detail", args=[gone.pk])).content.decode()

    assert meeting.topic in page
    assert reverse("meeting-detail", args=[meeting.pk]) not in page


def test_a_meeting_counts_whom_it_may_no_longer_name(here, gone, hand_over, an, signed_in):
    meeting = make_meeting(here, gone, by=an, on=DAY, present=[here, gone])
    hand_over()

    page = signed_in(an).get(reverse("meeting-detail", args=[meeting.pk]))

    assert (page.context["invited_count"], page.context["present_count"]) == (2, 2)
    assert GONE not in page.content.decode()
    assert "Trong đó 1 người nay ở nơi khác" in page.content.decode()


def test_a_job_since_nobody_knows_when_reads_as_held_in_the_file_that_left(an, binh, units):
    person = make_returnee(by=an)
    make_referral(returnee=person, by=an, begin_unknown=True)
    make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an), by=binh)

    told = str(handed_over.events(person, handed_over.leavings([person], an)[person.pk]))

    assert "chưa rõ từ ngày" in told
    assert "đã giới thiệu" not in told.lower()
