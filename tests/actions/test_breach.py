"""The register of breaches: the clock of 72 hours, who sees which, the letter, the end."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from docx import Document

from cases import actions
from cases.law.breach import NOTICE, notice_clock
from cases.models import AuditEvent, Breach
from tests.makers import TODAY, make_breach
from tests.opened import opened

YESTERDAY = TODAY - timedelta(days=1)


def test_the_clock_runs_72_hours_from_the_hour_it_was_found(anh):
    found = make_breach(by=anh, found_on=YESTERDAY, found_time=time(14, 30)).found_at

    last = notice_clock(found, found + NOTICE)
    over = notice_clock(found, found + NOTICE + timedelta(hours=2, minutes=59))
    assert (notice_clock(found, found + timedelta(minutes=1)).hours, last.is_over) == (71, False)
    assert (over.is_over, over.hours) == (True, 2)


def test_once_the_authority_is_told_the_clock_stands_and_it_is_in_the_log(anh):
    breach = make_breach(by=anh, found_on=YESTERDAY, found_time=time(8))

    facts = {"on": YESTERDAY, "at": time(20), "reference": "05/TB-CAX"}
    actions.breach.tell(breach=breach, **facts, by=anh, now=timezone.now())

    assert breach.clock(timezone.now() + timedelta(days=30)).hours == 60
    assert not Breach.objects.open().exists()
    assert AuditEvent.objects.get(verb="breach.told").after["told_reference"] == "05/TB-CAX"


@pytest.mark.parametrize("days", [-1, 2])
def test_nobody_is_told_before_it_was_found_or_tomorrow(anh, days):
    breach = make_breach(by=anh, found_on=YESTERDAY, found_time=time(8))

    told = {"on": YESTERDAY + timedelta(days=days), "at": time(7), "reference": ""}
    with pytest.raises(ValidationError):
        actions.breach.tell(breach=breach, **told, by=anh, now=timezone.now())


def test_the_unit_above_reads_it_another_commune_does_not(anh, chi, dung, binh, giang):
    breach = make_breach(by=anh)

    seen = {user.username for user in (anh, chi, dung, binh, giang) if breach in Breach.objects.visible_to(user)}

    assert seen == {anh.username, chi.username, dung.username}


def test_what_is_entered_comes_back_as_a_letter_with_dots_where_nobody_knows(anh, signed_in):
    client = signed_in(anh)
    url = reverse("breach-add")
    typed = {"kind": "sent", "found_time": "7h05", "what": "Gửi nhầm danh sách", "data": "Họ tên, địa chỉ"}
    assert client.post(url, {**opened(client, url), **typed}).status_code == 302
    breach = Breach.objects.get()

    page = client.get(reverse("breach-letter", args=[breach.pk])).content.decode()
    file = client.post(reverse("breach-letter", args=[breach.pk])).content
    words = "\n".join(each.text for each in Document(BytesIO(file)).paragraphs)

    assert breach.found_time == time(7, 5)
    for told in ("Gửi nhầm danh sách", "91/2025/QH15", "Nguyên nhân: ……"):
        assert told in page or told == "Nguyên nhân: ……"
        assert told in words
    assert "(Mẫu" not in words
    assert AuditEvent.objects.filter(verb="breach.letter_downloaded").exists()


def test_the_page_says_how_many_hours_are_left_and_when_they_are_over(anh, signed_in):
    early = make_breach(by=anh, found_on=TODAY - timedelta(days=9))

    page = signed_in(anh).get(reverse("breach-list")).content.decode()

    assert "chip-brick" in page
    assert reverse("breach-detail", args=[early.pk]) in page
