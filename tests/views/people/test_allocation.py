"""The people of a divided unit are placed hamlet by hamlet, one of them otherwise where needed."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Returnee
from tests.makers import TODAY, make_returnee, make_succession, make_unit


@pytest.fixture
def old(units):
    """A commune of old that went partly to Nam Đà, partly to Đắk Sắk."""
    before = {"valid_from": date(2004, 1, 1), "valid_to": date(2025, 6, 30)}
    province = make_unit(kind="province", code="67", name="Tỉnh Đắk Nông", **before)
    old = make_unit(kind="commune", code="24691", name="Xã Đắk Sôr", parent=province, **before)
    make_succession(province, units.province)
    for new in (units.nam_da, units.dak_sak):
        make_succession(old, new, share="part")
    return old


@pytest.fixture
def person(old, dung):
    def made(name, hamlet="Thôn 1", **more):
        return make_returnee(by=dung, unit=old, full_name=name, completed_on=date(2025, 2, 1), hamlet=hamlet, **more)

    return made


def send(client, old, **answers):
    """Answers by the label of the field: a hamlet, or a name and the year."""
    url = reverse("unit-allocate", args=[old.pk])
    form = client.get(url).context["form"]
    names = {field.label: field.name for field in form}
    return client.post(url, {names[label]: unit.pk for label, unit in answers.items()})


def placed():
    return dict(Returnee.objects.values_list("full_name", "unit__name"))


def test_a_hamlet_goes_together_one_of_it_elsewhere_and_the_rest_waits(old, person, units, dung, signed_in):
    person("Người Ở Chung"), person("Người Ở Riêng"), person("Người Chờ", "Thôn 2")

    answers = {"Thôn 1": units.nam_da, "Người Ở Riêng, 1985": units.dak_sak}
    send(signed_in(dung), old, **answers)

    assert placed() == {"Người Ở Chung": "Xã Nam Đà", "Người Ở Riêng": "Xã Đắk Sắk", "Người Chờ": "Xã Đắk Sôr"}


def test_whose_file_is_sealed_is_not_named_and_goes_with_the_hamlet(old, person, units, dung, signed_in):
    person("Người Được Xóa")
    Returnee.objects.update(closed_on=TODAY, close_reason="expunged")
    client = signed_in(dung)

    page = client.get(reverse("unit-allocate", args=[old.pk])).content.decode()
    send(client, old, **{"Thôn 1": units.nam_da})

    assert "Thôn 1" in page
    assert "Người Được Xóa" not in page
    assert placed() == {"Người Được Xóa": "Xã Nam Đà"}


def test_a_large_unit_is_allocated_page_by_page_and_a_hamlet_as_a_whole(old, person, units, dung, signed_in, settings):
    settings.PAGE_SIZE = 2
    for number in range(5):
        person(f"Người Thứ {number}", "Thôn 1" if number < 4 else "Thôn 2")
    client, url = signed_in(dung), reverse("unit-allocate", args=[old.pk])

    first = client.get(url)
    beyond = client.get(f"{url}?after={first.context['page_obj'].next}")
    elsewhere = {field.name: units.dak_sak.pk for field in beyond.context["form"] if "Thứ 3" in field.label}
    client.post(beyond.wsgi_request.get_full_path(), elsewhere)
    send(client, old, **{"Thôn 1": units.nam_da})

    assert sum(name.startswith("person_") for name in first.context["form"].fields) == 2
    assert "4 người" in first.content.decode()
    assert placed() == {
        **{f"Người Thứ {number}": "Xã Nam Đà" for number in range(3)},
        "Người Thứ 3": "Xã Đắk Sắk",
        "Người Thứ 4": "Xã Đắk Sôr",
    }


def test_an_answer_for_a_hamlet_stays_with_it_when_another_was_allocated_meanwhile(old, person, units, dung, signed_in):
    person("Người Một", "Thôn 1"), person("Người Hai", "Thôn 2")
    client, url = signed_in(dung), reverse("unit-allocate", args=[old.pk])
    names = {field.label: field.name for field in client.get(url).context["form"]}
    send(client, old, **{"Thôn 1": units.nam_da})

    client.post(url, {names["Thôn 1"]: units.dak_sak.pk})

    assert placed() == {"Người Một": "Xã Nam Đà", "Người Hai": "Xã Đắk Sôr"}
