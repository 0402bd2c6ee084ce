"""No page of the site map grows with the commune: neither in bytes nor in queries."""

import gzip
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Activity, ActivityEntry, Assessment, AuditEvent, PaperworkRequest, Placement, Returnee
from cases.urls import urlpatterns
from tests.makers import TODAY, make_activity, make_returnee

MANY = 400
RAW, PACKED = 400_000, 60_000  # bytes
MORE = 3  # queries: the counts of lists that go on
PAGES = sorted({route.name for route in urlpatterns if "<" not in str(route.pattern)})


def files(an, number, first):
    """So many people of one commune, not saved."""
    rows = []
    for place in range(first, first + number):
        row = Returnee(
            full_name=f"Nguyễn Thị Đông {place:05d}",
            file_number=f"24697-2026-{place:05d}",
            sex="female",
            born_on="1985",
            hamlet=f"Thôn {place % 12}",
            unit=an.unit,
            completed_on=TODAY - timedelta(days=200),
            presented_on=TODAY - timedelta(days=190) if place % 5 else None,
            identity_number=f"0670850{place:05d}",
            certificate_number=str(place),
        ).stamp(an)
        row.sort_key, row.search_text = f"dong{place:05d}", row.text_to_search()
        rows.append(row)
    return rows


def settle(an, number, first=0):
    """So many people of one commune with a day's work of each, written by the row."""
    rows = Returnee.objects.bulk_create(files(an, number, first))
    since = TODAY - timedelta(days=200)
    Placement.objects.bulk_create(
        Placement(returnee=row, unit=an.unit, since=since, reason="intake").stamp(an) for row in rows
    )
    PaperworkRequest.objects.bulk_create(
        PaperworkRequest(returnee=row, kind="identity", needed_on=since).stamp(an) for row in rows
    )
    Assessment.objects.bulk_create(
        Assessment(returnee=row, group="B", on=TODAY, reason="Chưa có việc").stamp(an) for row in rows
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(actor=an.full_name, verb="returnee.opened", target_type="returnee", unit_id=an.unit.pk)
        for _row in rows
    )
    visit([row for row in rows if row.presented_on], an, since)


def visit(people, an, on):
    """One visit of each of these people, written by the row."""
    made = [Activity(kind="encouragement", on=on, uid=uuid.uuid4()).stamp(an) for _person in people]
    ActivityEntry.objects.bulk_create(
        ActivityEntry(activity=activity, returnee=person, outcome="met")
        for activity, person in zip(Activity.objects.bulk_create(made), people, strict=True)
    )


def measured(client):
    """Bytes, packed bytes and queries of each page that opens."""
    found = {}
    for name in PAGES:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(name))
        if response.status_code == 200 and not response.streaming:
            page = response.content
            found[name] = len(page), len(gzip.compress(page)), len(queries)
    return found


@pytest.mark.parametrize("who", ["an", "anh", "dung", "em"])
def test_no_page_grows_with_the_commune(who, an, request, signed_in):
    settle(an, 3)
    client = signed_in(request.getfixturevalue(who))
    measured(client)
    few = measured(client)
    settle(an, MANY, first=3)

    many = measured(client)

    assert len(many) > 10
    assert {name: size for name, (size, packed, _) in many.items() if size > RAW or packed > PACKED} == {}
    assert {name: (few[name][2], many[name][2]) for name in many if many[name][2] > few[name][2] + MORE} == {}


@pytest.mark.parametrize(
    ("route", "field"), [("activity-add", "people"), ("meeting-add", "people"), ("loan-list", "people")]
)
def test_whoever_does_not_stand_on_the_page_is_found_without_losing_what_was_typed(route, field, an, signed_in):
    settle(an, 150)
    last = make_returnee(by=an, full_name="Ýa Zũng", certificate_number="1")
    make_activity(last, by=an)
    client = signed_in(an)
    address = reverse(route)
    ticked = Returnee.objects.exclude(pk=last.pk).exclude(presented_on=None).latest("sort_key")
    before = client.get(address).content.decode()
    typed = {"find": "people", "find_words": "ya zung", field: [ticked.pk], "note": "Muốn học nghề", "topic": "Họp"}

    response = client.post(address, typed)

    shown = response.content.decode()
    box = f'name="{field}" value="{last.pk}"'
    assert response.status_code == 200
    assert box in shown
    assert route == "activity-add" or box not in before
    assert f'name="{field}" value="{ticked.pk}"' in shown
    assert ("Muốn học nghề" in shown) is (route != "loan-list")
    assert "invalid-feedback" not in shown
    assert Activity.objects.filter(note="Muốn học nghề").count() == 0


def test_nobody_found_says_so(an, signed_in):
    settle(an, 150)

    shown = signed_in(an).post(reverse("activity-add"), {"find": "people", "find_words": "xyz"}).content.decode()

    assert "Không tìm thấy ai với “xyz”" in shown
