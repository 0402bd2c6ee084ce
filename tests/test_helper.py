"""What a helper sees of a person is `Returnee.SEEN_BY_HELPERS`: every page a helper may open is walked and read."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Returnee
from cases.models.number_digests import KEYS
from cases.views.dossier import drawing
from cases.views.lists.registry import LISTS
from tests import test_access as access
from tests.makers import TODAY, make_activity, make_group, make_returnee
from tests.reports.dossier.papers import words_of

world = access.world

MADE_OF_OTHERS = {"search_text", "sort_key", *KEYS}
UNSEEN = sorted({*Returnee.PERSONAL} - {*Returnee.SEEN_BY_HELPERS} - MADE_OF_OTHERS)
TYPED = {
    "sex": "female",
    "born_on": "1961-10-23",
    "identity_number": "066161004321",
    "old_identity_number": "245167893",
    "completed_on": date(2024, 3, 17),
    "presented_on": date(2024, 3, 19),
    "presents_by": date(2024, 3, 27),
    "subject_type": "amnestied",
    "phone": "0912345678",
    "household_phone": "0987654321",
    "hamlet": "Bon Riêng",
}


def remarkable(field):
    """A value of a text field that stands nowhere else on a page."""
    return f"Khác lạ {field.name}"[: field.max_length]


@pytest.fixture
def person(world, an):
    """The person Giang helps, with every text typed that can be."""
    found = Returnee.objects.get(pk=world["returnee_pk"])
    for name in {*UNSEEN, *Returnee.SEEN_BY_HELPERS} - {"full_name", "file_number", "closed_on", "close_reason"}:
        setattr(found, name, TYPED.get(name) or remarkable(Returnee._meta.get_field(name)))
    found.close_note = ""
    return actions.returnee.correct(returnee=found, by=an)


def shown_as(person, name):
    """The ways in which a page would show the value of a field."""
    value = getattr(person, name)
    if not value:
        return []
    if isinstance(value, date):
        return [f"{value:%d/%m/%Y}", f"{value:%d/%m}/"]
    if name == "born_on":
        return [value, person.birth_year]
    display = getattr(person, f"get_{name}_display", None)
    return [display()] if display else [value]


def text_of(response):
    """What a page or a document says."""
    if response["Content-Type"] == drawing.DOCX:
        return "\n".join(words_of(response.content))
    return response.content.decode()


def pages_of(client, world):
    column = access.CAST.index("giang") + 1
    for row in access.ACCESS:
        if row[column] == 200:
            url = reverse(row[0], kwargs=access.arguments(row[0], access.CASES_ROUTES[row[0]], world))
            yield row[0], client.get(url).content.decode()
            yield row[0], text_of(client.post(url))


def test_no_page_of_a_helper_shows_another_value_of_the_person_than_those_named(person, world, giang, an, signed_in):
    make_activity(person, by=an, note="Khác lạ của cán bộ")
    client, seen = signed_in(giang), set()
    for route, page in pages_of(client, world):
        seen |= {(route, name) for name in UNSEEN for said in shown_as(person, name) if said in page}

    assert seen == set()
    assert {name for name in UNSEEN if shown_as(person, name)} >= {"born_on", "address", "identity_number", "note"}


def test_a_helper_does_see_the_name_the_hamlet_and_the_telephones(person, world, giang, signed_in):
    pages = "".join(page for _route, page in pages_of(signed_in(giang), world))

    assert [said for said in (person.full_name, "Bon Riêng", "0912 345 678", "0987 654 321") if said not in pages] == []


def test_an_officer_s_quick_log_still_tells_people_apart_by_their_year(person, an, signed_in):
    assert "1961 · Bon Riêng" in signed_in(an).get(reverse("activity-add")).content.decode()


@pytest.mark.parametrize("words", ["1961", "066161004321", "0661", "245167893", "Khác lạ aliases"])
def test_a_helper_cannot_find_somebody_by_what_helpers_do_not_see(words, person, giang, signed_in):
    client = signed_in(giang)

    assert client.get(reverse("returnee-list"), {"q": words}).context["rows"] == []
    assert len(client.get(reverse("returnee-list"), {"q": "bon rieng"}).context["rows"]) == 1


def test_a_helper_is_not_told_since_when_somebody_has_presented(an, giang, signed_in):
    unmet = make_returnee(by=an, presented_on=TODAY - timedelta(days=44))
    make_group(returnee=unmet, lead=an, members=[("women", giang)])

    page = signed_in(giang).get(reverse("activity-add")).content.decode()

    assert "Chưa gặp riêng lần nào" in page
    assert "44 ngày" not in page


def test_a_helper_takes_no_list_away_as_a_file(person, giang, signed_in):
    client = signed_in(giang)

    answers = {client.post(reverse("list-export", args=[name]), {"reason": "Đối chiếu"}).status_code for name in LISTS}

    assert answers <= {403, 404}
