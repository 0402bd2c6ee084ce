"""The forms of a unit: the list A–D of a quarter, the figures of a month, for the units of the reader alone."""

from datetime import timedelta

from django.urls import reverse

from cases import actions
from cases.lib.period import period_of
from cases.models import Assessment, AuditEvent
from cases.views.dossier import drawing
from tests.makers import TODAY, make_accepted, make_activity, make_returnee, make_transfer
from tests.page_queries import recorded
from tests.reports.dossier.papers import words_of

UNDER_WAY = period_of("calendar", "quarter", TODAY)
DAYS = f"from={UNDER_WAY.start:%d/%m/%Y}&to={UNDER_WAY.end:%d/%m/%Y}"
LIST = reverse("report-form", args=["HCD-09"])


def assess(person, by, chief, group="B"):
    row = Assessment(returnee=person, group=group, on=TODAY, reason="Chưa có việc")
    actions.assessment.approve(assessment=actions.assessment.propose(assessment=row, by=by), on=TODAY, by=chief)


def test_the_list_names_who_is_managed_with_the_group_approved_last(an, anh, signed_in):
    person, other = make_returnee(by=an, full_name="Hà Văn Nhóm"), make_returnee(by=an, full_name="Lò Văn Chưa")
    assess(person, an, anh)
    client, url = signed_in(an), f"{LIST}?{DAYS}"
    page, file = client.get(url).content.decode(), client.post(url)

    assert "Hà Văn Nhóm" in page
    assert "Tổng số: 2 người; nhóm A: 0; nhóm B: 1; nhóm C: 0; nhóm D: 0; chưa phân loại: 1." in page
    assert {person.full_name, other.full_name, "Chưa có việc"} <= words_of(file.content)
    assert AuditEvent.objects.get(verb="unit.form_downloaded").after == {"form": "HCD-09"}


def test_the_list_has_nobody_of_another_commune_and_no_sealed_file(an, anh, binh, units, signed_in):
    sealed = make_returnee(by=an, full_name="Đặng Quý Sửu")
    actions.returnee.close(returnee=sealed, reason="expunged", on=TODAY, by=anh, vouched=True)
    make_returnee(by=binh, full_name="Phạm Văn Xa")
    page = signed_in(an).get(f"{LIST}?unit={units.krong_no.pk}&{DAYS}").content.decode()

    assert "Phạm Văn Xa" not in page
    assert "Đặng Quý Sửu" not in page


def test_who_has_moved_on_or_is_sealed_since_the_quarter_is_counted(an, anh, binh, units, signed_in):
    over, long_ago = UNDER_WAY.previous(), TODAY - timedelta(days=400)
    _stayed, moved, sealed = (make_returnee(by=an, full_name=f"Hà Văn {x}", completed_on=long_ago) for x in "MNP")
    make_accepted(transfer=make_transfer(returnee=moved, to_unit=units.krong_no, by=an, on=TODAY), by=binh)
    actions.returnee.close(returnee=sealed, reason="expunged", on=TODAY, by=anh, vouched=True)

    page = signed_in(an).get(f"{LIST}?from={over.start:%d/%m/%Y}&to={over.end:%d/%m/%Y}").content.decode()

    assert "Tổng số: 3 người" in page
    assert "không nêu tên (đã chuyển đi hoặc hồ sơ đã niêm phong): 2." in page
    assert "Hà Văn N" not in page
    assert "Hà Văn P" not in page


def test_the_figures_of_a_month_are_those_of_the_report(an, signed_in):
    month = period_of("state", "month", TODAY)
    make_activity(make_returnee(by=an), by=an)
    client = signed_in(an)
    url = f"{reverse('report-form', args=['HCD-12'])}?from={month.start:%d/%m/%Y}&to={month.end:%d/%m/%Y}"

    assert "Gặp gỡ, động viên" in client.get(url).content.decode()
    assert client.post(url)["Content-Type"] == drawing.DOCX


def test_every_period_offered_opens_its_form(an, chi, signed_in):
    for user, codes in ((an, ["HCD-09", "HCD-12", "HCD-13"]), (chi, ["HCD-12", "HCD-13"])):
        client = signed_in(user)
        groups = client.get(reverse("report-form-list")).context["groups"]
        offered = [(name.code, periods) for name, periods in groups]

        assert [code for code, _periods in offered] == codes
        assert {client.get(periods[0][1]).status_code for _code, periods in offered} == {200}


def test_a_list_of_names_is_of_a_commune_alone_and_other_codes_are_no_address(chi, an, signed_in):
    assert signed_in(chi).get(LIST).status_code == 404
    assert signed_in(an).get(reverse("report-form", args=["HCD-01"])).status_code == 404


def test_days_that_make_no_sense_are_told_and_the_last_quarter_is_shown_where_none_is_asked_for(an, signed_in):
    client = signed_in(an)

    assert "không phải là ngày" in client.get(f"{LIST}?from=hôm+qua&to=31/12/2026").content.decode()
    assert (
        f"Quý {'I II III IV'.split()[(UNDER_WAY.previous().start.month - 1) // 3]}" in client.get(LIST).content.decode()
    )


def test_the_list_asks_no_more_for_more_people(an, anh, signed_in):
    client, url = signed_in(an), f"{LIST}?{DAYS}"
    assess(make_returnee(by=an), an, anh)
    few = len(recorded(client, url))
    for number in range(3):
        assess(make_returnee(by=an, full_name=f"Người {number}", completed_on=TODAY - timedelta(days=90)), an, anh)

    assert len(recorded(client, url)) == few
    assert few <= 15
