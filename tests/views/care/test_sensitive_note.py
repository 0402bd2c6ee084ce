"""Notes for the lead and the chief: told on their page alone, and in no log, list, file or device of anybody."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, HelperGroup, SensitiveNote
from cases.views.lists.registry import LISTS
from tests import test_access as access
from tests.makers import TODAY, make_group, make_returnee, make_user
from tests.opened import opened
from tests.test_sealed_nowhere import text_of
from tests.views.test_exports import asked

world = access.world
WORDS = "Cháu là nhân chứng trong vụ khác"


@pytest.fixture
def colleague(units):
    return make_user("nhan", "Cao Thiện Nhân", "officer", units.nam_da)


def write(person, by):
    return actions.sensitive_note.write(entry=SensitiveNote(returnee=person, text=WORDS), by=by)


def led(by):
    person = make_returnee(by=by)
    make_group(returnee=person, lead=by)
    return person


def test_the_lead_and_the_chief_read_it_and_a_colleague_finds_no_such_page(an, anh, colleague, signed_in):
    person = led(an)
    url = reverse("note-add", args=[person.pk])
    assert signed_in(an).post(url, {**opened(signed_in(an), url), "text": WORDS}).status_code == 302
    page, file = reverse("returnee-notes", args=[person.pk]), reverse("returnee-sentence", args=[person.pk])

    for reader in (an, anh):
        assert WORDS in signed_in(reader).get(page).content.decode()
        assert page in signed_in(reader).get(file).content.decode()

    other = signed_in(colleague)
    assert page not in other.get(file).content.decode()
    note = SensitiveNote.objects.get()
    for asked_for in (page, url, reverse("row-withdraw", args=["note", note.pk])):
        assert other.get(asked_for).status_code == 404
    assert other.post(url, {"text": "X"}).status_code == 404


def test_with_the_case_the_notes_go_to_the_next_lead(an, colleague, signed_in):
    person = led(an)
    write(person, an)
    actions.group.change_lead(group=HelperGroup.objects.get(returnee=person), lead=colleague, by=an)

    assert not SensitiveNote.objects.visible_to(an).exists()
    assert SensitiveNote.objects.visible_to(colleague).exists()
    assert signed_in(an).get(reverse("returnee-notes", args=[person.pk])).status_code == 404


def test_the_history_says_that_it_was_written_not_what(an, chi, signed_in):
    person = led(an)
    note = write(person, an)
    actions.row.withdraw(row=note, by=an, reason=f"Sai: {WORDS}")

    page = signed_in(chi).get(reverse("returnee-history", args=[person.pk])).content.decode()

    assert page.count("Ghi chú kín:") == 2
    assert WORDS not in page
    assert WORDS not in str(list(AuditEvent.objects.values()))


@pytest.mark.walk
def test_it_is_told_on_no_other_page_to_nobody(world, colleague, request):
    SensitiveNote.objects.filter(pk=world["note"]).update(text=WORDS)
    told = []
    people = {name: request.getfixturevalue(name) for name in access.CAST if name != "stranger"}
    for name, user in {**people, "colleague": colleague}.items():
        client = access.StrictClient()
        client.force_login(user)
        for route, names in access.CASES_ROUTES.items():
            if route not in access.POSTED:
                response = client.get(reverse(route, kwargs=access.arguments(route, names, world)))
                if WORDS in text_of(response):
                    told.append((name, route))
        for each in LISTS if name in ("an", "anh") else ():
            answer = client.post(reverse("list-export", args=[each], query=asked(each)), {"reason": "Đối chiếu"})
            if WORDS in text_of(answer):
                told.append((name, each))

    assert told == [("an", "returnee-notes"), ("anh", "returnee-notes")]


def test_no_draft_of_it_is_kept_on_the_device_and_none_is_taken_along(an, signed_in):
    person = led(an)
    write(person, an)
    device = actions.device.register(user=an, label="Chrome 109 · Android")

    form = signed_in(an).get(reverse("note-add", args=[person.pk])).content.decode()
    taken = signed_in(an).post(reverse("trip-people"), {"device": device.uid}).json()

    assert "data-draft" not in form[form.index('<form class="form') : form.index("</form>", form.index("id_text"))]
    assert WORDS not in json.dumps(taken, ensure_ascii=False)


def test_the_chief_of_the_next_commune_reads_it_and_the_one_before_no_more(an, anh, binh, units):
    person = led(an)
    write(person, an)
    chief = make_user("mo", "Đoàn Thị Mơ", "chief", units.krong_no)
    person.placements.filter(until=None).update(until=TODAY - timedelta(days=1))
    type(person).objects.filter(pk=person.pk).update(unit=units.krong_no)

    assert SensitiveNote.objects.visible_to(chief).exists()
    assert not SensitiveNote.objects.visible_to(anh).exists()
    assert not SensitiveNote.objects.visible_to(binh).exists()
