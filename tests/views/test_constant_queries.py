"""The pages for those above, and the list behind each figure, ask no more for many units and people than for few."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases import actions
from cases.lib.period import Period
from cases.models import Assessment, Crime, Placement, Returnee
from cases.reports.dashboard.overview import measures
from cases.reports.dashboard.snapshot import UnitSnapshot
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.report_scope import where_of
from tests.makers import (
    TODAY,
    make_activity,
    make_group,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
    make_served,
    make_transfer,
    make_unit,
    make_user,
)
from tests.page_queries import recorded

EVERY_PAGE = 15
PAGES = ["home", "arrival-nobody", "dashboard-show", "report-show", "report-units", "report-silent"]
PAGES += ["reoffending-show"]
CROWD = 1100  # more than one batch of ids of any database
LONG_AGO = TODAY - timedelta(days=6 * 365)


@pytest.fixture(autouse=True)
def _nobody_idles(settings):
    """The sign-in notes once a minute that somebody is there: on a slow machine that would be a query of some page.

    The pages count for themselves, however many people there are (tests/views/test_kept_figures.py has those kept).
    """
    settings.IDLE_SECONDS = 24 * 60 * 60
    settings.KEPT_FIGURES_PEOPLE = 10**6


def work_at(unit, number, to_unit):
    """An officer of the unit with two people of whom everything is on file, and two who have not presented."""
    by = make_user(f"canbo{number}", f"Cán Bộ {number}", "officer", unit)
    for each in range(2):
        person = make_returnee(by=by, full_name=f"Người {number} {each}", completed_on=LONG_AGO)
        make_group(returnee=person, lead=by, members=[("women", "Mai"), ("front", "Lan")])
        make_activity(person, by=by, on=TODAY - timedelta(days=70))
        make_paperwork(returnee=person, by=by)
        make_served(returnee=person, by=by, done_on=LONG_AGO)
        referral = make_referral(returnee=person, by=by, referred_on=TODAY - timedelta(days=100))
        for state in ("accepted", "started"):
            actions.employment.report_outcome(referral=referral, state=state, on=referral.referred_on, by=by)
        facts = {"group": "B", "on": TODAY, "reason": "x", "approved_by": by, "approved_on": TODAY}
        actions.row.add(row=Assessment(returnee=person, **facts), by=by)
        crime = {"act_on": LONG_AGO + timedelta(days=90), "offence": "x", "severity": 1, "stage": "charged"}
        actions.row.add(row=Crime(returnee=person, **crime), by=by)
        make_transfer(returnee=person, to_unit=to_unit, by=by)
        make_notice(returnee=make_returnee(by=by, full_name=f"Vắng {number} {each}", presented=False), by=by)


def crowd(unit, by):
    """Very many people of whom nothing is known but that they came home and presented."""
    facts = {"sex": "male", "born_on": "1985", "unit": unit, "completed_on": LONG_AGO, "presented_on": LONG_AGO}
    rows = [
        Returnee(full_name=f"Đông {number}", file_number=f"D-{number}", **facts).stamp(by) for number in range(CROWD)
    ]
    people = Returnee.objects.bulk_create(rows)
    Placement.objects.bulk_create(
        Placement(returnee=person, unit=unit, since=LONG_AGO, reason="intake").stamp(by) for person in people
    )


def more_units(units, count):
    for number in range(count):
        cluster = make_unit(kind="cluster", code=f"68-C9{number}", name=f"Cụm {number}", parent=units.province)
        commune = make_unit(kind="commune", code=f"9990{number}", name=f"Xã {number}", parent=cluster)
        work_at(commune, number, units.krong_no)
        work_at(make_unit(kind="commune", code=f"9980{number}", name=f"Phường {number}", parent=units.cluster),
                f"b{number}", commune)  # fmt: skip


def asked(client, addresses):
    """How many queries each address runs, once it has been opened."""
    return {address: len(recorded(client, address)) for address in addresses}


@pytest.mark.both  # the engines take batches of different sizes
def test_a_page_asks_as_often_for_a_large_province_as_for_a_small_one(units, dung, signed_in):
    work_at(units.nam_da, "a", units.krong_no)
    client, addresses = signed_in(dung), [reverse(route) for route in PAGES]
    few = asked(client, addresses)

    more_units(units, 2)
    crowd(units.nam_da, dung)

    assert asked(client, addresses) == few


def test_the_pages_of_figures_ask_each_table_once(units, dung, signed_in):
    work_at(units.nam_da, "a", units.krong_no)
    year = {"from": f"{TODAY - timedelta(days=364):%d/%m/%Y}", "to": f"{TODAY:%d/%m/%Y}"}
    pages = [reverse("dashboard-show"), reverse("reoffending-show"), reverse("report-silent")]
    pages += [f"{reverse('report-show')}?{urlencode({**year, 'lens': lens})}" for lens in ("as-was", "as-is")]

    counts = asked(signed_in(dung), pages)

    assert {address: count for address, count in counts.items() if count > EVERY_PAGE} == {}


def lists(unit):
    """The list behind every figure: of the report, of the overview, and the bases of the overview."""
    standing = UnitSnapshot(where_of(unit, "as-was", Period(TODAY, TODAY), TODAY), TODAY)
    for measure in measures(standing):
        yield f"{reverse('dashboard-list')}?{urlencode({'measure': measure.key})}"
    yield f"{reverse('dashboard-list')}?{urlencode({'measure': 'silent-60', 'lines': 'base'})}"
    days = {"from": "01/01/2018", "to": f"{TODAY:%d/%m/%Y}"}
    for key in BY_KEY:
        yield f"{reverse('report-list')}?{urlencode({'indicator': key, **days})}"
    for part in ("released", "known", "reoffended", "censored"):
        yield f"{reverse('reoffending-list')}?{urlencode({'part': part})}"


def test_the_list_behind_a_figure_asks_as_often_for_many_units_as_for_few(units, dung, signed_in):
    work_at(units.nam_da, "a", units.krong_no)
    client = signed_in(dung)
    few = asked(client, lists(units.province))

    more_units(units, 2)

    assert asked(client, lists(units.province)) == few
