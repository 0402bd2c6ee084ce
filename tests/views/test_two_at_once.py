"""Two officers at one form: whoever saves second sees both values and chooses; nothing is silently lost."""

import pytest
from django import forms
from django.urls import reverse

from cases import actions
from cases.forms.conflict import ConflictMixin
from cases.models import GroupMeeting, Need, ReportDocument, TrainingReferral
from tests import test_access as access
from tests.makers import TODAY, make_activity, make_employer, make_meeting, make_returnee
from tests.opened import opened

world = access.world

FORMS = {  # route: the field both change, and what each of them types
    "activity-edit": ("note", "Ghi của An", "Ghi của Anh"),
    "employer-edit": ("trade", "Mộc", "May"),
    "meeting-edit": ("topic", "Gặp gỡ quý một", "Gặp gỡ quý hai"),
    "meeting-detail": ("note", "Đông vui", "Vắng ba người"),
    "training-edit": ("school", "Trường An chọn", "Trường Anh chọn"),
    "need-state": ("state", "met", "declined"),
    "report-document-edit": ("results", "Kết quả An viết", "Kết quả Anh viết"),
}


@pytest.fixture
def addresses(an):
    """One row of each kind, and the page of its form."""
    person = make_returnee(by=an)
    facts = {"returnee": person}
    training = TrainingReferral(**facts, course="Hàn", school="Trường nghề", referred_on=TODAY)
    need = Need(**facts, pathway="work", text="Việc làm", state_on=TODAY)
    rows = {
        "activity-edit": make_activity(person, by=an),
        "employer-edit": make_employer(by=an, trade="Gỗ"),
        "meeting-edit": make_meeting(person, by=an),
        "meeting-detail": make_meeting(person, by=an),
        "training-edit": actions.training.refer(training=training, by=an),
        "need-state": actions.need.record(need=need, by=an),
    }
    pages = {route: reverse(route, args=[row.pk]) for route, row in rows.items()}
    return {**pages, "report-document-edit": reverse("report-document-edit")}


def shown_on(client, url, field):
    return client.get(url).context["form"].stored[field]


@pytest.mark.parametrize("route", FORMS)
def test_who_saves_second_sees_both_values_and_chooses(route, addresses, an, anh, signed_in):
    url, (field, mine, theirs) = addresses[route], FORMS[route]
    client, other = signed_in(an), signed_in(anh)
    form = opened(client, url)
    assert other.post(url, {**opened(other, url), field: theirs}).status_code == 302

    asked = client.post(url, {**form, field: mine})

    (clash,) = asked.context["form"].clashes
    assert (clash.name, clash.by) == (field, "Trần Quốc Anh")
    for value in (clash.mine, clash.theirs):
        assert value in asked.content.decode()
    assert shown_on(client, url, field) == theirs
    answer = {**form, field: mine, "seen": asked.context["form"]["seen"].value(), f"choose_{field}": "mine"}
    assert client.post(url, answer).status_code == 302
    assert shown_on(client, url, field) == mine


def test_two_administrators_at_one_account(an, em, signed_in):
    url, client = reverse("user-edit", args=[an.pk]), signed_in(em)
    form = opened(client, url)
    client.post(url, {**form, "rank": "Đại úy"})

    asked = client.post(url, {**form, "rank": "Thiếu úy", "phone": "0912345678"})

    assert [clash.theirs for clash in asked.context["form"].clashes] == ["Đại úy"]
    an.refresh_from_db()
    assert (an.rank, an.phone) == ("Đại úy", "")


def test_what_only_the_other_changed_of_an_entry_stays(addresses, an, anh, signed_in):
    url, client, other = addresses["activity-edit"], signed_in(an), signed_in(anh)
    form = opened(client, url)
    outcome = next(name for name in form if name.startswith("outcome_"))
    police = client.get(url).context["form"].fields["organisations"].queryset.get(code="police").pk
    other.post(url, {**opened(other, url), outcome: "absent", "organisations": [police]})

    assert client.post(url, {**form, "note": "Ghi thêm"}).status_code == 302

    stored = client.get(url).context["form"].stored
    assert (stored["note"], stored[outcome], [body.pk for body in stored["organisations"]]) == (
        "Ghi thêm",
        "absent",
        [police],
    )


def test_two_who_take_attendance_together_lose_no_tick(an, anh, signed_in):
    first, second, third = (make_returnee(by=an, full_name=f"Người Thứ {number}") for number in ("Một", "Hai", "Ba"))
    meeting = make_meeting(first, second, third, by=an, present=[third])
    url, client, other = reverse("meeting-detail", args=[meeting.pk]), signed_in(an), signed_in(anh)
    mine, theirs = opened(client, url), opened(other, url)
    other.post(url, {**theirs, "present": [first.pk, third.pk]})

    client.post(url, {**mine, "present": [second.pk]})

    assert set(meeting.attendances.filter(present=True).values_list("returnee", flat=True)) == {first.pk, second.pk}


def test_a_report_first_written_by_two_at_once_is_asked_about(an, anh, signed_in):
    url = reverse("report-document-edit")
    client, other = signed_in(an), signed_in(anh)
    form, theirs = opened(client, url), opened(other, url)
    other.post(url, {**theirs, "situation": "Tình hình Anh viết"})

    assert client.post(url, {**form, "results": "Kết quả An viết"}).status_code == 302

    written = ReportDocument.objects.get()
    assert (written.situation, written.results) == ("Tình hình Anh viết", "Kết quả An viết")


def test_a_row_withdrawn_meanwhile_is_not_brought_back(addresses, an, signed_in):
    url, client = addresses["meeting-edit"], signed_in(an)
    form = opened(client, url)
    for meeting in GroupMeeting.objects.all():
        actions.row.withdraw(row=meeting, by=an, reason="Nhầm")

    assert client.post(url, {**form, "topic": "Khác"}).status_code == 404
    assert not GroupMeeting.objects.kept().exists()


def test_every_form_of_a_stored_row_compares_before_it_saves(world, anh, chi, em, signed_in):
    visitors, bare = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}, []
    for route, names, view in access.routes():
        if "POST" not in getattr(view, "methods", ()) or route in access.POSTED:
            continue
        page = visitors[access.who_may(route)].get(reverse(route, kwargs=access.arguments(route, names, world)))
        form = page.context and page.context.get("form")
        stored = isinstance(form, forms.ModelForm) and not form.instance._state.adding
        if stored and not isinstance(form, ConflictMixin):
            bare.append(route)

    assert bare == []
