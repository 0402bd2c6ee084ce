"""Helpers and administrators see no offence, sentence or judgment: not on a page, not in a file, not in an answer."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cases import actions
from cases.models import (
    AdministrativeViolation,
    Appointment,
    AuditEvent,
    Confinement,
    Crime,
    Expungement,
    Judgment,
    RecidivismFinding,
    Returnee,
)
from cases.views.lists.registry import LISTS
from tests import test_access as access
from tests.makers import TODAY, make_activity, make_judgment

world = access.world

WORDS = ("Kín đáo", "án tích", "bản án", "tội danh", "Điều 173", "Tha tù", "Trục xuất")
SENTENCES = (Judgment.MainPenalty, Returnee.SubjectType)
LABELS = [
    str(label)
    for choices in (
        Judgment.MainPenalty,
        Returnee.SubjectType,
        Crime.Stage,
        AdministrativeViolation.Sanction,
        Confinement.Kind,
    )
    for label in choices.labels
]


@pytest.fixture
def secrets(world, an, anh):
    """Everything of a sentence that is typed, with words that stand nowhere else."""
    person = Returnee.objects.get(pk=world["returnee_pk"])
    person.prison = person.note = person.certificate_number = "Kín đáo"
    actions.returnee.correct(returnee=person, by=an)
    make_judgment(returnee=person, by=an, name="Tội kín đáo", number="Kín đáo 12", court="Tòa kín đáo", note="Kín đáo")
    mine, day = {"returnee": person}, {"act_on": TODAY}
    rows = [
        Crime(**mine, **day, offence="Kín đáo", severity=1, stage="charged", note="Kín đáo"),
        AdministrativeViolation(**mine, **day, behaviour="Kín đáo", sanction="warning"),
        RecidivismFinding(**mine, kind="recidivism", court="Kín đáo", judgment_number="Kín đáo", found_on=TODAY),
        Confinement(**mine, kind="custody", decision_number="Kín đáo", begun_on=TODAY),
        Expungement(**mine, evidence="slip_1", evidence_on=TODAY, reference="Kín đáo", reason="Kín đáo"),
        Appointment(**mine, kind="encouragement", on=TODAY),
    ]
    for row in rows:
        actions.row.add(row=row, by=an)
    make_activity(person, by=an, kind="legal_aid", note="Kín đáo", result="Kín đáo")
    return world


def told(text):
    lowered = text.lower()
    return [word for word in (*WORDS, *LABELS) if word.lower() in lowered]


def text_of(answer):
    """What a page says, or the parts of a workbook or a document."""
    body = answer.getvalue()
    if not body.startswith(b"PK"):
        return body.decode()
    with ZipFile(BytesIO(body)) as parts:
        return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


@pytest.mark.walk
def test_no_page_tells_of_an_offence(secrets, request):
    seen = {}
    for who, column, visitor in access.in_turn(("giang", "em"), request):
        for route, *shown in access.ACCESS:
            if shown[column] == 200 and not route.startswith(("rule-", "shared-")):
                url = reverse(route, kwargs=access.arguments(route, access.CASES_ROUTES[route], secrets))
                for answer in (visitor.get(url), visitor.post(url)):
                    if words := told(text_of(answer)):
                        seen[who, route] = words

    assert seen == {}


def test_the_officer_of_the_file_does_see_it(secrets, an, signed_in):
    page = signed_in(an).get(reverse("returnee-sentence", args=[secrets["returnee_pk"]])).content.decode()

    assert "Kín đáo" in told(page)


def test_no_workbook_of_an_administrator_tells_of_an_offence(secrets, em, signed_in):
    client, taken = signed_in(em), set()
    for name in set(LISTS) - {"rules"}:  # the law itself is no secret
        answer = client.post(reverse("list-export", args=[name]), {"reason": "Đối chiếu"})
        if answer.status_code == 200:
            book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
            cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
            assert told(" ".join(cells)) == [], name
            taken.add(name)

    assert taken == {"users", "log", "units", "unit-changes", "unallocated"}


def test_nothing_of_a_case_is_in_the_log_of_an_administrator(secrets, em):
    assert not AuditEvent.objects.visible_to(em).filter(returnee_id__isnull=False).exists()


@pytest.mark.parametrize("query", ["subject_type=amnestied", "status=closed", "group=A", "silent=90", "q=kin+dao"])
def test_a_helper_cannot_ask_for_what_helpers_do_not_see(query, secrets, giang, signed_in):
    listed = signed_in(giang).get(f"{reverse('returnee-list')}?{query}").context["rows"]

    assert len(listed) == (0 if query.startswith("q=") else 1)
