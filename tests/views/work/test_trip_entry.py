"""What a device writes besides visits: a step of a paper, a check of a job, who came to a meeting."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.access.permissions import Permission
from cases.access.roles import ROLES
from cases.models import Attendance, JobCheck
from cases.views.work import trip_entry
from tests.makers import TODAY, make_meeting, make_paperwork, make_referral, make_returnee

pytestmark = pytest.mark.both
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Lê Văn Sáu", hamlet="Bon Choih")


@pytest.fixture
def taken_along(an, signed_in):
    device = actions.device.register(user=an, label="Chrome 109 · Android")
    return lambda: signed_in(an).post(reverse("trip-people"), {"device": device.uid}).json()


@pytest.fixture
def send(an, signed_in):
    """Sends one entry of officer An; sent again under the `uid` that it had."""

    def sent(noun, **said):
        entry = {"uid": uuid.uuid4(), "on": f"{YESTERDAY:%d/%m/%Y}", "noun": noun, "edition": "1", "writer": an.pk}
        return signed_in(an).post(reverse("trip-entry"), entry | said).json()

    return sent


def test_a_step_of_a_paper_is_taken_once_also_where_the_paper_went_further_since(an, anh, person, taken_along, send):
    paper = make_paperwork(returnee=person, by=an, kind="identity")
    (row,) = taken_along()["people"]
    (told,) = row["papers"]
    assert (told["paper"], told["state"], told["step"], told["next"]) == ("Căn cước", "Cần làm", "submitted", "Đã nộp")

    said = {"uid": uuid.uuid4(), "people": person.pk, "paper": told["id"], "step": told["step"]}
    assert send("paper", **said)["state"] == "recorded"
    actions.paperwork.advance(request=paper, step="issued", on=TODAY, by=anh)
    assert send("paper", **said)["state"] == "recorded"
    paper.refresh_from_db()
    assert (paper.submitted_on, paper.issued_on) == (YESTERDAY, TODAY)


def test_a_step_that_a_colleague_took_is_refused_in_words(an, anh, person, send):
    paper = make_paperwork(returnee=person, by=an, kind="identity")
    for step in ("submitted", "issued"):
        actions.paperwork.advance(request=paper, step=step, on=TODAY, by=anh)
    answer = send("paper", people=person.pk, paper=paper.pk, step="submitted")

    assert (answer["state"], answer["why"]) == (
        "refused",
        ["Giấy tờ này đã sang bước khác hoặc chưa tới bước này. Mở lại trang để xem."],
    )


@pytest.fixture
def job(an, person):
    referral = make_referral(returnee=person, by=an, referred_on=TODAY - timedelta(days=40))
    actions.employment.report_outcome(referral=referral, state="accepted", on=TODAY - timedelta(days=39), by=an)
    started = TODAY - timedelta(days=31)
    return actions.employment.report_outcome(referral=referral, state="started", on=started, by=an)


def test_a_job_is_asked_about_once(an, person, job, taken_along, send):
    (row,) = taken_along()["people"]
    (due,) = [each for each in row["due"] if "job" in each]
    assert (due["job"], due["day"], due["opens"]) == (job.pk, 30, f"{YESTERDAY:%Y-%m-%d}")

    said = {"uid": uuid.uuid4(), "people": person.pk, "job": job.pk, "day": 30, "still_working": "no"}
    assert [send("job", **said)["state"] for _twice in range(2)] == ["recorded", "recorded"]
    check = JobCheck.objects.get()
    assert (check.on, check.still_working, check.monthly_income) == (YESTERDAY, False, None)


def test_what_a_colleague_found_of_a_job_stands_beside_the_other_answer(an, anh, person, job, send):
    found = JobCheck(referral=job, day=30, on=TODAY, still_working=True)
    actions.employment.record_check(job_check=found, by=anh)
    answer = send("job", people=person.pk, job=job.pk, day=30, still_working="no")

    assert (answer["state"], answer["code"], JobCheck.objects.get().still_working) == ("refused", "", True)
    assert anh.full_name in " ".join(answer["why"])


def test_those_who_came_are_marked_and_whoever_another_device_marked_stays_so(an, anh, person, taken_along, send):
    second, walked_in = [make_returnee(by=an, full_name=name) for name in ("Đỗ Thị Bảy", "Hồ Văn Tám")]
    meeting = make_meeting(person, second, by=an, on=YESTERDAY)
    (told,) = taken_along()["meetings"]
    assert {each["name"]: each["came"] for each in told["invited"]} == {"Lê Văn Sáu": False, "Đỗ Thị Bảy": False}

    actions.meeting.take_attendance(meeting=meeting, present=[second.pk], by=anh)
    said = {"uid": uuid.uuid4(), "meeting": meeting.pk, "came": [person.pk, walked_in.pk]}
    assert send("came", **said)["state"] == "recorded"
    assert set(Attendance.objects.filter(present=True).values_list("returnee", flat=True)) == {
        *(person.pk, second.pk, walked_in.pk)
    }
    actions.meeting.take_attendance(meeting=meeting, present=[person.pk, second.pk], by=anh)
    assert send("came", **said)["state"] == "recorded"  # its answer was lost: nobody is marked anew
    assert not Attendance.objects.get(returnee=walked_in).present


def test_somebody_handed_over_keeps_the_attendance_on_the_device_until_they_are_left_out(an, binh, person, send):
    far = make_returnee(by=binh, full_name="Phạm Văn Xa")
    meeting = make_meeting(person, by=an, on=YESTERDAY)
    said = {"uid": uuid.uuid4(), "meeting": meeting.pk, "came": [person.pk, far.pk]}
    answer = send("came", **said)

    assert (answer["state"], Attendance.objects.filter(present=True).count()) == ("refused", 0)
    assert "Phạm" not in " ".join(answer["why"])
    assert send("came", **{**said, "came": [person.pk]})["state"] == "recorded"


@pytest.mark.parametrize(
    ("noun", "changes"),
    [
        ("paper", {"paper": 999999, "step": "submitted"}),
        ("paper", {"step": "needed"}),
        ("paper", {"step": "submitted", "on": "31/12/2099"}),
        ("job", {"day": 31, "still_working": "yes"}),
        ("job", {"day": 30, "still_working": "maybe"}),
        ("came", {"meeting": 999999}),
        ("came", {}),
    ],
)
def test_what_cannot_be_is_refused_with_words(noun, changes, an, person, job, send):
    paper = make_paperwork(returnee=person, by=an, kind="identity")
    meeting = make_meeting(person, by=an, on=YESTERDAY)
    answer = send(noun, **{"people": person.pk, "paper": paper.pk, "job": job.pk, "meeting": meeting.pk, **changes})

    assert answer["state"] == "refused"
    assert all(answer["why"])


def test_a_paper_a_job_and_a_meeting_of_another_commune_are_not_touched(an, binh, person, send):
    far = make_returnee(by=binh, full_name="Phạm Văn Xa")
    paper = make_paperwork(returnee=far, by=binh)
    meeting = make_meeting(far, by=binh, on=YESTERDAY)
    answers = [
        send("paper", people=person.pk, paper=paper.pk, step="submitted"),
        send("came", meeting=meeting.pk, came=[person.pk]),
    ]

    assert [answer["state"] for answer in answers] == ["refused", "refused"]


def test_whoever_may_take_people_along_may_write_all_that_a_device_offers():
    needed = {permission for permission, _record in trip_entry.NOUNS.values()}

    assert all(needed <= terms.permissions for terms in ROLES.values() if Permission.TRIP in terms.permissions)
