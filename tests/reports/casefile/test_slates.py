"""The clean slate of an administrative sanction on the tab of violations, and what may stand against it."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AdministrativeViolation
from cases.reports.casefile import slates
from tests.makers import make_returnee

ON = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


def violation(act_on=date(2025, 1, 5), **changes):
    return AdministrativeViolation(act_on=act_on, behaviour="Gây rối trật tự", pk=uuid4().int % 10**9, **changes)


@pytest.mark.parametrize(
    ("changes", "clean_on", "words"),
    [
        ({"sanction": "other", "done_on": date(2025, 2, 1)}, date(2026, 2, 2), "từ 02/02/2026"),
        ({"sanction": "measure", "done_on": date(2025, 2, 1)}, date(2027, 2, 2), "nếu không vi phạm mới"),
        ({"sanction": "warning"}, None, "chưa có ngày thi hành xong"),
        ({"done_on": date(2025, 2, 1)}, None, "chưa ghi hình thức xử phạt"),
    ],
)
def test_the_day_of_the_clean_slate_or_what_is_missing(changes, clean_on, words):
    (slate,) = slates.of_rows([violation(**changes)], ON)

    assert slate.clean_on == clean_on
    assert words in slate.text


def test_a_later_act_before_the_day_is_named():
    first = violation(sanction="other", done_on=date(2025, 2, 1))
    again, after = violation(act_on=date(2025, 9, 9)), violation(act_on=date(2026, 2, 10))

    found = slates.of_rows([after, again, first], ON)

    assert found[2].again_on == date(2025, 9, 9)
    assert "09/09/2025" in found[2].text


def test_a_fine_paid_later_is_recorded_and_gives_its_day(an, signed_in):
    person = make_returnee(by=an)
    row = AdministrativeViolation(returnee=person, act_on=date(2025, 1, 5), behaviour="Gây rối", sanction="other")
    actions.violation.record(violation=row, by=an)
    client, url = signed_in(an), reverse("administrative-edit", args=[row.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"act_on": "05/01/2025", "fine": "1.200.000"}

    assert client.post(url, {**sent, "done_on": "01/02/2025"}).status_code == 302

    shown = client.get(reverse("returnee-violations", args=[person.pk])).content.decode()
    assert "02/02/2026" in shown
    assert "1.200.000" in shown
    assert "Điều 7 khoản 1" in shown
