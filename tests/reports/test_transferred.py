"""Somebody held by an old commune that was merged, then handed to another commune and back, is counted once."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from cases.lib.period import Period
from cases.models import Returnee
from cases.reports.dashboard import cohorts
from cases.reports.dashboard.measure import OverviewPart
from cases.reports.dashboard.overview import measures
from cases.reports.dashboard.snapshot import UnitSnapshot, caseload
from cases.reports.periodic.reintegration import build
from cases.reports.periodic.report_scope import where_of
from tests.makers import make_accepted, make_returnee, make_succession, make_transfer, make_unit, make_user

OLD = {"valid_from": date(2004, 1, 1), "valid_to": date(2025, 6, 30)}
COMPLETED, PRESENTED, MERGED, AWAY, BACK = (
    date(2025, 6, 10),
    date(2025, 6, 12),
    date(2025, 7, 1),
    date(2025, 7, 10),
    date(2025, 7, 20),
)
TODAY = date(2025, 8, 15)
EDGES = [COMPLETED, PRESENTED, date(2025, 6, 30), MERGED, AWAY, BACK, date(2025, 8, 1)]
PERIODS = [
    Period(start + timedelta(days=before), end + timedelta(days=after))
    for number, start in enumerate(EDGES)
    for end in EDGES[number:]
    for before in (0, 1)
    for after in (-1, 0)
    if start + timedelta(days=before) <= end + timedelta(days=after)
]
ONCE = ("completed", "presented", "received", "managed_start", "managed_end", "managed_during")


@pytest.fixture
def places(organisations):
    """Commune left of the old district, later part of north; south beside it; the person went north, south, north."""
    was = make_unit(kind="province", code="67", name="Tỉnh cũ", **OLD)
    district = make_unit(kind="district", code="664", name="Huyện cũ", parent=was, **OLD)
    new = make_unit(kind="province", code="68", name="Tỉnh mới")
    cluster = make_unit(kind="cluster", code="C01", name="Cụm", parent=new)
    left = make_unit(kind="commune", code="24691", name="Xã trái", parent=district, **OLD)
    right = make_unit(kind="commune", code="24697", name="Xã phải", parent=district, **OLD)
    north = make_unit(kind="commune", code="24697", name="Xã bắc", parent=cluster)
    south = make_unit(kind="commune", code="24678", name="Xã nam", parent=new)
    clerk = make_user("clerk", "Lê Văn An", "officer", left)
    person = make_returnee(by=clerk, unit=left, completed_on=COMPLETED, presented_on=PRESENTED)
    for before, after in ((was, new), (left, north), (right, north), (district, cluster)):
        make_succession(before, after, on=MERGED)
    for to_unit, on in ((south, AWAY), (north, BACK)):
        held = Returnee.objects.get(pk=person.pk)
        make_accepted(transfer=make_transfer(returnee=held, to_unit=to_unit, by=clerk, on=on), by=clerk, on=on)
    units = (was, district, new, cluster, left, right, north, south)
    for unit in units:
        unit.refresh_from_db()
    return SimpleNamespace(
        units=units, was=was, district=district, new=new, cluster=cluster, left=left, right=right, north=north,
        south=south,
    )  # fmt: skip


def tables(places, period):
    for unit in places.units:
        for lens in ("as-was", "as-is"):
            yield unit, lens, build(where_of(unit, lens, period, TODAY), period)


def test_in_every_unit_lens_and_period_the_flow_adds_up_and_nobody_is_counted_twice(places, portion):
    wrong = []
    for period in portion(PERIODS[::3]):
        for unit, lens, table in tables(places, period):
            for row in (table.total, *table.rows):
                flow = row.values
                came = flow["managed_start"] + flow["received"] + flow["transferred_in"]
                if came - flow["closed"] - flow["transferred_out"] != flow["managed_end"]:
                    wrong.append((unit.name, lens, period, row.name, "flow"))
                if any(flow[key] > 1 for key in ONCE):
                    wrong.append((unit.name, lens, period, row.name, "twice"))
            if sum(row.values["managed_end"] for row in table.rows) > table.total.values["managed_end"]:
                wrong.append((unit.name, lens, period, "", "rows"))

    assert wrong == []


YEAR = Period(date(2025, 6, 1), date(2025, 8, 1))
COUNTED = [
    # unit, lens, in, out, at the end
    ("left", "as-was", 0, 1, 0),
    ("district", "as-was", 0, 1, 0),
    ("was", "as-was", 0, 1, 0),
    ("right", "as-was", 0, 0, 0),
    ("north", "as-was", 2, 1, 1),
    ("cluster", "as-was", 2, 1, 1),
    ("south", "as-was", 1, 1, 0),
    ("new", "as-was", 1, 0, 1),
    ("north", "as-is", 1, 1, 1),
    ("left", "as-is", 1, 1, 1),
    ("district", "as-is", 1, 1, 1),
    ("new", "as-is", 0, 0, 1),
    ("was", "as-is", 0, 0, 1),
    ("south", "as-is", 1, 1, 0),
]


def test_each_unit_counts_the_moves_across_its_own_edge(places):
    found = []
    for name, lens, *_figures in COUNTED:
        values = build(where_of(getattr(places, name), lens, YEAR, TODAY), YEAR).total.values
        found.append((name, lens, *(values[key] for key in ("transferred_in", "transferred_out", "managed_end"))))

    assert found == COUNTED


LENSES = ("as-was", "as-is")
# From presenting on one commune holds the person on any day, and no other
COMMUNES = {"as-was": ("left", "right", "north", "south"), "as-is": ("north", "south")}
HELD_FIRST = {
    "as-was": {"left", "district", "was"},
    "as-is": {"left", "right", "district", "was", "north", "cluster", "new"},
}


def named(places):
    return [(name, getattr(places, name)) for name in HELD_FIRST["as-is"] | {"south"}]


@pytest.mark.parametrize("lens", LENSES)
def test_on_every_day_one_commune_and_all_above_it_have_the_person_once_on_the_dashboard(lens, places):
    for day in (PRESENTED, date(2025, 6, 30), MERGED, AWAY, BACK - timedelta(days=1), BACK, TODAY):
        whole = {name: where_of(unit, lens, Period(day, day), TODAY) for name, unit in named(places)}
        standing = {name: UnitSnapshot(where, day) for name, where in whole.items()}
        managed = {name: [line.person for line in each.managed] for name, each in standing.items()}

        assert sum(len(managed[name]) for name in COMMUNES[lens]) == 1, day
        assert max(len(people) for people in managed.values()) == 1, day
        for name, each in standing.items():
            held = len(managed[name]) if whole[name].existed(day) else None  # no figure before a unit exists
            assert caseload(whole[name], [day]) == [held], (day, name)
            people = [
                measure for measure in measures(each) if measure.part != OverviewPart.FLOW
            ]  # the flow counts each move
            for measure in people:
                counted = measure.count(each)
                assert max(len(counted.found), len(counted.base)) <= 1, (day, name, measure.key)


@pytest.mark.parametrize("lens", LENSES)
def test_the_release_belongs_to_one_cohort_of_the_units_that_held_the_person_then(lens, places):
    period = Period(TODAY, TODAY)
    counted = {name: len(cohorts.read(where_of(unit, lens, period, TODAY), TODAY)) for name, unit in named(places)}

    assert counted == {name: int(name in HELD_FIRST[lens]) for name, _unit in named(places)}
