import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import ArrivalAnswer, Notice, Returnee
from cases.views.dossier import drawing
from tests.makers import TODAY, make_notice, make_returnee

RELEASED = TODAY - timedelta(days=12)


@pytest.fixture
def person(an):
    return make_notice(by=an, full_name="Lê Thị Sáu", completed_on=RELEASED, received_on=RELEASED).returnee


def day(value):
    return f"{value:%d/%m/%Y}"


def send(client, person, kind, **typed):
    url = reverse("arrival-answer", args=[person.pk, kind])
    return client.post(url, {"uid": uuid.uuid4(), "on": day(TODAY), **typed}, follow=True)


def test_the_list_says_how_many_days_since_the_release(person, an, signed_in):
    page = signed_in(an).get("/arrivals/").content.decode()

    assert "Lê Thị Sáu" in page
    assert "12 ngày kể từ ngày ra trại" in page


def test_each_answer_is_a_button_and_before_the_release_only_those_that_can_be(person, an, signed_in):
    ahead = make_notice(by=an, number="2", completed_on=TODAY + timedelta(days=9)).returnee
    client = signed_in(an)

    def kinds(who):
        found = client.get(reverse("arrival-detail", args=[who.pk])).context["buttons"]
        return [button["url"].split("/")[-2] for button in found]

    assert kinds(person) == ["arrived", "confirmed", "not_here", "wrong_commune", "abroad", "died"]
    assert kinds(ahead) == ["confirmed", "not_here", "wrong_commune"]


def test_the_person_goes_to_the_named_commune_and_off_this_one_s_list(person, an, binh, signed_in):
    page = send(signed_in(an), person, "wrong_commune", named_unit="24688", note="Theo vợ")

    assert "hiện ở xã Krông Nô" in page.content.decode()  # the reply to the prison is still this commune's
    assert signed_in(an).get(reverse("arrival-detail", args=[person.pk])).status_code == 404
    assert [row.returnee for row in signed_in(an).get("/arrivals/sent/").context["page_obj"]] == [person]
    (row,) = signed_in(binh).get("/arrivals/").context["rows"]
    assert (row.person.pk, row.state, row.days) == (person.pk, "bouncing", 12)


def test_the_same_form_sent_twice_is_one_answer(person, an, signed_in):
    client, uid = signed_in(an), uuid.uuid4()
    for _time in range(2):
        send(client, person, "not_here", uid=uid, note="Mẹ nói đã đi xa", phone="0912345678")

    assert ArrivalAnswer.objects.get().phone == "0912345678"


def test_wrong_input_is_said_at_the_field_and_nothing_typed_is_lost(person, an, signed_in):
    client = signed_in(an)
    wrong = send(client, person, "wrong_commune", named_unit="24697", note="Đã hỏi tổ dân phố")
    tomorrow = send(client, person, "died", on=day(TODAY + timedelta(days=1)))
    early = send(client, person, "arrived", on=day(RELEASED - timedelta(days=1)))
    silent = send(client, person, "not_here", note="")

    assert "Đã hỏi tổ dân phố" in wrong.content.decode()
    assert [[*page.context["form"].errors] for page in (wrong, tomorrow, early, silent)] == [
        ["named_unit"],
        ["on"],
        ["on"],
        ["note"],
    ]
    assert not ArrivalAnswer.objects.exists()


def test_an_answer_that_does_not_exist_is_not_found(person, an, signed_in):
    client = signed_in(an)

    assert client.get(reverse("arrival-answer", args=[person.pk, "named"])).status_code == 404
    assert client.get("/arrivals/?show=x&band=y&unit=z&before=q").status_code == 200


def test_the_reviewer_s_number_opens_its_list_and_a_commune_is_named_there(person, an, chi, signed_in):
    send(signed_in(an), person, "not_here", note="Không rõ đi đâu")
    make_returnee(by=an)
    client = signed_in(chi)
    context = client.get("/arrivals/nobody/").context
    (row,) = context["rows"]

    assert (context["total"]["count"], context["unplaced"], row["total"]) == (1, 1, 1)
    figures = {figure["key"]: figure["value"] for figure in client.get("/").context["figures"]}
    assert figures["nobody"] == 1
    filled = next(cell for cell in row["cells"] if cell["count"])
    assert [each.person.pk for each in client.get(filled["url"]).context["rows"]] == [person.pk]
    url = reverse("arrival-assign", args=[person.pk])
    client.post(url, {"uid": uuid.uuid4(), "on": day(TODAY), "named_unit": "24688"})
    assert Returnee.objects.get(pk=person.pk).unit.code == "24688"


