"""A rate of reoffending says of whom it is in every place where its number stands: pages, workbooks, documents."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils.translation import trans_real

from cases import actions
from cases.models import Crime
from tests import test_access as access
from tests.makers import TODAY, make_returnee

world = access.world

ROUTES = ("report-", "reoffending-", "submission-", "campaign-", "dashboard-")
OF_WHOM = "được quản lý trong kỳ"
CASES = Path(actions.__file__).parent.parent
# Every module in which a percentage is made or its number is named, and what says of whom it is
MADE = {
    "reports/dashboard/measure.py": "shares of the people under management, each with its base: none is of reoffending",
    "reports/dashboard/reoffending.py": "RATE_WORDS stand above each rate of the page",
    "reports/periodic/comparison.py": "the title of the figure",
    "reports/periodic/consolidation.py": "the title of the figure",
    "reports/periodic/narrative.py": "the sentence of the letter",
    "reports/periodic/outcomes.py": "the title of the figure",
    "reports/periodic/reintegration.py": "the title of the figure",
    "views/dashboard/workload.py": "shares of people and entries, each beside its base: none is of reoffending",
}
BASES = ("trong số", "trên tổng số", "trong ", "mẫu số", "của ")


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as parts:
        words = [parts.read(name).decode(errors="replace") for name in parts.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", " ".join(words))


@pytest.fixture
def reoffending(world, an):
    """Enough people at Nam Đà that a percentage is made, and one of them with a new crime."""
    people = [make_returnee(by=an) for _number in range(23)]
    actions.row.add(row=Crime(returnee=people[0], act_on=TODAY, offence="Trộm", severity=1, stage="charged"), by=an)
    return world


def places(client, world, column):
    """Every answer about reports, and the workbooks of its figures."""
    for route, *shown in access.ACCESS:
        if route.startswith(ROUTES) and shown[column] == 200:
            url = reverse(route, kwargs=access.arguments(route, access.CASES_ROUTES[route], world))
            yield from ((route, answer) for answer in (client.get(url), client.post(url)) if answer.status_code == 200)
    for code in ("HCD-12",):
        url = reverse("report-form", args=[code]) + f"?from=01/01/{TODAY.year}&to={TODAY:%d/%m/%Y}"
        yield from ((code, answer) for answer in (client.get(url), client.post(url)))
    for name in ("report",):
        yield name, client.post(reverse("list-export", args=[name]), {"reason": "Đối chiếu"})


def test_wherever_the_number_of_the_rate_stands_it_says_of_whom_it_is(reoffending, an, signed_in):
    client = signed_in(an)
    shown = re.search(r'data-total="reoffence_rate"[^>]*>([^<]+)<', text_of(client.get(reverse("report-show"))))[1]
    assert re.fullmatch(r"\d,\d\d", shown)
    number = re.compile(rf"(?<![\d.,]){shown.replace(',', '[,.]').rstrip('0')}0*(?![\d])")
    told, silent = set(), set()

    for place, answer in places(client, reoffending, 0):
        text = text_of(answer)
        if number.search(text):
            (told if OF_WHOM in text else silent).add(place)

    assert silent == set()
    assert {"report-show", "report-document", "report-docx", "report"} <= told


def test_a_percentage_is_made_nowhere_but_where_it_is_known_what_says_its_base():
    making = re.compile(r"from cases\.lib\.percentage import .*\b(percent|rate)\b|reoffence_rate")
    found = {str(path.relative_to(CASES)) for path in CASES.rglob("*.py") if making.search(path.read_text("utf-8"))}

    assert found == MADE.keys()


def test_every_text_that_names_a_rate_of_reoffending_names_its_base():
    texts = [text for _key, text in trans_real.translation("vi")._catalog.items() if isinstance(text, str)]
    rates = [text for text in texts if re.search(r"tỷ lệ[^.]*(tái phạm|phạm tội mới)", text.lower())]

    assert len(rates) >= 2
    assert [text for text in rates if not any(base in text.lower() for base in BASES)] == []
