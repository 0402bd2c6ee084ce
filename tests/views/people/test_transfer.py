from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import HelperGroup, Returnee, Transfer
from cases.reports.people import transfers
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_group,
    make_judgment,
    make_paperwork,
    make_returnee,
    make_transfer,
    make_user,
)

NUMBER = "067085000123"
OFFERED = {
    "to_unit": "24688",
    "hamlet": "Bon Broih",
    "on": f"{TODAY:%d/%m/%Y}",
    "reason": "Về ở với vợ",
    "sender_name": "Lê Văn An",
    "sender_phone": "0912 345 678",
    "uid": "6f6b4a3e-4dd5-4a2b-b76a-3f5b6f3c1d11",
}
ASKED = {**OFFERED, "number": "067 085 000 123", "reason": "Đang ở nhà vợ"}


@pytest.fixture
def person(an):
    return make_returnee(by=an, identity_number=NUMBER, phone="0987654321", note="Ghi chú riêng")


@pytest.fixture
def boss(units):
    return make_user("boss", "Hoàng Thị Tám", "chief", units.krong_no)


@pytest.fixture
def gone(person, an, binh, units):
    """The person, handed over to Krông Nô, where work went on."""
    make_activity(person, by=an, note="Chuyện trước bàn giao")
    make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an), by=binh)
    person.refresh_from_db()
    make_activity(person, by=binh, note="Chuyện sau bàn giao")
    person.phone, person.address = "0911222333", "Ngõ mới"
    actions.returnee.correct(returnee=person, by=binh)
    return person


def page(client, route, *args, **query):
    answer = client.get(reverse(route, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_officer_offers_and_the_other_chief_takes_over(person, an, boss, signed_in, units):
    url = reverse("transfer-add", args=[person.pk])
    for _twice in range(2):
        answer = signed_in(an).post(url, OFFERED)
    transfer = Transfer.objects.get()
    chief = signed_in(boss)
    assert answer.url == reverse("transfer-detail", args=[transfer.pk])
    assert "chờ tiếp nhận" in page(chief, "home")

    done = chief.post(reverse("transfer-accept", args=[transfer.pk]), {"on": f"{TODAY:%d/%m/%Y}"}, follow=True)

    person.refresh_from_db()
    assert person.unit == units.krong_no
    assert person.hamlet == "Bon Broih"
    assert "Phiếu bàn giao" in done.content.decode()
    assert "chờ tiếp nhận" not in page(chief, "home")


def test_before_acceptance_only_the_least_is_shown(person, an, boss, signed_in, units):
    make_judgment(returnee=person, by=an, number="12/2021/HS-ST")
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an, hamlet="Bon Broih")
    chief = signed_in(boss)

    shown = page(chief, "transfer-detail", transfer.pk)

    assert all(word in shown for word in (person.full_name, "1985", "Bon Broih", "Lê Văn An", "0912 345 678"))
    hidden = ("12/2021", "Trộm", person.phone, NUMBER, "Ghi chú riêng", person.file_number)
    assert not [word for word in hidden if word in shown]
    for route in ("returnee-detail", "returnee-former", "transfer-add"):
        assert chief.get(reverse(route, args=[person.pk])).status_code == 404
    assert chief.get(reverse("transfer-sheet", args=[person.pk, transfer.pk])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"to_unit": "24697"}, "to_unit"), ({"sender_phone": "12"}, "sender_phone"), ({"on": "01/01/2020"}, "on")],
    ids=str,
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(wrong, field, person, an, signed_in):
    answer = signed_in(an).post(reverse("transfer-add", args=[person.pk]), {**OFFERED, **wrong})

    assert list(answer.context["form"].errors) == [field]
    assert "Về ở với vợ" in answer.content.decode()


def test_who_asks_by_number_learns_the_unit_and_nothing_else(person, an, anh, binh, signed_in):
    officer = signed_in(binh)
    asked = page(officer, "transfer-request", number=NUMBER)
    answer = officer.post(reverse("transfer-request"), ASKED, follow=True)
    shown = asked + answer.content.decode() + page(officer, "transfer-list", show="sent")

    assert "Xã Nam Đà" in asked
    assert not [word for word in (person.full_name, "1985", person.phone, person.file_number) if word in shown]
    holder = page(signed_in(anh), "transfer-list")
    assert person.full_name in holder