def test_the_reply_says_what_was_found_out_and_without_a_notice_there_is_none(person, an, signed_in):
    client = signed_in(an)
    send(client, person, "not_here", note="Mẹ nói đã bán nhà")

    url = reverse("arrival-reply", args=[person.pk])
    page = client.get(url).content.decode()

    assert "(Mẫu HCD-03)" in page
    assert client.post(url)["Content-Type"] == drawing.DOCX
    assert "Trại giam Một" in page
    assert "Mẹ nói đã bán nhà" in page
    other = make_returnee(by=an, presented=False)
    assert client.get(reverse("arrival-reply", args=[other.pk])).status_code == 404


NEW = {
    "kind": "amnesty",
    "number": "7/QĐ",
    "dated_on": "01/08/2026",
    "sender": "Trại giam Hai",
    "received_on": "03/08/2026",
    "full_name": "Trần Văn Về",
    "sex": "male",
    "born_on": "1990",
    "hamlet": "Thôn Nam Tân",
    "subject_type": "amnestied",
    "assign": "on",
}


def test_a_notice_of_somebody_new_is_one_page_and_sent_twice_one_person(an, units, signed_in):
    client, uid = signed_in(an), uuid.uuid4()
    typed = {**NEW, "uid": uid, "unit": units.nam_da.pk, "completed_on": day(TODAY + timedelta(days=20))}
    for _time in range(2):
        response = client.post("/arrivals/add/", typed, follow=True)

    notice = Notice.objects.get()
    assert response.context["returnee"].pk == notice.returnee_id
    assert (notice.returnee.full_name, notice.returnee.status(TODAY)) == ("Trần Văn Về", "waiting")
    assert (notice.sender, notice.assigned_to) == ("Trại giam Hai", an)


def test_whoever_is_known_gets_the_notice_on_the_same_row(an, signed_in):
    known = make_returnee(by=an, full_name="Lê Thị Bảy", presented=False)
    client = signed_in(an)

    found = client.get("/arrivals/add/?q=le thi bay").content.decode()
    url = reverse("arrival-notice", args=[known.pk])
    assert url in found
    typed = {name: NEW[name] for name in ("kind", "number", "dated_on", "sender", "received_on")}
    client.post(url, {**typed, "uid": uuid.uuid4()})

    assert Notice.objects.get().returnee == known
    assert Returnee.objects.count() == 1


def test_a_notice_received_before_its_day_is_asked_about(an, units, signed_in):
    typed = {**NEW, "uid": uuid.uuid4(), "unit": units.nam_da.pk, "completed_on": day(TODAY)}
    page = signed_in(an).post("/arrivals/add/", {**typed, "received_on": "01/07/2026"})

    assert [*page.context["form"].errors] == ["received_on"]
    assert "Trần Văn Về" in page.content.decode()
    assert not Returnee.objects.exists()


def test_a_notice_of_the_wrong_person_is_taken_back_and_its_check_with_it(person, an, signed_in):
    client, notice = signed_in(an), person.notices.get()

    url = reverse("row-withdraw", args=["notice", notice.pk])
    assert url in client.get(reverse("arrival-detail", args=[person.pk])).content.decode()
    client.post(url, {"reason": "Nhầm người"})

    assert client.get("/").context["lists"]["residence"].rows == []
    assert client.get(reverse("arrival-reply", args=[person.pk])).status_code == 404


def test_the_release_day_of_somebody_awaited_can_still_be_corrected(an, signed_in):
    ahead = make_notice(by=an, completed_on=TODAY + timedelta(days=9)).returnee
    page = signed_in(an).get(reverse("returnee-edit", args=[ahead.pk]))

    assert page.context["form"].fields["completed_on"].not_after is None
