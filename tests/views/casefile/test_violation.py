"""Three records kept apart: administrative, crime with its stage, the court's finding."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AdministrativeViolation, Confinement, Crime, RecidivismFinding
from tests.makers import TODAY, make_returnee
from tests.opened import opened

DAY = f"{TODAY:%d/%m/%Y}"
BEFORE = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
AHEAD = f"{TODAY + timedelta(days=1):%d/%m/%Y}"
TYPED = {
    "administrative": {"act_on": DAY, "behaviour": "Gây mất trật tự", "fine": "1.500.000"},
    "crime": {"act_on": DAY, "offence": "Trộm cắp", "severity": "1", "stage": "reported"},
    "confinement": {"kind": "education", "begun_on": DAY},
    "recidivism": {"kind": "recidivism", "court": "TAND", "judgment_number": "3/HSST", "found_on": DAY},
}
MODELS = {
    "administrative": AdministrativeViolation,
    "crime": Crime,
    "recidivism": RecidivismFinding,
    "confinement": Confinement,
}


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def add(client, person, noun, **changes):
    form = {"uid": str(uuid4()), **TYPED[noun], **changes}
    return client.post(reverse("violation-add", args=[person.pk, noun]), form)


@pytest.mark.parametrize("noun", TYPED)
def test_each_kind_is_recorded_once_in_its_own_place(noun, person, an, signed_in):
    uid = str(uuid4())

    for _time in range(2):
        assert add(signed_in(an), person, noun, uid=uid).status_code == 302

    assert {name: model.objects.count() for name, model in MODELS.items()} == {**dict.fromkeys(MODELS, 0), noun: 1}


@pytest.mark.parametrize(
    ("noun", "changes", "field"),
    [
        ("administrative", {"act_on": AHEAD}, "act_on"),
        ("administrative", {"decided_on": BEFORE}, "decided_on"),
        ("administrative", {"fine": "-5"}, "fine"),
        ("administrative", {"behaviour": "x" * 10_000_000}, "behaviour"),
        ("crime", {"stage_on": BEFORE}, "stage_on"),
        ("crime", {"severity": "9"}, "severity"),
        ("recidivism", {"found_on": AHEAD}, "found_on"),
        ("confinement", {"begun_on": AHEAD}, "begun_on"),
        ("confinement", {"ended_on": BEFORE}, "ended_on"),
        ("confinement", {"kind": "prison"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(noun, changes, field, person, an, signed_in):
    response = add(signed_in(an), person, noun, **changes)

    assert list(response.context["form"].errors) == [field]


def test_an_unknown_kind_is_not_found(person, an, signed_in):
    assert signed_in(an).get(reverse("violation-add", args=[person.pk, "forged"])).status_code == 404


def test_the_tab_shows_all_three_under_their_own_heads(person, an, signed_in):
    for noun in TYPED:
        add(signed_in(an), person, noun)

    page = signed_in(an).get(reverse("returnee-violations", args=[person.pk])).content.decode()

    places = [page.index(words) for words in ("Gây mất trật tự", "Trộm cắp", "3/HSST")]
    assert places == sorted(places)


@pytest.fixture
def crime(person, an):
    row = Crime(returnee=person, act_on=TODAY - timedelta(days=9), offence="Trộm cắp", severity=1, stage="charged")
    row.stage_on = TODAY - timedelta(days=5)
    return actions.violation.record(violation=row, by=an)


def test_a_later_stage_is_recorded(crime, an, signed_in):
    response = signed_in(an).post(reverse("crime-stage", args=[crime.pk]), {"stage": "convicted", "stage_on": DAY})

    assert response.status_code == 302
    crime.refresh_from_db()
    assert (crime.stage, crime.stage_on) == ("convicted", TODAY)


@pytest.mark.parametrize(
    ("stage", "day"),
    [("reported", DAY), ("charged", DAY), ("convicted", AHEAD), ("convicted", "01/01/2020"), ("x", DAY)],
)
def test_stages_go_forward_only(stage, day, crime, an, signed_in):
    response = signed_in(an).post(reverse("crime-stage", args=[crime.pk]), {"stage": stage, "stage_on": day})

    assert response.status_code == 200
    crime.refresh_from_db()
    assert crime.stage == "charged"


@pytest.mark.parametrize(("who", "status"), [("binh", 404), ("chi", 403), ("em", 403), ("giang", 403)])
def test_nobody_else_writes_violations(who, status, person, crime, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert add(client, person, "crime").status_code == status
    assert client.get(reverse("crime-stage", args=[crime.pk])).status_code == status


def test_the_end_of_being_held_is_written_beside_its_begin(person, an, signed_in):
    client = signed_in(an)
    add(client, person, "confinement", begun_on=BEFORE)
    row = Confinement.objects.get()
    url = reverse("confinement-edit", args=[row.pk])
    tab = reverse("returnee-violations", args=[person.pk])
    assert "chưa chấm dứt" in client.get(tab).content.decode()

    assert client.post(url, {**opened(client, url), "ended_on": DAY}).status_code == 302

    row.refresh_from_db()
    assert (row.begun_on, row.ended_on) == (TODAY - timedelta(days=1), TODAY)
    assert "chưa chấm dứt" not in client.get(tab).content.decode()