def test_the_holder_hands_over_or_refuses_with_a_reason(person, anh, binh, signed_in, units):
    officer, chief = signed_in(binh), signed_in(anh)
    officer.post(reverse("transfer-request"), ASKED)
    first = Transfer.objects.get()
    empty = chief.post(reverse("transfer-refuse", args=[first.pk]), {"reason": ""})
    chief.post(reverse("transfer-refuse", args=[first.pk]), {"reason": "Vẫn ở xã tôi"})
    assert empty.status_code == 200
    assert "Vẫn ở xã tôi" in page(officer, "transfer-detail", first.pk)

    officer.post(reverse("transfer-request"), {**ASKED, "uid": "6f6b4a3e-4dd5-4a2b-b76a-3f5b6f3c1d12"})
    second = Transfer.objects.get(state="open")
    chief.post(reverse("transfer-accept", args=[second.pk]), {"on": f"{TODAY:%d/%m/%Y}"})

    person.refresh_from_db()
    assert person.unit == units.krong_no


@pytest.mark.parametrize("number", ["", "123", "067085000999", "abc"])
def test_a_number_nobody_holds_elsewhere_is_answered_in_words(number, person, binh, signed_in):
    answer = signed_in(binh).post(reverse("transfer-request"), {**ASKED, "number": number})

    assert list(answer.context["form"].errors) == ["number"]
    assert not Transfer.objects.exists()


def test_one_s_own_file_cannot_be_asked_for(person, an, signed_in):
    answer = signed_in(an).post(reverse("transfer-request"), ASKED)

    assert list(answer.context["form"].errors) == ["number"]


def test_a_second_answer_is_told_in_words(person, an, boss, signed_in, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    actions.transfer.withdraw(transfer=transfer, reason="Nhầm", on=TODAY, by=an)

    answer = signed_in(boss).post(reverse("transfer-accept", args=[transfer.pk]), {"on": f"{TODAY:%d/%m/%Y}"})

    assert "Lê Văn An đã xử lý" in answer.content.decode()


def test_the_unit_before_reads_what_was_and_nothing_later(gone, an, signed_in):
    officer = signed_in(an)
    shown = page(officer, "returnee-former", gone.pk)

    assert f"Đã bàn giao ngày {TODAY:%d/%m/%Y} cho Xã Krông Nô" in shown
    assert "Chuyện trước bàn giao" in shown
    for later in ("Chuyện sau bàn giao", "0911222333", "0911 222 333", "Ngõ mới"):
        assert later not in shown
    assert gone.full_name in page(officer, "transfer-list", show="former")
    transfer = gone.transfers.get()
    assert "Chuyện sau" not in page(officer, "transfer-sheet", gone.pk, transfer.pk)


def test_what_was_changed_or_entered_later_tells_the_unit_before_nothing(gone, an, binh, signed_in):
    judgment = make_judgment(returnee=gone, by=binh, number="99/2020/HS-ST")
    early = gone.entries.get(activity__note="Chuyện trước bàn giao").activity
    early.note = "Sửa lại sau đó"
    actions.row.correct(row=early, by=binh)
    backdated = make_paperwork(returnee=gone, by=binh, office="Cơ quan mới")

    shown = page(signed_in(an), "returnee-former", gone.pk)

    for later in (judgment.number, "Sửa lại sau đó", "Chuyện trước", backdated.office):
        assert later not in shown
    assert "Xã tiếp nhận đã sửa" in shown


EDITS = ("returnee-edit", "judgment-add", "need-add", "paperwork-add", "group-form", "transfer-add")


def test_the_unit_before_can_change_nothing(gone, an, anh, signed_in):
    officer, activity = signed_in(an), gone.entries.first().activity
    assert officer.get(reverse("returnee-detail", args=[gone.pk])).status_code == 404
    for route in EDITS:
        assert officer.get(reverse(route, args=[gone.pk])).status_code == 404, route
        assert officer.post(reverse(route, args=[gone.pk]), {}).status_code == 404, route
    assert signed_in(anh).post(reverse("returnee-close", args=[gone.pk]), {}).status_code == 404
    assert officer.get(reverse("activity-edit", args=[activity.pk])).status_code == 404
    assert officer.post(reverse("returnee-former", args=[gone.pk])).status_code == 405


def test_who_came_back_is_nobody_s_past(gone, an, anh, binh, signed_in, units):
    gone.placements.filter(until__isnull=False).update(until=TODAY - timedelta(days=2))
    gone.placements.filter(until__isnull=True).update(since=TODAY - timedelta(days=1))
    make_accepted(transfer=make_transfer(returnee=gone, to_unit=units.nam_da, by=binh, on=TODAY), by=anh)

    assert signed_in(an).get(reverse("returnee-former", args=[gone.pk])).status_code == 404
    assert list(Returnee.objects.formerly_of(binh)) == [gone]
    assert list(Returnee.objects.formerly_of(an)) == []


def test_a_reviewer_sees_what_waits_below_and_how_long(person, an, chi, signed_in, units):
    transfer = make_transfer(returnee=person, to_unit=units.dak_sak, by=an)
    Transfer.objects.filter(pk=transfer.pk).update(created_at=transfer.created_at - timedelta(days=9))

    shown = page(signed_in(chi), "transfer-list")

    assert person.full_name in shown
    assert "Đã chờ 9 ngày" in shown
    assert "tone-amber" in shown


def test_the_list_of_the_handed_over_runs_a_constant_number_of_queries(an, binh, signed_in, units):
    client, url = signed_in(an), reverse("transfer-list") + "?show=former"

    def hand_over(count):
        for number in range(count):
            person = make_returnee(by=an, full_name=f"Người {number}")
            make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an), by=binh)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    client.get(url)
    assert hand_over(2) == hand_over(3)


