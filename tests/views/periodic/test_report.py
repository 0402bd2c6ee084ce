"""The report's pages: figures that open their lists, choices in words, roles and scope."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Activity, Assessment, Crime, Loan, TrainingReferral
from cases.reports.periodic.registry import INDICATORS
from tests.makers import TODAY, make_activity, make_meeting, make_referral, make_returnee

THIS_YEAR = {"from": f"{TODAY - timedelta(days=300):%d/%m/%Y}", "to": f"{TODAY:%d/%m/%Y}"}
NOT_COUNTS = {"mean_income", "loan_amount", "reoffence_rate"}


def url(route="report-show", **query):
    return f"{reverse(route)}?{urlencode({**THIS_YEAR, **query})}"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def figure(client, key, **query):
    return re.search(rf'data-total="{key}"[^>]*>([^<]+)<', page(client, url(**query)))[1]


def lines_of(client, address):
    return int(re.search(r'data-count="(\d+)"', page(client, address))[1])


@pytest.fixture
def busy(an, binh, units):
    """Two people of Nam Đà and one of Krông Nô with something in every figure that is a count."""
    people = [
        make_returnee(by=an, full_name="Nguyễn Văn Hiền"),
        make_returnee(by=an, full_name="K'Brôih Tiêng"),
        make_returnee(by=binh, full_name="Y Thương Niê"),
    ]
    make_returnee(by=an, full_name="Trần Văn Chờ", presented=False)
    for kind in Activity.Kind:
        make_activity(*people[:2], by=an, kind=kind, detail="identity" if kind == "paperwork" else "")
    make_meeting(*people, by=an, present=people)
    facts = {"returnee": people[0]}
    referral = make_referral(**facts, by=an)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=TODAY, by=an, monthly_income=5_500_000)
    add = actions.row.add
    add(row=Loan(**facts, lender="NHCSXH", amount=50_000_000, requested_on=TODAY, paid_out_on=TODAY), by=an)
    add(row=TrainingReferral(**facts, course="Hàn", referred_on=TODAY), by=an)
    add(row=Crime(**facts, act_on=TODAY, offence="Trộm", severity=1, stage="charged"), by=an)
    add(row=Assessment(**facts, group="B", on=TODAY, reason="x", approved_by=an, approved_on=TODAY), by=an)
    actions.returnee.hand_over(returnee=people[1], to_unit=units.krong_no, on=TODAY, by=an)
    return people


OPENED = r'class="open"[^>]*href="([^"]*indicator=[^"]*)"[^>]*>([^<]+)<'


def differing(client, found):
    """Figures whose list has another number of lines than they say."""
    counts = [each for each in found if not any(f"indicator={key}&" in each[0] for key in NOT_COUNTS)]
    said = [(address, int(shown.replace(".", ""))) for address, shown in counts]
    return [address for address, number in said if lines_of(client, address.replace("&amp;", "&")) != number]


def test_every_figure_opens_a_list_with_as_many_lines(busy, chi, signed_in):
    client = signed_in(chi)
    shown = page(client, url())
    found = re.findall(OPENED, shown)

    assert len(found) > 100
    assert len(found) == shown.count('class="open"')
    assert differing(client, found) == []


def test_every_figure_of_the_period_before_opens_its_list(an, chi, signed_in):
    person = make_returnee(by=an, completed_on=TODAY - timedelta(days=500))
    make_activity(person, by=an, on=TODAY - timedelta(days=330))
    client = signed_in(chi)
    found = re.findall(rf"Kỳ trước:\s*<a {OPENED}", page(client, url(lens="as-is")))

    assert len(found) > 30
    assert "1" in dict(found).values()
    assert differing(client, found) == []


def test_figures_of_money_are_shown_as_vietnam_writes_them_and_no_rate_of_few(busy, chi, signed_in):
    client = signed_in(chi)

    assert figure(client, "mean_income") == "5.500.000"
    assert figure(client, "loan_amount") == "50.000.000"
    assert figure(client, "reoffence_rate") == "—"  # of three people no percentage is made


def test_who_was_not_at_home_is_not_counted(an, chi, signed_in):
    make_activity(make_returnee(by=an), by=an, outcome="absent")

    assert figure(signed_in(chi), "encouragement") == "0"


def test_units_without_figures_are_one_line_of_each_table(an, dung, signed_in):
    make_returnee(by=an, presented_on=TODAY)

    shown = page(signed_in(dung), url())
    returned = shown[shown.index('id="part-return"') : shown.index('id="part-managed"')]

    assert "Cụm Krông Nô</a>" in returned
    assert "Xã Đắk Sắk" not in returned
    assert "1 đơn vị khác không có số liệu" in returned


def test_a_commune_has_figures_and_no_rows_below(busy, an, signed_in):
    shown = page(signed_in(an), url())

    assert "Xã Nam Đà" in shown
    assert "report-units" not in shown


def test_every_figure_says_how_it_is_counted(busy, chi, signed_in):
    assert page(signed_in(chi), url()).count("figure-how") == len(INDICATORS) + 1  # and the chart


def test_a_file_that_moved_away_counts_but_is_not_named(busy, an, signed_in):
    shown = page(signed_in(an), url("report-list", indicator="transferred_out"))

    assert 'data-count="1"' in shown
    assert "K&#x27;Brôih" not in shown


def test_a_handover_inside_the_cluster_crosses_no_edge_of_the_cluster(busy, chi, signed_in):
    assert figure(signed_in(chi), "transferred_in") == "0"


@pytest.mark.parametrize("route", ["report-show", "report-list", "report-silent"])
@pytest.mark.parametrize(
    "query",
    [
        {"from": "31/12/2025", "to": "01/01/2025"},
        {"from": "hôm qua", "to": "01/01/2025"},
        {"from": "01/01/2199", "to": "01/01/2200"},
        {"from": "30/02/2025", "to": "01/03/2025"},
        {"from": "01/01/2025"},
        {"period": "2025-01-01_2025-01-02"},
        {"unit": "-1"},
        {"unit": "²"},
        {"unit": "<script>alert(1)</script>"},
        {"lens": "as-if"},
        {"after": "-1", "indicator": "completed", "days": "60"},
        {"after": "9" * 5000, "indicator": "completed", "days": "60"},
        {"indicator": "no such", "days": "many"},
        {"unit": "9" * 5000},
    ],
    ids=lambda query: "-".join(query),
)
def test_a_query_that_makes_no_sense_is_answered_in_words(route, query, an, signed_in):
    response = signed_in(an).get(reverse(route), query)

    assert response.status_code == 200
    if not (route == "report-show" and "after" in query) and not (route == "report-show" and "indicator" in query):
        assert "alert-warning" in response.content.decode()


def test_a_unit_out_of_scope_is_not_shown(an, units, signed_in):
    shown = page(signed_in(an), url(unit=units.krong_no.pk))

    assert re.search(r"<h1>[^<]*Xã Nam Đà</h1>", shown)
    assert f'value="{units.krong_no.pk}"' not in shown


def test_a_period_may_be_chosen_from_the_list(an, signed_in):
    year = f"{TODAY.year - 1}-01-01_{TODAY.year - 1}-12-31"
    shown = page(signed_in(an), f"{reverse('report-show')}?period={year}")

    assert f'<option value="{year}" selected>' in shown
    assert "alert-warning" not in shown


def test_the_chart_says_what_is_to_be_seen(an, chi, signed_in):
    person = make_returnee(by=an, completed_on=TODAY - timedelta(days=500))
    make_activity(person, by=an)
    make_activity(person, by=an)
    make_activity(person, by=an, on=TODAY - timedelta(days=370))

    shown = page(signed_in(chi), url(lens="as-is"))

    says = re.search(r'class="chart-says">([^<]*)<', shown)[1]
    assert re.findall(r"\d+", says)[:1] + re.findall(r"\d+", says)[-1:] == ["2", "1"]
    assert shown.count("chart-bar") == 12


def test_the_silent_are_counted_by_commune_the_worst_first(an, binh, chi, signed_in):
    old = {"completed_on": TODAY - timedelta(days=95), "presented_on": TODAY - timedelta(days=95)}
    make_activity(make_returnee(by=an, **old), by=an)
    make_returnee(by=binh, full_name="Y Thương Niê", **old)

    shown = page(signed_in(chi), url("report-silent", days="90"))

    assert 'data-count="1"' in shown
    assert "Y Thương Niê" in shown
    assert shown.index("Xã Krông Nô</a>") < shown.index("Xã Nam Đà</a>")
    assert "Tính thế nào?" in shown


@pytest.mark.parametrize(("days", "count"), [(29, 0), (30, 1)])
def test_a_person_is_silent_from_the_day_the_list_names(days, count, an, signed_in):
    since = TODAY - timedelta(days=days)
    make_returnee(by=an, completed_on=since, presented_on=since)

    assert lines_of(signed_in(an), url("report-silent", days="30")) == count


@pytest.mark.parametrize(
    ("who", "status"),
    [("an", 200), ("anh", 200), ("binh", 200), ("chi", 200), ("dung", 200), ("em", 403), ("giang", 403)],
)
@pytest.mark.parametrize("route", ["report-show", "report-list", "report-silent"])
def test_helpers_and_administrators_see_no_report(route, who, status, request, signed_in):
    user = request.getfixturevalue(who)

    assert signed_in(user).get(url(route, indicator="completed")).status_code == status


def test_names_in_lists_are_text_and_nothing_else(an, signed_in):
    make_returnee(by=an, full_name="<b>=1+1</b>", completed_on=date(TODAY.year, 1, 1), presented_on=TODAY)

    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page(signed_in(an), url("report-list", indicator="presented"))
