from datetime import date

import pytest
from django.urls import reverse

from cases.models import Activity
from tests.makers import TODAY, make_group, make_returnee


@pytest.fixture
def two_people(transactional_db, an):
    people = [make_returnee(by=an, full_name=name) for name in ("Nguyễn Văn Hiền", "K'Brôih Tiêng")]
    for person in people:
        make_group(returnee=person, lead=an)
    return people


def figure(visitor, indicator):
    year = f"?from={date(TODAY.year, 1, 1):%d/%m/%Y}&to={TODAY:%d/%m/%Y}"
    visitor.open(reverse("report-show") + year)
    return visitor.page.locator(f"[data-total='{indicator}']").first.inner_text().strip()


def test_one_visit_to_two_people_reaches_both_timelines_and_the_reviewer(two_people, chi, visitor, second_visitor):
    second_visitor.sign_in("chi")
    assert figure(second_visitor, "encouragement") == "0"
    visitor.sign_in("an")
    first, second = two_people

    visitor.open(f"{reverse('activity-add')}?person={first.pk}&person={second.pk}")
    with visitor.answered():
        visitor.page.click("main button[type=submit] >> nth=0")

    assert Activity.objects.get().entries.count() == 2
    for person in two_people:
        visitor.open(reverse("returnee-detail", args=[person.pk]))
        assert visitor.page.locator(".timeline").get_by_text("Gặp gỡ, động viên").count() >= 1
    assert figure(second_visitor, "encouragement") == "2"