def test_a_chief_sees_who_gets_how_many_before_the_step(an, anh, signed_in, units):
    other = make_user("other", "Mai Văn Sáu", "officer", units.nam_da)
    for number in range(3):
        make_group(returnee=make_returnee(by=an, full_name=f"Người {number}"), lead=an)
    chief, url = signed_in(anh), reverse("caseload-share", args=[an.pk])

    preview = chief.post(url, {"takers": [other.pk, anh.pk]})
    before = HelperGroup.objects.current().filter(lead=an).count()
    chief.post(url, {"takers": [other.pk, anh.pk], "confirm": "1"})

    assert sorted(row.after for row in preview.context["rows"]) == [1, 2]
    assert before == 3
    assert sorted(HelperGroup.objects.current().values_list("lead", flat=True)).count(an.pk) == 0


def test_a_chief_shares_no_caseload_of_another_commune(binh, anh, signed_in):
    assert signed_in(anh).get(reverse("caseload-share", args=[binh.pk])).status_code == 404


@pytest.mark.parametrize(("sent_on", "by"), [(date(2026, 6, 1), "08/06/2026"), (date(2026, 6, 5), "12/06/2026")])
def test_article_15_a_file_is_taken_over_within_five_working_days_and_the_day_stands_in_the_work_lists(
    person, an, binh, signed_in, units, sent_on, by
):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    at = datetime.combine(sent_on, time(1), tzinfo=timezone.get_current_timezone())
    Transfer.objects.filter(pk=transfer.pk).update(created_at=at)

    client = signed_in(binh)

    assert f"hạn tiếp nhận {by}" in page(client, "transfer-list")
    assert f"hạn {by}" in page(client, "home")


def test_a_file_is_late_from_the_day_after_its_last_one(person, an, binh, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    by = transfers.line(transfer, binh, TODAY).by

    assert not transfers.line(transfer, binh, by).is_late
    assert transfers.line(transfer, binh, by + timedelta(days=1)).is_late
