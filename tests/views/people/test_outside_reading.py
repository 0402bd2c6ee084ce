"""A look into a file beyond one's scope: one file, to read, for an hour, with a reason, signed by who holds it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import AuditEvent, OutsideReading, Returnee, SensitiveNote
from cases.views.people import outside
from tests import test_access as access
from tests.makers import TODAY, make_activity, make_judgment, make_returnee, make_user

pytestmark = pytest.mark.both
world = access.world

NUMBER, REASON = "067085004711", "Đang gây rối ở chợ, cần biết ngay"
SHOWN = {name: names for name, names, view in access.routes() if getattr(view, "shows_outside", False)}


@pytest.fixture
def person(an):
    person = make_returnee(by=an, full_name="Đinh Công Mẫn", identity_number=NUMBER)
    make_judgment(returnee=person, by=an)
    make_activity(person, by=an, note="Đã gặp ở nhà")
    return person


def ask(client, number=NUMBER, reason=REASON):
    return client.post(reverse("outside-reading-ask"), {"number": number, "reason": reason})


def status(client, person, route="returnee-detail"):
    return client.get(reverse(route, args=[person.pk])).status_code


@pytest.fixture
def reader(person, binh, signed_in):
    client = signed_in(binh)
    assert status(client, person) == 404
    assert ask(client).status_code == 302
    return client


def links(page):
    """Every link of the page into the work, and every form that would be sent."""
    found = re.findall(r'(?:href|action)="(/[^"#]*)', page)
    return {unescape(url) for url in found if not url.startswith(("/static", "/i18n", "/accounts", "/sign-out"))}


# --- what it opens ---


def test_the_file_opens_to_read_and_says_until_when(person, reader):
    page = reader.get(reverse("returnee-detail", args=[person.pk])).content.decode()

    assert "Đinh Công Mẫn" in page
    assert "Trộm cắp" in reader.get(reverse("returnee-sentence", args=[person.pk])).content.decode()
    until = timezone.localtime(OutsideReading.objects.get().until)
    assert f"{until:%H:%M}" in page


def test_no_page_of_it_leads_to_one_that_is_shut(person, reader):
    pages = [route for route in SHOWN if SHOWN[route] == ["returnee_pk"]]
    own = {reverse("home"), reverse("activity-add")}
    wrong = []
    for route in pages:
        page = reader.get(reverse(route, args=[person.pk]))
        assert page.status_code in (200, 404), route
        for url in links(page.content.decode()) - own:
            answer = reader.get(url)
            if answer.status_code not in (200, 302, 405):
                wrong.append((route, url, answer.status_code))

    assert wrong == []


def test_every_other_page_stays_shut_and_nothing_is_written(world, person, binh, signed_in):
    """Also that of the same person where it writes, takes away or shows who reads."""
    reading = OutsideReading.objects.get(pk=world["outside"])
    client = signed_in(binh)
    session = client.session
    session[outside.KEY] = {str(reading.returnee_id): reading.pk}
    session.save()
    found = {}
    for route, names, _view in access.routes():
        if "returnee_pk" in names and route not in SHOWN and route not in ("returnee-former",):
            url = reverse(route, kwargs=access.arguments(route, names, world))
            found[route] = {client.get(url).status_code, client.post(url, {"reason": "Cho tôi"}).status_code}

    assert {route: codes for route, codes in found.items() if codes - {403, 404, 405}} == {}
    assert client.post(reverse("returnee-detail", args=[reading.returnee_id])).status_code == 405


def test_lists_searches_and_workbooks_do_not_find_the_person(person, reader):
    for url in (
        reverse("returnee-list", query={"q": "Mẫn"}),
        reverse("returnee-find", query={"q": NUMBER}),
        reverse("home", query={"who": "all"}),
    ):
        assert "Đinh Công Mẫn" not in reader.get(url).content.decode()
    taken = reader.post(reverse("list-export", args=["people"], query={"q": "Mẫn"}), {"reason": "Đối chiếu"})
    assert "Đinh Công Mẫn".encode() not in b"".join(taken) if taken.streaming else taken.content


def test_nobody_else_of_the_unit_is_opened_and_no_colleague_of_the_reader(person, an, reader, units, signed_in):
    other = make_returnee(by=an, full_name="Hà Văn Lý")
    colleague = signed_in(make_user("kpa", "Kpă Y Lim", "officer", units.krong_no))

    assert status(reader, other) == 404
    assert status(colleague, person) == 404


def test_another_sign_in_of_the_same_account_asks_for_itself(person, reader, binh, signed_in):
    assert status(signed_in(binh), person) == 404
    assert status(reader, person) == 200


def test_closed_notes_stay_closed_to_a_chief_of_elsewhere(person, an, units, signed_in):
    actions.row.add(row=SensitiveNote(returnee=person, text="Chỉ nói với người phụ trách"), by=an)
    client = signed_in(make_user("truongkn", "Bàn Thị Xuân", "chief", units.krong_no))
    ask(client)

    assert status(client, person) == 200
    assert status(client, person, "returnee-notes") == 404
    assert "người phụ trách" not in client.get(reverse("returnee-history", args=[person.pk])).content.decode()


# --- when it ends ---


def run_out(**changes):
    reading = OutsideReading.objects.get()
    OutsideReading.objects.update(since=reading.since - timedelta(hours=1), until=timezone.now(), **changes)


def test_after_the_hour_nothing_is_open(person, reader):
    run_out()

    assert {status(reader, person, route) for route in SHOWN if SHOWN[route] == ["returnee_pk"]} == {404}


@pytest.mark.parametrize("who", ["binh", "anh", "chi"])
def test_it_ends_at_once_in_every_process_where_the_reader_or_the_unit_ends_it(who, person, reader, request, signed_in):
    client = reader if who == "binh" else signed_in(request.getfixturevalue(who))
    client.post(reverse("outside-reading-end", args=[OutsideReading.objects.get().pk]))

    assert status(reader, person) == 404


def test_a_file_that_is_sealed_meanwhile_is_shut(person, reader, anh):
    Returnee.objects.filter(pk=person.pk).update(closed_on=TODAY, close_reason="expunged")

    assert status(reader, person) == 404


def test_who_loses_the_post_loses_the_look(person, reader, binh):
    binh.postings.update(until=TODAY - timedelta(days=1))

    assert status(reader, person) in (403, 404)


# --- who may ask, and for what ---


def test_no_account_without_sight_of_cases_asks(person, em, giang, signed_in):
    for user in (em, giang):
        assert ask(signed_in(user)).status_code == 403
    assert not OutsideReading.objects.exists()


@pytest.mark.parametrize(
    ("number", "reason"),
    [(NUMBER, ""), (NUMBER, "Cần"), (NUMBER, " " * 40), ("12", REASON), ("067085999999", REASON)],
)
def test_without_a_reason_or_a_number_that_is_held_nothing_opens(number, reason, person, binh, signed_in):
    page = ask(signed_in(binh), number, reason)

    assert page.status_code == 200
    assert "Đinh Công Mẫn" not in page.content.decode()
    assert not OutsideReading.objects.exists()


def test_a_sealed_file_is_not_found_by_its_number(person, binh, signed_in):
    Returnee.objects.filter(pk=person.pk).update(closed_on=TODAY, close_reason="expunged")

    assert ask(signed_in(binh)).status_code == 200
    assert not OutsideReading.objects.exists()


def test_ones_own_file_needs_no_look_from_outside(person, an, chi, signed_in):
    for user in (an, chi):
        assert ask(signed_in(user)).status_code == 200
    with pytest.raises(ValidationError):
        actions.outside_reading.begin(returnee=person, reason=REASON, by=an)


def test_the_form_sent_twice_or_from_two_tabs_is_one_look(person, reader):
    ask(reader)
    ask(reader, reason="Một lý do khác hẳn")

    assert [row.reason for row in OutsideReading.objects.all()] == [REASON]


def test_three_a_day_and_then_words(an, binh, signed_in):
    client = signed_in(binh)
    numbers = [f"06708500480{place}" for place in range(4)]
    for place, number in enumerate(numbers):
        make_returnee(by=an, full_name=f"Người thứ {'ABCD'[place]}", identity_number=number)
    answers = [ask(client, number) for number in numbers]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "24 giờ" in answers[3].content.decode()
    OutsideReading.objects.update(since=timezone.now() - timedelta(hours=25), until=timezone.now())
    assert ask(client, numbers[3]).status_code == 302


# --- what it leaves ---


def test_each_page_is_in_the_log_of_the_unit_with_the_reason(person, reader, anh):
    reader.get(reverse("returnee-sentence", args=[person.pk]))
    opened = AuditEvent.objects.visible_to(anh).filter(verb="returnee.opened", actor="Phạm Thanh Bình")

    assert {event.reason for event in opened} == {REASON}
    assert {event.after["page"] for event in opened} == {"returnee-sentence"}
    assert AuditEvent.objects.visible_to(anh).filter(verb="outsidereading.begun", reason=REASON).exists()


def test_the_chief_is_told_on_the_first_page_and_signs(person, reader, anh, signed_in):
    chief, reading = signed_in(anh), OutsideReading.objects.get()
    reader.get(reverse("returnee-detail", args=[person.pk]))
    told = reverse("outside-reading-list")

    assert told in chief.get(reverse("home")).content.decode()
    page = chief.get(told).content.decode()
    assert all(words in page for words in ("Đinh Công Mẫn", "Phạm Thanh Bình", "Xã Krông Nô", REASON, "1 trang"))
    chief.post(reverse("outside-reading-sign", args=[reading.pk]), {"remark": "Đã gọi hỏi trước"})

    reading.refresh_from_db()
    assert (reading.signed_by, reading.remark) == (anh, "Đã gọi hỏi trước")
    assert told not in chief.get(reverse("home")).content.decode()
    assert AuditEvent.objects.filter(verb="outsidereading.signed", actor=anh.full_name).exists()


def test_of_the_person_the_readers_own_list_says_nothing(person, reader):
    assert "Đinh Công Mẫn" not in reader.get(reverse("outside-reading-list")).content.decode()


def test_nobody_signs_for_themselves(person, reader, binh):
    reading = OutsideReading.objects.get()
    with pytest.raises(ValidationError):
        actions.outside_reading.sign(reading=reading, remark="", by=binh)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideReading.objects.update(signed_by=binh, signed_at=timezone.now())


def test_names_that_are_sealed_there_are_hidden_from_the_reader_too(person, an, reader):
    hidden = make_returnee(by=an, full_name="Triệu Sinh Vàng")
    make_activity(person, by=an, note="Ở cùng anh Triệu Sinh Vàng")
    assert "Triệu Sinh Vàng" in reader.get(reverse("returnee-detail", args=[person.pk])).content.decode()

    Returnee.objects.filter(pk=hidden.pk).update(closed_on=TODAY, close_reason="expunged")

    assert "Triệu Sinh Vàng" not in reader.get(reverse("returnee-detail", args=[person.pk])).content.decode()


def test_a_page_asks_once_more_and_only_for_who_has_one_open(
    person, reader, django_assert_max_num_queries, an, signed_in
):
    with django_assert_max_num_queries(16):
        reader.get(reverse("returnee-detail", args=[person.pk]))
