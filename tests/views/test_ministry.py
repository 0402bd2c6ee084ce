"""A reviewer at the ministry: everything below is seen, nothing else is allowed than to a reviewer of a province."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.access.permissions import Permission
from cases.models import Returnee, Unit
from cases.urls import urlpatterns
from tests.makers import make_activity, make_paperwork, make_returnee, make_unit, make_user

root = import_module("cases.migrations.0014_the_ministry_stands_above_the_provinces")
PAGES = sorted({route.name for route in urlpatterns if "<" not in str(route.pattern)})


@pytest.fixture
def ministry(units):
    root.put_above(apps, None)
    return Unit.objects.get(kind="ministry")


@pytest.fixture
def hoa(ministry):
    return make_user("hoa", "Huỳnh Thị Hòa", "reviewer", ministry)


@pytest.fixture
def elsewhere(ministry):
    """Somebody of another province."""
    province = make_unit(kind="province", name="Tỉnh Khác", code="99", parent=ministry)
    commune = make_unit(kind="commune", name="Xã Khác", code="99001", parent=province)
    officer = make_user("khac", "Bùi Khác", "officer", commune)
    return make_returnee(by=officer, full_name="Bùi Văn Xa")


def test_the_tree_goes_under_the_ministry_with_every_path_and_back(units, em):
    before = dict(Unit.objects.values_list("pk", "path"))

    root.put_above(apps, None)
    root.put_above(apps, None)

    top = Unit.objects.get(kind="ministry")
    assert {unit.parent for unit in Unit.objects.filter(kind="province")} == {top}
    for unit in Unit.objects.exclude(pk=top.pk):
        assert unit.path == f"{unit.parent.path}{unit.pk:06d}/"
        assert unit.search_text.split() == unit.searched_by().split()
    assert (top.path, top.standing) == (f"/{top.pk:06d}/", top)
    assert top.search_text.split() == top.searched_by().split()

    root.take_away(apps, None)
    assert dict(Unit.objects.values_list("pk", "path")) == before


def test_a_database_without_units_gets_no_ministry(db):
    Unit.objects.all().delete()

    root.put_above(apps, None)

    assert not Unit.objects.exists()


def test_nobody_below_sees_more_than_before(an, chi, dung, elsewhere):
    person = make_returnee(by=an)

    for user in (an, chi, dung):
        fresh = type(user).objects.get(pk=user.pk)
        assert list(Returnee.objects.visible_to(fresh)) == [person]


def test_everybody_is_in_scope_and_no_list_of_units_is_sent(hoa, an, elsewhere):
    here = make_returnee(by=an)

    with CaptureQueriesContext(connection) as queries:
        seen = set(Returnee.objects.visible_to(hoa))

    assert seen == {here, elsewhere}
    assert " IN (" not in queries[-1]["sql"]
    assert not isinstance(hoa.scope, list)


def test_a_sealed_file_stays_sealed(hoa, an):
    person = make_returnee(by=an)
    Returnee.objects.filter(pk=person.pk).update(closed_on=person.presented_on, close_reason="expunged")

    assert not Returnee.objects.visible_to(hoa).exists()


def test_the_same_pages_open_as_to_a_reviewer_of_the_province(hoa, dung, an, elsewhere, signed_in):
    make_paperwork(returnee=make_returnee(by=an), by=an)
    above, below = signed_in(hoa), signed_in(dung)

    answers = {name: (above.get(reverse(name)).status_code, below.get(reverse(name)).status_code) for name in PAGES}

    assert {name: pair for name, pair in answers.items() if len(set(pair)) > 1} == {}
    assert {each for each in Permission if hoa.may(each)} == {each for each in Permission if dung.may(each)}
    assert above.get(reverse("returnee-detail", args=[elsewhere.pk])).status_code == 200
    assert above.post(reverse("returnee-edit", args=[elsewhere.pk]), {}).status_code == 403


def test_home_has_a_row_for_each_province_whose_figures_open_lists_of_as_many(hoa, an, elsewhere, units, signed_in):
    make_returnee(by=an)
    make_activity(make_returnee(by=an, full_name="Lê Thị Ba"), by=an)
    client = signed_in(hoa)

    page = client.get("/")

    rows = {row["name"]: [cell["count"] for cell in row["cells"]] for row in page.context["provinces"]}
    assert rows == {units.province.name: [1, 0, 2], "Tỉnh Khác": [1, 0, 1]}
    assert elsewhere.full_name not in page.content.decode()
    for row in page.context["provinces"]:
        for cell in row["cells"]:
            assert client.get(cell["url"]).context["count"] == cell["count"]


@pytest.mark.parametrize("lens", ["as-was", "as-is"])
def test_the_report_has_a_row_for_each_province_and_they_add_up(lens, hoa, an, elsewhere, units, signed_in):
    make_returnee(by=an)
    client = signed_in(hoa)

    page = client.get(reverse("report-show"), {"lens": lens})

    (section, *_) = page.context["sections"]
    *rows, total = section["rows"]
    assert {row["name"] for row in rows} == {units.province.name, "Tỉnh Khác"}
    totals = [cell["shown"] for cell in total["cells"]]
    sums = [sum(int(row["cells"][place]["shown"]) for row in rows) for place in range(len(totals))]
    assert [str(number) for number in sums][:1] == totals[:1]


def test_the_silent_list_has_a_row_for_each_province(hoa, an, elsewhere, units, signed_in):
    make_returnee(by=an)

    page = signed_in(hoa).get(reverse("report-silent"))

    assert {row["row"].name for row in page.context["communes"]} == {units.province.name, "Tỉnh Khác"}
    assert page.context["count"] == 2
    assert {line["unit"] for line in page.context["lines"]} == {an.unit.name, "Xã Khác"}
