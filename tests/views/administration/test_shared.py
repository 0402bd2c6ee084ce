"""Data all units share: dated rows on one page for each table, entered and corrected with a source, in the log."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.forms.need import NeedForm
from cases.forms.quick_log import QuickLogForm
from cases.forms.user import PostingForm
from cases.law.loan_check import LoanFacts, Purpose, check
from cases.models import AuditEvent, DeadlineVersion, Holiday, LoanVersion, Need, Organisation, PoliceVersion
from cases.reports.administration import letterhead
from cases.reports.periodic import official_letter
from cases.views.administration.shared import TABLES
from tests.makers import TODAY
from tests.opened import opened

ABOUT = {"valid_from": "01/02/2026", "source": "Quyết định thử", "certainty": "V"}


@pytest.fixture
def admin(em, signed_in):
    return signed_in(em)


def page_of(table):
    return reverse("shared-detail", args=[table])


def enter(admin, table, **typed):
    url = reverse("shared-add", args=[table])
    return admin.post(url, {**opened(admin, url), **typed})


def correct(admin, table, row, **typed):
    url = reverse("shared-edit", args=[table, row.pk])
    return admin.post(url, {**opened(admin, url), **typed})


def test_every_table_is_linked_and_shows_its_rows_with_their_sources(admin):
    page = admin.get(reverse("shared-list")).content.decode()

    for table in TABLES:
        assert f'href="{page_of(table)}"' in page
        assert admin.get(page_of(table)).status_code == 200
    assert "Quyết định 22/2023/QĐ-TTg" in admin.get(page_of("loans")).content.decode()
    assert admin.get(page_of("nothing")).status_code == 404


def test_limits_of_credit_hold_from_their_day_and_a_wrong_one_is_corrected(admin, em):
    facts = LoanFacts(date(2026, 1, 1), True, True, None, None, Purpose.BUSINESS, 110_000_000)

    assert enter(admin, "loans", **ABOUT, person_cap="120.000.000", percent_a_year="6,5").status_code == 302

    rules, rates = LoanVersion.objects.tables()
    (before, after) = (check(facts, date(2026, month, 1), rules).criteria[-1] for month in (1, 2))
    assert (before.answer, after.answer, after.article) == ("missing", "met", "Quyết định thử")
    assert str(rates[-1].percent_a_year) == "6.50"
    row = LoanVersion.objects.get()
    assert correct(admin, "loans", row, person_cap="105.000.000").status_code == 302
    assert check(facts, date(2026, 2, 1), LoanVersion.objects.tables()[0]).criteria[-1].answer == "missing"
    event = AuditEvent.objects.get(verb="loanversion.corrected", actor=em)
    assert (event.before["person_cap"], event.after["person_cap"]) == (120_000_000, 105_000_000)


def test_a_wrong_sum_or_percentage_is_told_and_kept(admin):
    answer = enter(admin, "loans", **ABOUT, person_cap="0", percent_a_year="sáu")

    said = answer.content.decode()
    assert "“sáu”" in said
    assert 'value="sáu"' in said
    assert not LoanVersion.objects.exists()


def test_a_deadline_entered_wrongly_is_corrected_in_its_place(admin, em):
    enter(admin, "deadlines", **ABOUT, duty="contact", amount="20")
    row = DeadlineVersion.objects.get()

    assert correct(admin, "deadlines", row, amount="25").status_code == 302

    row.refresh_from_db()
    assert (row.amount, row.changed_by) == (25, em)
    assert AuditEvent.objects.filter(verb="deadlineversion.corrected").exists()


def test_a_holiday_is_moved_but_not_onto_another(admin):
    one, other = (
        Holiday.objects.create(day=date(2026, 9, day), name="Lễ", source="x", certainty="S") for day in (1, 2)
    )

    assert correct(admin, "days", one, day="02/09/2026").status_code == 200
    assert correct(admin, "days", one, day="03/09/2026").status_code == 302

    assert Holiday.objects.get(pk=one.pk).day == date(2026, 9, 3)
    assert AuditEvent.objects.filter(verb="holiday.corrected").count() == 1


def test_how_bodies_sign_changes_with_the_day_of_the_letter(admin, units):
    signs = {"word": "Xã", "symbol": "CAXA", "head": "Trưởng", "deputy": "Phó"}

    assert enter(admin, "police", **ABOUT, **signs).status_code == 302

    symbols = [official_letter.bodies(units.nam_da, date(2026, month, 1)).letters.symbol for month in (1, 2)]
    assert symbols == ["CAX", "CAXA"]
    assert letterhead.head_words(units.nam_da, TODAY)["symbol"] == "CAXA"
    assert PoliceVersion.objects.get().source == "Quyết định thử"


def test_an_organisation_is_added_renamed_and_ended(admin, em):
    given = {"name": "Hội Chữ thập đỏ", "short": "Chữ thập đỏ", "rank": "11", "source": "Quyết định thử"}
    for _twice in range(2):
        assert enter(admin, "organisations", **given).status_code == 302

    row = Organisation.objects.get(name="Hội Chữ thập đỏ")
    assert row.code == "chu-thap-do"
    assert row in PostingForm(user=em, on=TODAY).fields["organisation"].queryset
    assert correct(admin, "organisations", row, valid_to="01/01/2026").status_code == 302
    assert row not in PostingForm(user=em, on=TODAY).fields["organisation"].queryset
    assert correct(admin, "organisations", row, valid_to="01/01/2026", valid_from="02/01/2026").status_code == 200
    assert [event.verb for event in AuditEvent.objects.filter(target_type="organisation").order_by("pk")] == [
        "organisation.added",
        "organisation.corrected",
    ]


def test_every_form_offers_only_bodies_that_help_on_the_day(em, an):
    Organisation.objects.filter(code="youth").update(valid_to=date(2020, 1, 1))

    offered = [
        PostingForm(user=em, on=TODAY).fields["organisation"],
        NeedForm(instance=Need(), user=an, on=TODAY).fields["responsible"],
        QuickLogForm(user=an, on=TODAY).fields["organisations"],
    ]
    assert ["youth" in {body.code for body in field.queryset} for field in offered] == [False] * 3


@pytest.mark.parametrize("table", TABLES)
def test_two_administrators_at_one_row_are_told_of_each_other(admin, table):
    Holiday.objects.create(day=date(2026, 9, 2), name="Lễ", source="x", certainty="S")
    sent = {**ABOUT, "uid": uuid4(), "duty": "contact", "amount": "20", "code": "HCD-03", "title": "Phiếu"}
    sent |= {"ending": "died", "years": "10", "warned": "3"}
    if table in ("loans", "deadlines", "forms", "police", "retention"):
        signs = {"word": "Xã", "symbol": "CAX", "head": "Trưởng", "deputy": "Phó"}
        assert enter(admin, table, **sent, **signs).status_code == 302
    row = TABLES[table].model.objects.order_by("pk").last()
    url = reverse("shared-edit", args=[table, row.pk])
    before = opened(admin, url)
    assert admin.post(url, {**before, "source": "Văn bản khác"}).status_code == 302

    answer = admin.post(url, {**before, "source": "Văn bản thứ ba"})

    assert answer.status_code == 200
    assert "Văn bản khác" in answer.content.decode()
