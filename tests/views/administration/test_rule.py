"""The page of the rules: every number with its source, each correctable by a dated version of the administrator."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cases import actions
from cases.law.form_names import form_name
from cases.models import AdministrativeViolation, AuditEvent, DeadlineVersion, FormNameVersion, Holiday, RuleVersion
from cases.models.rule_version import PLACES, place
from cases.reports.administration import days_off, rule_tables
from cases.reports.casefile import slates

ABOUT = {"valid_from": "01/02/2026", "source": "Thông tư thử", "certainty": "V"}
CONFIRM = {"confirm": "1"}  # whose day it moves was shown


def months_in_force(client):
    fields = client.get(reverse("rule-add")).context["form"].fields
    return {name: field.initial for name, field in fields.items() if isinstance(field.initial, int)}


def test_every_rule_stands_on_the_page_with_its_source(an, signed_in):
    page = signed_in(an).get(reverse("rule-list")).content.decode()

    for words in ("Điều 71 khoản 3 BLHS", "Điều 72 BLHS", "1/3", "Điều 7 khoản 2", "100.000.000", "60 tháng", "HCD-03"):
        assert words in page


def test_the_days_off_of_two_years_are_told_and_a_year_without_any(db):
    for day in (date(2026, 2, 16), date(2026, 2, 17)):
        Holiday.objects.create(day=day, name="Tết Nguyên đán", source="Thông báo", certainty="S")

    this, following = rule_tables.days_off(date(2026, 3, 1))

    assert (this.name, this.value) == ("Tết Nguyên đán", "16/02/2026, 17/02/2026 (ngày nghỉ)")
    assert following.name == "2027"
    assert "chưa có ngày nghỉ" in following.value


def test_the_waits_after_a_refusal_are_part_of_a_version(em, signed_in):
    client = signed_in(em)
    sent = {**months_in_force(client), **ABOUT, **CONFIRM, "uid": uuid4(), "code": "X-1", "title": "Luật mới"}

    assert client.post(reverse("rule-add"), {**sent, "refusal-later": "0"}).context["form"].errors
    assert client.post(reverse("rule-add"), {**sent, "refusal-later": "30"}).status_code == 302

    assert RuleVersion.objects.rule_sets()[-1].rejection_months == (12, 30)


def test_a_form_is_called_otherwise_from_a_day_on(em, an, signed_in):
    sent = {**ABOUT, "uid": uuid4(), "code": "HCD-03", "title": "Phiếu trả lời"}

    assert signed_in(em).post(reverse("shared-add", args=["forms"]), sent).status_code == 302

    table = FormNameVersion.objects.table()
    assert form_name("HCD-03", date(2026, 2, 1), table).title == "Phiếu trả lời"
    assert form_name("HCD-03", date(2026, 1, 31), table).title != "Phiếu trả lời"
    page = signed_in(an).get(reverse("rule-list")).content.decode()
    assert "Phiếu trả lời" in page
    assert em.full_name in page


@pytest.mark.parametrize(("done_on", "clean_on"), [(date(2026, 2, 1), date(2026, 5, 2)), (date(2026, 1, 31), None)])
def test_a_clean_slate_entered_holds_for_sanctions_done_from_its_day_on(em, done_on, clean_on):
    facts = {"duty": "slate_warning", "amount": 3, "valid_from": date(2026, 2, 1), "source": "Luật x", "certainty": "V"}
    actions.deadline_version.add(version=DeadlineVersion(**facts), by=em)
    row = AdministrativeViolation(act_on=done_on, behaviour="x", sanction="warning", done_on=done_on)

    (slate,) = slates.of_rows([row], date(2026, 3, 1))

    assert slate.clean_on == (clean_on or date(2026, 8, 1))


def test_one_row_of_a_version_says_whether_a_minors_record_waits_for_fees(em, an, signed_in):
    client = signed_in(em)
    sent = {**months_in_force(client), **ABOUT, **CONFIRM, "uid": uuid4(), "code": "X-2", "title": "Đọc lại Điều 107"}
    page = signed_in(an).get(reverse("rule-list")).content.decode()
    assert "không chờ án phí, bồi thường" in page

    client = signed_in(em)
    assert client.post(reverse("rule-add"), {**sent, "settled-juvenile": "on"}).status_code == 302

    told = {each.place: each.obligations for each in RuleVersion.objects.rule_sets()[-1].conditions}
    limited = {"automatic-limitation": False, "juvenile-limitation": False}
    assert told == {"automatic": True, "court": True, "juvenile": True, **limited}
    assert client.get(reverse("rule-add")).context["form"]["settled-juvenile"].initial is True


@pytest.mark.parametrize("told", [{"juvenile": "yes"}, {"nobody": True}, []])
def test_a_row_that_is_none_of_the_laws_is_refused(em, told):
    months = dict.fromkeys([place(*each) for each in PLACES], 12)
    version = RuleVersion(code="X-3", title="x", valid_from=date(2026, 2, 1), source="x", certainty="V", months=months)
    version.settled_first = told

    with pytest.raises(ValidationError, match="yes or no|có hoặc không"):
        version.stamp(em).full_clean()


def test_a_day_of_the_list_is_corrected_with_its_source(em, signed_in):
    Holiday.objects.create(day=date(2026, 11, 24), name="Ngày Văn hóa", source="Báo", certainty="S")
    sent = {"day": "24/11/2026", "kind": "worked", "name": "Ngày làm việc", "source": "Điều 112", "certainty": "V"}
    client = signed_in(em)

    assert client.post(reverse("shared-add", args=["days"]), {**sent, "uid": uuid4()}).status_code == 302
    assert (
        client.post(reverse("shared-add", args=["days"]), {**sent, "uid": uuid4(), "name": ""}).context["form"].errors
    )

    (row,) = Holiday.objects.filter(day=date(2026, 11, 24))
    assert (row.kind, row.name, row.source) == ("worked", "Ngày làm việc", "Điều 112")
    assert days_off.work_calendar().is_working(date(2026, 11, 24))
    assert AuditEvent.objects.filter(verb="holiday.entered", actor=em).exists()


def test_the_page_names_the_interest_and_the_deadlines_of_the_circular_with_their_sources(an, signed_in):
    page = signed_in(an).get(reverse("rule-list")).content.decode()

    assert "Lãi suất: 6,24 %/năm" in page
    assert "Quyết định 2553/QĐ-TTg" in page
    for duty in (
        "Đề xuất phân công",
        "Lập hồ sơ",
        "Tiếp nhận hồ sơ",
        "Báo cáo hằng quý",
        "Danh sách vay vốn hằng tháng",
    ):
        assert duty in page
