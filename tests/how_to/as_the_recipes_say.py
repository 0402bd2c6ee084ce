"""Run in the copy that docs/how-to.md was followed in: each new thing does all that its siblings do."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cases import actions
from cases.importing import run as runs
from cases.importing import workbook
from cases.models import Activity, ActivityKind, Returnee, TrainingReferral, Verdict
from tests.books import PERSON, VISIT, book, check, errors
from tests.makers import TODAY, make_returnee, make_served, make_user
from tests.opened import opened


@pytest.fixture
def loaded(an, tmp_path):
    """A register that speaks of the new kind and the new field."""
    path = tmp_path / "so.xlsx"
    people = [{**PERSON, "Trình độ học vấn": "Lớp 9"}]
    register = book(people=people, work=[{**VISIT, "Loại": "Hòa giải gia đình"}])
    path.write_bytes(register.getvalue())
    found = check(register, an)
    assert errors(found) == []
    runs.load_now(found, file=path, by=an, on=TODAY)
    return Returnee.objects.get(file_number="HS-1")


def page(client, route, *arguments, **query):
    answer = client.get(reverse(route, args=arguments, query=query))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, route, *arguments, **typed):
    """Send the form of a page with what is typed into it."""
    address = reverse(route, args=arguments)
    answer = client.post(address, {**opened(client, address), **typed})
    assert answer.status_code == 302, answer.context["form"].errors


def sheet(client, name, **query):
    answer = client.post(reverse("list-export", args=[name], query=query), {"reason": "Họp giao ban"})
    assert answer.status_code == 200
    rows = load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
    return [cell for row in rows for cell in row]


def offered(name):
    """All that stands in a sheet of the empty workbook, the choices beside it included."""
    rows = load_workbook(BytesIO(workbook.template()))[name].iter_rows(values_only=True)
    return [cell for row in rows for cell in row]


def test_the_kind_is_logged_shown_and_read_from_a_workbook(loaded, an, signed_in):
    client = signed_in(an)
    person = make_returnee(by=an)
    send(client, "activity-add", people=[person.pk], kind="mediation", outcome="met", when="today")

    assert str(ActivityKind.MEDIATION.label) in page(client, "returnee-detail", person.pk)
    assert Activity.objects.filter(kind=ActivityKind.MEDIATION).count() == 2
    assert str(ActivityKind.MEDIATION.label) in page(client, "returnee-detail", loaded.pk)
    assert "Hòa giải gia đình" in offered("Hoạt động")


def test_the_indicator_counts_it_on_the_page_in_the_letter_and_in_the_workbook(loaded, an, signed_in):
    client = signed_in(an)
    days = {"from": "01/09/2025", "to": "30/09/2025"}

    assert "mediation" in page(client, "report-show", **days)
    assert loaded.full_name in page(client, "report-list", indicator="mediation", **days)
    assert "hòa giải gia đình 1 lượt" in page(client, "report-document", **days)
    assert "Family mediation" in sheet(client, "report", **days)


def test_the_field_is_typed_loaded_and_taken_away(loaded, an, signed_in):
    client = signed_in(an)

    assert loaded.education == "Lớp 9"
    send(client, "returnee-edit", loaded.pk, education="Lớp 12")
    loaded.refresh_from_db()
    assert loaded.education == "Lớp 12"
    assert "Lớp 12" in page(client, "returnee-detail", loaded.pk)
    assert "Lớp 12" in sheet(client, "people")


def test_the_list_has_its_page_and_its_workbook(an, binh, signed_in):
    mine, other = make_returnee(by=an), make_returnee(by=binh, full_name="Phạm Văn Xa")
    for person, by in ((mine, an), (other, binh)):
        actions.training.refer(training=TrainingReferral(returnee=person, course="Hàn", referred_on=TODAY), by=by)
    client = signed_in(an)

    shown = page(client, "training-list")
    assert mine.full_name in shown
    assert other.full_name not in shown
    assert mine.full_name in sheet(client, "trainings")


def test_the_role_can_be_given_and_opens_what_its_row_says(an, units, em, signed_in):
    person = make_returnee(by=an)
    client = signed_in(make_user("doc", "Phan Thị Đọc", "reader", units.cluster))

    assert 'value="reader"' in page(signed_in(em), "user-add")
    assert units.nam_da.name in page(client, "home")
    assert person.full_name in page(client, "returnee-list")
    assert client.get(reverse("activity-add")).status_code == 403


def test_the_rule_moves_the_day_of_a_file_and_its_pages_tell_whence(an, signed_in, monkeypatch):
    person = make_returnee(by=an)
    make_served(returnee=person, by=an, done_on=date(2025, 8, 1))
    client = signed_in(an)
    assert "02/08/2027" in page(client, "returnee-clock", person.pk)
    assert "BLHS-2027" in page(client, "rule-list")

    monkeypatch.setattr("cases.views.pages.today", lambda: date(2027, 1, 1))
    assert "02/02/2027" in page(client, "returnee-clock", person.pk)
    assert "Điều 1 khoản 2 Luật 99/2026/QH16" in page(client, "returnee-clock", person.pk)
    assert "Điều 1 khoản 2 Luật 99/2026/QH16" in page(client, "rule-law")
    (told,) = actions.verdict.recompute_all(on=date(2027, 1, 1), cause=Verdict.Cause.REVIEW, by=None)
    assert (told.due_on, told.rules) == (date(2027, 2, 2), "BLHS-2027")
