"""Look-ups and files are limited by the hour, with words; what was typed is kept, and the log says so once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent
from cases.views.administration import rates

pytestmark = pytest.mark.both
NUMBER = "067085007788"


@pytest.fixture
def few(monkeypatch):
    for name in ("LOOK_UPS", "EXPORTS", "PAPERS"):
        monkeypatch.setattr(rates, name, replace(getattr(rates, name), most=2))


def export(client):
    response = client.post(reverse("list-export", args=["people"]), {"reason": "Đối chiếu với UBND xã"})
    if response.streaming:
        b"".join(response.streaming_content)  # the client closes what was read, and leaves the connection open
    return response


def test_the_third_look_up_of_two_is_refused_in_words_and_told_in_the_log_once(few, an, signed_in):
    client, url = signed_in(an), reverse("returnee-find")
    found = [client.get(url, {"q": NUMBER}) for _time in range(4)]

    assert [each.status_code for each in found] == [200, 200, 429, 429]
    assert "2 số" in found[2].content.decode()
    assert AuditEvent.objects.filter(verb="user.rate_reached", actor=an.full_name).count() == 1


def test_names_and_other_pages_are_not_counted(few, an, signed_in):
    client = signed_in(an)
    for _time in range(3):
        assert client.get(reverse("returnee-find"), {"q": "Nguyễn Văn Dũng"}).status_code == 200
        assert client.get(reverse("home")).status_code == 200
        assert client.get(reverse("transfer-request")).status_code == 200


def test_lists_are_taken_away_so_often_an_hour_and_again_after_it(few, an, signed_in, monkeypatch):
    client = signed_in(an)
    assert [export(client).status_code for _time in range(3)] == [200, 200, 429]
    assert client.get(reverse("list-export", args=["people"])).status_code == 200

    monkeypatch.setattr(rates, "WITHIN", timedelta(0))
    assert export(client).status_code == 200


def test_another_account_of_the_unit_goes_on(few, an, anh, signed_in):
    client = signed_in(an)
    for _time in range(3):
        export(client)

    assert export(signed_in(anh)).status_code == 200


def test_what_was_typed_is_there_when_the_page_is_opened_again(few, an, signed_in):
    client, url = signed_in(an), reverse("outside-reading-ask")
    for _time in range(2):
        actions.reading.record_page(page="returnee-find", asked={"q": "x"}, verb="page.looked_up", by=an)
    refused = client.post(url, {"number": NUMBER, "reason": "Cần biết ngay vì có việc"})

    assert refused.status_code == 429
    assert "Cần biết ngay vì có việc" in client.get(url).content.decode()
