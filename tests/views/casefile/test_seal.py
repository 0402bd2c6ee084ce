"""A cleared file is sealed: its name stands nowhere, its person still counts, its chief reads it with a reason."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.actions.audit import person_of
from cases.models import AuditEvent, Crime, Expungement, Returnee, User
from cases.models.scope import ScopedQuerySet
from cases.reports.periodic.registry import INDICATORS
from cases.views.casefile import unsealed
from tests.makers import TODAY, make_judgment, make_meeting, make_returnee, make_user
from tests.opened import opened
from tests.test_access import ACCESS, CASES_ROUTES, CAST, FILES, POSTED, arguments, in_turn, routes, world

__all__ = ["world"]

NAME, NUMBER = "Đặng Quý Sửu", "067085012345"
ROLES = ("an", "anh", "chi", "em", "giang")
SHOW_SEALED = {name for name, _names, view in routes() if getattr(view, "sealed", False)}
SEARCHES = [
    ("returnee-list", {"q": NAME}),
    ("returnee-list", {"q": NUMBER}),
    ("returnee-list", {"status": "closed"}),
    ("returnee-find", {"q": NAME}),
    ("returnee-find", {"q": NUMBER}),
    ("home", {"who": "all"}),
    ("expungement-list", {"show": "confirm"}),
    *(("report-list", {"indicator": each.key}) for each in INDICATORS),
]


@pytest.fixture
def person(world, an):
    person = Returnee.objects.get(pk=world["returnee_pk"])
    person.full_name, person.identity_number = NAME, NUMBER
    actions.returnee.correct(returnee=person, by=an)
    return person


def seal(person, an, anh):
    evidence = Expungement(returnee=person, evidence="vneid", evidence_on=TODAY, reason="Có trong VNeID")
    actions.expungement.bring_evidence(expungement=evidence, by=an)
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    person.refresh_from_db()
    return evidence


def pages(client, who, world):
    """Every page the table gives a role, and every search."""
    column = CAST.index(who) + 1
    for row in ACCESS:
        if row[column] == 200 and row[0] not in POSTED:
            yield row[0], client.get(reverse(row[0], kwargs=arguments(row[0], CASES_ROUTES[row[0]], world)))
    for route, query in SEARCHES:
        if next(row[column] for row in ACCESS if row[0] == route) == 200:
            yield f"{route} {query}", client.get(reverse(route, query=query))


def naming(found, person):
    """The pages that tell the name or the number, or lead to the file; what one has typed oneself is no telling."""
    told = []
    for route, response in found:
        text = response.content.decode(errors="replace")
        words = [word for word in (NAME, NUMBER) if word not in route]
        if response.status_code == 200:
            words.append(f'href="/people/{person.pk}/')
        if any(word in text for word in words):
            told.append(route)
    return told


@pytest.mark.walk
def test_a_sealed_name_stands_on_no_page_of_any_role(person, world, an, anh, request):
    for who, _column, client in in_turn(ROLES, request):
        person.refresh_from_db()
        before = naming([("home", client.get(reverse("home", query={"who": "all"})))], person)
        seal(person, an, anh)

        assert naming(pages(client, who, world), person) == [], who
        assert bool(before) == (who in ("an", "anh", "giang")), who


def test_no_row_of_a_sealed_file_is_visible(person, world, an, anh, giang):
    make_judgment(returnee=person, by=an)
    models = apps.get_app_config("cases").get_models()
    about = [each for each in models if isinstance(each.objects.all(), ScopedQuerySet)]

    def rows(user):
        return [row for model in about for row in model.objects.visible_to(user) if person_of(row) == person]

    before = {type(row).__name__ for row in rows(an)}
    seal(person, an, anh)

    assert {"Judgment", "Offence", "Placement", "GroupMember", "ActivityEntry", "Attendance", "Verdict"} <= before
    assert [row for user in (an, anh, giang) for row in rows(user)] == []


def test_a_sealed_person_still_counts_without_a_name(person, an, anh, chi, signed_in):
    url = reverse("report-list", query={"indicator": "expunged"})
    seal(person, an, anh)

    page = signed_in(chi).get(url).content.decode()

    assert 'data-count="1"' in page
    assert "Hồ sơ đã niêm phong" in page
    assert f"/people/{person.pk}/" not in page


def test_the_chief_reads_a_sealed_file_with_a_reason_for_a_quarter_of_an_hour(person, an, anh, signed_in, monkeypatch):
    seal(person, an, anh)
    client, file = signed_in(anh), reverse("returnee-clock", args=[person.pk])
    assert client.get(file).status_code == 404
    refused = client.post(reverse("returnee-unseal"), {"number": person.file_number, "reason": " "})
    assert "reason" in refused.context["form"].errors

    client.post(reverse("returnee-unseal"), {"number": person.file_number, "reason": "Tòa án hỏi, công văn 12"})
    shown = client.get(file)
    later = timezone.now() + unsealed.OPEN_FOR + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert NAME in shown.content.decode()
    assert client.get(file).status_code == 404
    events = AuditEvent.objects.filter(returnee_id=person.pk, reason="Tòa án hỏi, công văn 12")
    assert {event.verb for event in events} == {"returnee.unsealed", "returnee.opened"}


def test_an_opened_seal_opens_this_file_only_and_nothing_can_be_written_in_it(person, world, an, anh, signed_in):
    other = make_returnee(by=an, full_name="Lý Thị Mùi", born_on="1985-02-03")
    seal(person, an, anh)
    seal(other, an, anh)
    client = signed_in(anh)
    client.post(reverse("returnee-unseal"), {"number": NUMBER, "reason": "Tra cứu"})

    assert client.get(reverse("returnee-detail", args=[person.pk])).status_code == 200
    assert client.get(reverse("returnee-detail", args=[other.pk])).status_code == 404
    for route in ("returnee-edit", "judgment-add", "returnee-withdraw", "expungement-add"):
        assert client.get(reverse(route, args=[person.pk])).status_code == 404
    assert naming([("list", client.get(reverse("returnee-list")))], person) == []


def test_every_page_of_an_opened_file_shows_it_and_nothing_is_kept_at_the_user(person, world, an, anh, signed_in):
    seal(person, an, anh)
    client = signed_in(anh)
    client.post(reverse("returnee-unseal"), {"number": NUMBER, "reason": "Tra cứu"})
    known = {field.attname for field in User._meta.concrete_fields} | {"_state", "backend"}
    known |= {"posting", "scope", "scope_asked", "_units_read"}  # where one stands, and nobody else

    for route in sorted(SHOW_SEALED - FILES - {"transfer-sheet"}):
        shown = client.get(reverse(route, kwargs=arguments(route, CASES_ROUTES[route], world)))
        told = shown.status_code, "[đã niêm phong]" in shown.content.decode()
        assert (route, *told) == (route, 200, False)
        assert vars(shown.wsgi_request.user._wrapped).keys() <= known


def test_what_only_reads_a_file_shows_a_sealed_one_that_is_opened():
    """But for the unit that held the person before: a sealed file it reads no more."""
    reads = {
        name
        for name, names, view in routes()
        if "returnee_pk" in names and ("POST" not in view.methods or view.as_file)
    }

    assert SHOW_SEALED == reads - {"returnee-former"} | {"returnee-reopen"}


def test_a_seal_opens_to_no_other_unit_and_to_nobody_but_the_chief(person, an, anh, binh, chi, units, signed_in):
    seal(person, an, anh)
    stranger = make_user("la", "Người Lạ", "chief", units.krong_no)
    sent = {"number": person.file_number, "reason": "Tra cứu"}

    assert "number" in signed_in(stranger).post(reverse("returnee-unseal"), sent).context["form"].errors
    for user in (an, binh, chi):
        assert signed_in(user).post(reverse("returnee-unseal"), sent).status_code == 403
        assert signed_in(user).get(reverse("returnee-detail", args=[person.pk])).status_code in (403, 404)
    assert not AuditEvent.objects.filter(verb="returnee.unsealed").exists()


def test_a_number_of_a_sealed_file_is_free_for_a_new_file(person, an, anh, signed_in):
    seal(person, an, anh)
    client = signed_in(an)
    sent = {"uid": uuid.uuid4(), "full_name": "Đặng Quý Sửu", "sex": "male", "born_on": "1985", "unit": an.unit.pk,
            "identity_number": NUMBER, "completed_on": f"{TODAY:%d/%m/%Y}", "subject_type": "completed"}  # fmt: skip

    found = client.get(reverse("returnee-find", query={"q": NUMBER})).content.decode()
    client.post(reverse("returnee-add"), sent)

    assert person.file_number not in found
    assert Returnee.objects.filter(identity_number=NUMBER).count() == 2


def test_reopening_a_sealed_file_takes_the_evidence_back(person, an, anh, signed_in):
    evidence = seal(person, an, anh)
    client = signed_in(anh)
    client.post(reverse("returnee-unseal"), {"number": NUMBER, "reason": "Xác nhận nhầm"})

    client.post(reverse("returnee-reopen", args=[person.pk]), {"reason": "Nhầm người"})

    evidence.refresh_from_db()
    person.refresh_from_db()
    assert (evidence.withdrawn_reason, person.closed_on) == ("Nhầm người", None)
    assert signed_in(an).get(reverse("returnee-detail", args=[person.pk])).status_code == 200


def test_a_meeting_keeps_its_count_and_its_attendance_when_somebody_is_sealed(person, an, anh, signed_in):
    other = make_returnee(by=an, full_name="Lý Thị Mùi")
    meeting = make_meeting(person, other, by=an, present=[person, other])
    seal(person, an, anh)
    client = signed_in(an)

    url = reverse("meeting-detail", args=[meeting.pk])

    page = client.get(url).content.decode()
    client.post(url, {**opened(client, url), "present": [other.pk], "note": "Đổi"})

    meeting.refresh_from_db()
    assert meeting.note == "Đổi"
    assert "Trong đó 1 hồ sơ đã niêm phong" in page
    assert meeting.attendances.filter(present=True).count() == 2


def test_a_crime_after_the_seal_needs_a_new_file(person, an, anh, signed_in):
    seal(person, an, anh)
    sent = {"uid": uuid.uuid4(), "act_on": f"{TODAY:%d/%m/%Y}", "offence": "x", "severity": "1", "stage": "charged"}

    assert signed_in(an).post(reverse("violation-add", args=[person.pk, "crime"]), sent).status_code == 404
    assert not Crime.objects.filter(returnee=person, stage="charged").exists()
