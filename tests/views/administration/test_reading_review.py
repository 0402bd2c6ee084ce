"""What was read unusually in a month: counted from the log, seen by the chief, of the chief by those above, signed."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import AuditEvent, ReadingReview, User
from cases.reports.administration import reading_review
from cases.reports.administration.reading_review import ReadingKind, lines
from tests.makers import TODAY, make_returnee, make_user

pytestmark = pytest.mark.both
MONTH = reading_review.last_month(TODAY)


def at(hour, minute=0, day=10):
    moment = datetime(MONTH.year, MONTH.month, day, hour, minute)
    return timezone.make_aware(moment)


def log(by, verb="returnee.opened", person=None, *, moment, **more):
    """A row of the log of last month, as the page would have left it."""
    event = actions.audit.event(by=by, verb=verb, target=person, **more)
    event.at = moment
    field = AuditEvent._meta.get_field("at")
    field.auto_now_add = False
    try:
        event.save()
    finally:
        field.auto_now_add = True
    return event


def told(unit, besides=None):
    return {(line.kind.value, line.actor): line.count for line in lines(unit, MONTH, besides)}


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def test_a_month_of_ordinary_work_has_no_line(an, anh, person, units):
    log(an, person=person, moment=at(9))
    log(an, "page.looked_up", moment=at(8, 50))

    assert told(units.nam_da) == {}


@pytest.mark.parametrize(("hour", "count"), [(21, None), (22, 1), (4, 1), (5, None)])
def test_night_is_what_the_settings_say(hour, count, an, person, units):
    log(an, person=person, moment=at(hour))

    assert told(units.nam_da).get(("night", "Lê Văn An")) == count


def test_many_within_one_hour_of_the_clock(an, person, units, monkeypatch):
    for name in ("FILES_AN_HOUR", "PAGES_AN_HOUR", "EXPORTS_AN_HOUR"):
        monkeypatch.setattr(reading_review, name, 2)
    other = make_returnee(by=an, full_name="Hoàng Văn Thụ")
    for minute in (1, 59):
        log(an, person=person if minute == 1 else other, moment=at(9, minute))
        log(an, "page.read" if minute == 1 else "page.searched", moment=at(10, minute))
        log(an, "list.exported", moment=at(11, minute))
        log(an, "list.exported", moment=at(12 + (minute > 1)))

    assert told(units.nam_da) == {("files", "Lê Văn An"): 2, ("pages", "Lê Văn An"): 2, ("exports", "Lê Văn An"): 2}


def test_the_same_file_again_is_one_file(an, person, units, monkeypatch):
    monkeypatch.setattr(reading_review, "FILES_AN_HOUR", 2)
    for minute in range(5):
        log(an, person=person, moment=at(9, minute))

    assert told(units.nam_da) == {}


def test_a_file_of_another_unit_is_told_with_its_unit(an, binh, units):
    theirs = make_returnee(by=binh, full_name="Phùng Văn Sáu")
    log(an, person=theirs, moment=at(9))
    (line,) = lines(units.nam_da, MONTH)

    assert (line.kind, line.about, line.count) == (ReadingKind.ELSEWHERE, "Xã Krông Nô", 1)


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"household_contact": "lê văn an"}, 1),
        ({"household_phone": "0912345001"}, 1),
        ({"phone": "0912345001"}, 1),
        ({"household_contact": "Lê Văn Anh", "phone": "0912345002"}, None),
        ({}, None),
    ],
)
def test_who_may_be_close_is_guessed_by_name_or_telephone(facts, count, an, units):
    User.objects.filter(pk=an.pk).update(phone="0912345001")
    log(an, person=make_returnee(by=an, full_name="Lê Văn Em", **facts), moment=at(9))

    assert told(units.nam_da).get(("relatives", "Lê Văn An")) == count


@pytest.mark.parametrize(("minutes", "count"), [(59, None), (61, 1)])
def test_a_look_up_that_led_to_nothing_within_an_hour(minutes, count, an, person, units):
    log(an, "page.looked_up", moment=at(9))
    log(an, person=person, moment=at(9) + timedelta(minutes=minutes))

    assert told(units.nam_da).get(("look_ups", "Lê Văn An")) == count


def test_other_months_and_other_units_have_no_part_in_it(an, binh, person, units):
    log(an, person=person, moment=at(23) - timedelta(days=31))
    log(an, person=person, moment=timezone.now())
    log(binh, person=make_returnee(by=binh), moment=at(23))

    assert told(units.nam_da) == {}
    assert told(units.krong_no) == {("night", "Phạm Thanh Bình"): 1}


def url(unit, month=MONTH):
    return reverse("reading-review-detail", args=[unit.pk, f"{month:%Y-%m}"])


def test_a_chief_does_not_look_through_their_own_readings_and_those_above_do(an, anh, chi, person, units, signed_in):
    log(anh, person=person, moment=at(23))
    log(an, person=person, moment=at(23))

    assert told(units.nam_da, anh) == {("night", "Lê Văn An"): 1}
    assert "Trần Quốc Anh</td>" not in signed_in(anh).get(url(units.nam_da)).content.decode()
    assert "Trần Quốc Anh</td>" in signed_in(chi).get(url(units.nam_da)).content.decode()


def test_it_is_signed_once_with_a_word_for_a_line_and_for_all(an, anh, chi, person, units, signed_in):
    log(an, person=person, moment=at(23))
    chief = signed_in(anh)
    listed = reverse("reading-review-list")
    assert listed in chief.get("/").content.decode()

    sent = {f"night_{an.pk}": "Trực đêm", "remark": "Đã hỏi"}
    assert chief.post(url(units.nam_da), sent).status_code == 302
    chief.post(url(units.nam_da), {"remark": "Lần hai"})

    review = ReadingReview.objects.get()
    assert (review.remark, review.is_above, review.lines[0]["remark"], review.lines[0]["count"]) == (
        "Đã hỏi", False, "Trực đêm", 1
    )  # fmt: skip
    assert "Trực đêm" in chief.get(url(units.nam_da)).content.decode()
    home = chief.get("/").content.decode()
    assert home.count(listed) == 0
    assert signed_in(chi).post(url(units.nam_da), {}).status_code == 302
    assert ReadingReview.objects.filter(is_above=True, signed_by=chi).exists()
    assert AuditEvent.objects.filter(verb="readingreview.signed").count() == 2


def test_a_month_under_way_is_shown_and_not_signed(anh, units, signed_in):
    client, month = signed_in(anh), TODAY.replace(day=1)

    assert client.get(url(units.nam_da, month)).status_code == 200
    assert client.post(url(units.nam_da, month), {}).status_code == 200
    assert not ReadingReview.objects.exists()


@pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", "2999-01", "٢٠٢٦-10"])
def test_a_month_that_is_none_is_not_found(month, anh, chi, units, signed_in):
    assert signed_in(anh).get(f"/readings/{units.nam_da.pk}/{month}/").status_code == 404
    assert signed_in(chi).get("/readings/", {"month": month}).status_code == 200


def test_a_unit_that_is_not_ones_own_is_not_found(anh, chi, units, signed_in):
    assert signed_in(anh).get(url(units.krong_no)).status_code == 404
    assert signed_in(chi).get(url(units.dak_sak)).status_code == 404
    assert signed_in(chi).get(url(units.cluster)).status_code == 404


def test_the_questions_do_not_grow_with_readers_and_lines(
    an, anh, person, units, signed_in, django_assert_max_num_queries
):
    for place in range(4):
        reader = make_user(f"docgia{place}", f"Kpă Văn {'ABCD'[place]}", "officer", units.nam_da)
        log(reader, person=person, moment=at(23))
        log(reader, "page.looked_up", moment=at(9))
    client = signed_in(anh)
    client.get(url(units.nam_da))

    with django_assert_max_num_queries(15):
        client.get(url(units.nam_da))
