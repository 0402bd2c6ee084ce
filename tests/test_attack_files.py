"""What other systems had to mend in the files they take and hand out, tried here: a sentence for each."""

import re
import uuid
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from cases.models import ImportRun
from cases.views.lists.registry import LISTS
from tests import test_access as access
from tests import test_attack_list as people
from tests.conftest import StrictClient
from tests.free_text import fill
from tests.views.test_exports import asked

world, elsewhere = access.world, people.elsewhere
pytestmark = pytest.mark.both

CASES = Path(__file__).resolve().parent.parent / "cases"
SENT = people.SENT
FORMULA = '=HYPERLINK("http://x.vn";"Xem")'
STARTS = (FORMULA, "+84+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", "http://x.vn")


# --- what is attached and handed out ---


@pytest.fixture
def workbook_of_an(an):
    """What An sent as a workbook, with a name that leads elsewhere."""
    content = b"<script>alert(1)</script>"
    name = "../../..\\etc/<b>so</b>.xlsx"
    client = StrictClient()
    client.force_login(an)
    sent = {"uid": uuid.uuid4(), "kind": "register", "file": SimpleUploadedFile(name, content, "text/html")}
    client.post(reverse("import-list"), sent)
    return ImportRun.objects.order_by("-pk").first()


def test_what_only_calls_itself_a_workbook_is_refused_in_words_and_its_name_leads_nowhere(
    workbook_of_an, an, signed_in
):
    if workbook_of_an is None:  # refused at its field
        return
    page = signed_in(an).get(reverse("import-detail", args=[workbook_of_an.pk])).content.decode()

    assert workbook_of_an.state == "failed"
    assert workbook_of_an.told
    assert not {"/", "\\"} & set(workbook_of_an.file_name)
    assert "<b>so</b>" not in page


def test_what_was_uploaded_or_prepared_is_opened_by_nobody_else_not_even_a_colleague(
    world, anh, binh, chi, dung, em, giang, elsewhere, signed_in
):
    ways = [name for name in SENT if name.startswith("import-") and "pk" in SENT[name][0]] + ["job-file"]
    for user in (anh, binh, chi, dung, em, giang, *elsewhere):
        client = signed_in(user)
        for route in ways:
            url = reverse(route, kwargs=access.arguments(route, SENT[route][0], world))
            assert {client.get(url).status_code, client.post(url).status_code} <= {403, 404}, (user, route)

    assert len(ways) >= 4


def test_every_file_that_is_handed_out_is_a_download_of_its_kind(world, request, signed_in):
    found = {route: answer for route, answer, _body in files(world, request, signed_in)}
    for route, answer in found.items():
        assert answer["Content-Disposition"].startswith("attachment;"), route
        assert answer["X-Content-Type-Options"] == "nosniff", route
        assert answer["Content-Type"].startswith(("application/vnd.openxmlformats-officedocument", "image/jpeg")), route
        assert "no-store" in answer["Cache-Control"], route

    assert {"import-bad-rows", "submission-docx", "submission-xlsx", "job-file", "report-docx"} <= found.keys()


def files(world, request, signed_in):
    """Every answer that is a file, of whoever may have it: each list, each paper, what was sent and prepared."""
    who = {"anh": request.getfixturevalue("anh"), "chi": request.getfixturevalue("chi")}
    who |= {"em": request.getfixturevalue("em"), "an": request.getfixturevalue("an")}
    ways = {*access.FILES, "job-file", "report-docx", "submission-docx", "submission-xlsx"}
    ways |= {name for name, (_names, view) in SENT.items() if view.as_file}
    for route in sorted(ways):
        client = signed_in(who["an" if route in ("job-file", "import-bad-rows") else access.who_may(route)])
        url = reverse(route, kwargs=access.arguments(route, access.CASES_ROUTES[route], world))
        yield route, *read(client.get(url) if route in access.FILES else client.post(url))
    for name in LISTS:
        for user in who.values():
            query = reverse("list-export", args=[name], query=asked(name))
            answer, body = read(signed_in(user).post(query, {"reason": FORMULA}))
            if answer.status_code == 200:
                yield f"list-export {name}", answer, body
                break


def read(answer):
    """The answer and its bytes, read to the end, which closes a file."""
    return answer, answer.getvalue()


# --- a cell never becomes a formula ---


@pytest.mark.parametrize("words", STARTS[:6], ids=range(6))
def test_no_text_becomes_a_formula_or_a_link_in_any_workbook(words, world, request, signed_in):
    assert len(fill(words)) > 60
    found = files(world, request, signed_in)
    books = {
        route: body for route, answer, body in found if route != "job-file" and "spreadsheet" in answer["Content-Type"]
    }
    for route, body in books.items():
        with ZipFile(BytesIO(body)) as parts:
            names = parts.namelist()
            assert not [name for name in names if "externalLink" in name or "vba" in name.lower()], route
            sheets = " ".join(parts.read(name).decode() for name in names if name.startswith("xl/worksheets"))
        assert not re.search(r"<f[ >]|<hyperlink", sheets), route

    assert len(books) > 25


def test_a_text_that_begins_as_a_formula_is_marked_as_text_for_whoever_edits_the_cell(world, an, signed_in):
    fill(FORMULA)
    answer = signed_in(an).post(reverse("list-export", args=["people"]), {"reason": FORMULA})
    cells = [cell for row in load_workbook(BytesIO(read(answer)[1])).worksheets[0].iter_rows() for cell in row]
    begun = [cell for cell in cells if str(cell.value).startswith("=")]

    assert len(begun) > 2
    assert {(cell.data_type, cell.number_format) for cell in begun} == {("s", "@")}


def test_the_program_hands_out_no_csv_where_no_cell_can_say_that_it_is_text():
    writes = [
        path.name for path in CASES.rglob("*.py") if re.search(r"csv\.(Dict)?[wW]riter|text/csv", path.read_text())
    ]

    assert writes == []
