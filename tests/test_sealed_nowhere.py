"""Who was sealed stands in no answer to anybody: no page, title, workbook, document, JSON, log or message."""

import contextlib
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases import actions
from cases.lib.period import Period
from cases.models import Expungement, ReportVersion, Returnee
from cases.reports.periodic import frozen
from cases.views.lists.registry import LISTS
from tests import test_access as access
from tests.free_text import fill
from tests.makers import TODAY, make_campaign, make_returnee, make_sent
from tests.views.test_exports import asked

world = access.world
pytestmark = pytest.mark.walk

NAME, NUMBER = "Đặng Quý Sửu", "067085012345"
OWN = {  # what nobody but the file itself tells
    "aliases": "Sửu Ba Gác",
    "phone": "0977123499",
    "household_contact": "Triệu Thị Nhạn Đông",
    "household_phone": "0966543211",
}
NAMED = {"Unit", "User", "Organisation", "Employer", "Returnee"}  # a colleague of the same name keeps it
ADMINISTRATED = {"UnitChange", "Succession", "Device"}  # written by whoever knows of no case
# Bình's commune never held the person: a name that is sealed elsewhere hides nothing there (tests of reports/people)
THIS_YEAR = Period(TODAY - timedelta(days=200), TODAY - timedelta(days=3))
ROLES = tuple(name for name in access.CAST if name not in ("binh", "stranger"))


def digits(text):
    """Numbers as they may be written: a telephone in groups of three is still that telephone."""
    return re.sub(r"(?<=\d)[ .](?=\d)", "", text)


def told(text):
    found = digits(text)
    return [each for each in (NAME, NUMBER, *OWN.values()) if each in found]


def text_of(answer):
    """What an answer says: the page with its title, the parts of a workbook or document, or the JSON."""
    body = answer.getvalue()
    if "json" in answer.get("Content-Type", ""):
        return body.decode("unicode_escape", "replace")
    return words_of_file(body)


def words_of_file(body):
    """The text of a page, or the parts of a workbook or document."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    if body == b"PK":
        return ""
    with ZipFile(BytesIO(body)) as parts:
        return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


@pytest.fixture
def person(world, an):
    """Somebody of whom every text of the register speaks, theirs and those of others."""
    person = Returnee.objects.get(pk=world["returnee_pk"])
    person.full_name, person.identity_number = NAME, NUMBER
    for field, value in OWN.items():
        setattr(person, field, value)
    words = f"Gặp {NAME} ({OWN['aliases']}), số {NUMBER}, gọi 0977.123.499 hoặc 0966 543 211"
    left = NAMED | ADMINISTRATED
    fill(words, lambda model: model._base_manager.none() if model.__name__ in left else model._base_manager.all())
    Returnee.objects.exclude(pk=person.pk).update(note=words, address=words, household_contact=NAME)
    actions.returnee.correct(returnee=person, by=an, vouched=True)
    return person


@pytest.fixture
def sealed(person, an, anh):
    evidence = Expungement(returnee=person, evidence="vneid", evidence_on=TODAY, reason="Có trong VNeID")
    actions.expungement.bring_evidence(expungement=evidence, by=an)
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    return person


def answers(client, column, world):
    """Every answer there is for a role: each page, each form sent empty, each file and each list as a workbook."""
    for route, *shown in access.ACCESS:
        if shown[column] not in (200, 302):
            continue
        url = reverse(route, kwargs=access.arguments(route, access.CASES_ROUTES[route], world))
        if route not in access.POSTED:
            yield route, client.get(url)
        if route in FILED:
            yield f"{route} sent", client.post(url, {"device": world["uid"]})
    for name in LISTS:
        query = {**asked(name), "status": "all"}
        url = reverse("list-export", args=[name], query=query)
        yield f"excel {name}", client.post(url, {"reason": "Đối chiếu"})
    for query in ({"q": "Đặng"}, {"q": "sửu"}, {"status": "closed"}):
        yield f"people {query}", client.get(reverse("returnee-list", query=query))
        yield f"find {query}", client.get(reverse("returnee-find", query=query))


FILED = {"trip-people", "submission-docx", "submission-xlsx", "report-docx"} | {
    name for name, _names, view in access.routes() if getattr(view, "as_file", False)
}


@pytest.mark.parametrize("who", ROLES)
def test_nothing_of_a_sealed_person_stands_in_any_answer_to_any_role(who, sealed, world, request, signed_in, caplog):
    client, column = signed_in(request.getfixturevalue(who)), access.CAST.index(who)

    found = {what: words for what, answer in answers(client, column, world) if (words := told(text_of(answer)))}

    assert found == {}
    assert told(caplog.text) == [], "in what the server writes of itself"


COMMANDS = [
    "doctor",
    "doctor --json",
    "verify_audit",
    "check_everybody_held --json",
    "anonymise",
    "rebuild_facts --check",
]
COMMANDS += ["recompute_verdicts", f"report reintegration --unit 24697 --from 2025-07-01 --to {TODAY} --format json"]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_names_a_sealed_person(command, sealed, capsys, tmp_path):
    name, *words = command.split()
    with contextlib.suppress(SystemExit):  # doctor, where something is amiss with the machine
        call_command(name, *words)

    said = "".join(capsys.readouterr())
    assert said
    assert told(said.encode().decode("unicode_escape")) == told(said) == []


def test_whoever_was_handed_over_is_not_named_where_they_were_before(world, an, anh, binh, signed_in):
    person = Returnee.objects.get(pk=world["came_pk"])
    person.full_name, person.aliases, person.phone = NAME, OWN["aliases"], OWN["phone"]
    actions.returnee.correct(returnee=person, by=an, vouched=True)
    told_of = f"{NAME} ({OWN['aliases']}), 0977.123.499"
    make_returnee(by=binh, full_name="Cao Thị Xuân", note=told_of)
    evidence = Expungement(returnee=person, evidence="vneid", evidence_on=TODAY, reason="Có trong VNeID")
    actions.expungement.bring_evidence(expungement=evidence, by=an)
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    other = Returnee.objects.get(full_name="Cao Thị Xuân")

    answer = signed_in(binh).get(reverse("returnee-detail", args=[other.pk]))
    found = {
        what: words
        for what, each in answers(signed_in(binh), access.CAST.index("binh"), world)
        if (words := told(text_of(each)))
    }

    assert "[đã niêm phong]" in text_of(answer) or "niêm phong" in text_of(answer)
    assert told(text_of(answer)) == []
    assert found == {}


def test_a_report_sent_before_the_sealing_is_handed_out_without_the_name(person, world, an, anh, signed_in):
    submission = make_campaign(unit=an.unit.parent, by=an, period=THIS_YEAR).submissions.get(unit=an.unit)
    document = frozen.draft(an.unit, submission.campaign.period, TODAY).document
    document.situation = f"Xã giúp {NAME}, gọi là {OWN['aliases'].lower()}, hồ sơ {person.file_number.lower()}."
    actions.report_document.save(document=document, by=an)
    version = make_sent(submission=submission, by=anh)
    assert NAME in words_of_file(bytes(version.letter))
    evidence = Expungement(returnee=person, evidence="vneid", evidence_on=TODAY, reason="Có trong VNeID")
    actions.expungement.bring_evidence(expungement=evidence, by=an)
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)

    answer = signed_in(anh).post(reverse("submission-docx", args=[submission.pk]), {"version": version.number})

    words = text_of(answer)
    assert told(words) == []
    assert person.file_number not in words
    assert "Xã giúp" in words
    assert ReportVersion.objects.get(pk=version.pk).is_intact
