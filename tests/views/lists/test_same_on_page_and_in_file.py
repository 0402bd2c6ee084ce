"""A list and its workbook name the same people; neither names who is sealed, withdrawn or gone."""

from contextlib import suppress
from html import unescape
from io import BytesIO

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from cases import actions
from cases.access.permissions import Permission
from cases.models import AuditEvent, ErrorEvent, Returnee
from cases.reports.people import sealed
from cases.views.lists.registry import LISTS
from tests.makers import TODAY, make_accepted, make_activity, make_meeting, make_returnee, make_transfer, make_user
from tests.test_access import ACCESS, CASES_ROUTES, POSTED, arguments, in_turn, world
from tests.views.test_exports import REASON, asked, busy

__all__ = ["busy", "world"]
pytestmark = pytest.mark.walk

SEALED, WITHDRAWN, FOREIGN = "Đặng Quý Sửu", "Tăng Văn Rút", "Lục Thị Chuyển"
WHO = ("an", "anh", "binh", "chi", "dung", "em", "giang")
KEPT = {
    "key",
    "path",
    "code",
    "verb",
    "duty",
    "name",
    "search_text",
    "sort_key",
    "password",
    "username",
    "full_name",
    "file_number",
    "label",
    "actor",
    "word",
}


@pytest.fixture
def gone(busy, an, anh, units):
    """People with a row in every list who have gone in the three ways."""
    people = [make_returnee(by=an, full_name=name, born_on="1985-02-03") for name in (SEALED, WITHDRAWN, FOREIGN)]
    make_activity(*people, by=an, note=f"Gặp {SEALED}")
    make_meeting(*people, by=an, present=people, topic=f"Nói chuyện với {SEALED}")
    for person in people[:2]:
        actions.distinct.tell_apart(one=busy[0], other=person, reason=f"Không phải {SEALED}", by=anh)
    actions.row.withdraw(row=people[1], by=anh, reason="Nhầm")
    chief = make_user("khanh", "Lâm Văn Khánh", "chief", units.krong_no)
    make_accepted(transfer=make_transfer(returnee=people[2], to_unit=units.krong_no, by=an), by=chief)
    Returnee.objects.filter(pk=people[0].pk).update(closed_on=TODAY, close_reason="expunged")
    return people


def page_text(client, wanted, query):
    """The list as it is read, every page of it; nothing where it is not for this user."""
    first = client.get(wanted.address(query), query)
    if first.status_code != 200:
        return ""
    pages = [first]
    while pages[-1].context.get("page_obj") and (key := pages[-1].context["page_obj"].next):
        pages.append(client.get(wanted.address(query), {**query, "after": key}))
    return unescape(" ".join(page.content.decode() for page in pages))


def book_text(client, name, query):
    response = client.post(reverse("list-export", args=[name], query=query), {"reason": REASON})
    if response.status_code != 200:
        return ""
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_a_workbook_names_nobody_whom_the_page_does_not(gone, request):
    names = set(Returnee.objects.values_list("full_name", flat=True))
    for who, _column, client in in_turn(WHO, request):
        user = request.getfixturevalue(who)
        for name, wanted in LISTS.items():
            if not (user.may(Permission.EXPORT) and user.may(wanted.permission)):
                continue
            query = asked(name)
            page, book = page_text(client, wanted, query), book_text(client, name, query)
            if name == "register":  # its page is that of the unit: whom it may name stands in the list of files
                page = page_text(client, LISTS["people"], {"status": "all"})

            assert {each for each in names if each in book} <= {each for each in names if each in page}, (who, name)
            assert SEALED not in book, (who, name)
            assert SEALED not in page, (who, name)


def texts(model):
    """The names of a model's free texts: what somebody writes, no code, number or name."""
    for field in model._meta.concrete_fields:
        written = field.get_internal_type() in ("CharField", "TextField")
        free = written and not field.choices and field.name not in KEPT
        if free and not field.unique and (field.max_length or 2000) >= 80:
            yield field.name


@pytest.fixture
def written_everywhere(world, an):
    """The sealed name in every text of every row of the world."""
    person = make_returnee(by=an, full_name=SEALED)
    Returnee.objects.filter(pk=person.pk).update(closed_on=TODAY, close_reason="expunged")
    fields = []
    # The log is masked where it is read, and no value ever reaches the record of an error (test_error_event).
    for model in set(apps.get_app_config("cases").get_models()) - {AuditEvent, ErrorEvent}:
        for name in texts(model):
            filled = model._base_manager.exclude(**{name: ""})
            # A table that only grows refuses.
            with suppress(DatabaseError, TypeError), transaction.atomic():
                fields += [name] * filled.update(**{name: f"Anh của {SEALED}"})
    return fields


def test_no_text_of_anybody_tells_a_sealed_name(written_everywhere, world, request):
    assert len(written_everywhere) > 15
    told = []
    for who, column, client in in_turn(("an", "anh", "chi", "em", "giang"), request):
        for route, *shown in ACCESS:
            if shown[column] == 200 and route not in POSTED:
                page = client.get(reverse(route, kwargs=arguments(route, CASES_ROUTES[route], world)))
                if page.get("Content-Type", "").startswith("text/html") and SEALED in page.content.decode():
                    told.append((who, route))

    assert told == []


def test_a_text_that_was_shown_without_a_name_keeps_it_when_it_is_saved(gone, an, signed_in):
    meeting = make_meeting(by=an, note=f"Cùng {SEALED}")
    client, url = signed_in(an), reverse("meeting-edit", args=[meeting.pk])
    form = client.get(url).context["form"]
    shown = form["note"].value()
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    client.post(url, {**sent, "on": f"{meeting.on:%d/%m/%Y}", "place": "Hội trường", "note": f"{shown}, về sớm"})

    meeting.refresh_from_db()
    assert shown == f"Cùng {sealed.mark()}" == "Cùng [đã niêm phong]"
    assert (meeting.place, meeting.note) == ("Hội trường", f"Cùng {SEALED}, về sớm")


def test_a_name_that_somebody_in_sight_bears_too_is_no_secret(gone, an, signed_in):
    make_returnee(by=an, full_name=SEALED)

    assert SEALED in signed_in(an).get(reverse("meeting-list")).content.decode()


def test_what_one_has_typed_is_given_back_as_typed(gone, an, signed_in):
    page = signed_in(an).get(reverse("returnee-list"), {"q": SEALED}).content.decode()

    assert f'value="{SEALED}"' in page
    assert sealed.mark() not in page
