"""The corrected contract of the report: attempts are no contacts, mergers are moves, a new name is none."""

from datetime import timedelta

import pytest

from cases import actions
from cases.lib.period import Period
from cases.models import Activity, Succession, Unit
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.reintegration import lines_behind, search
from cases.reports.periodic.report_scope import where_of
from tests.makers import TODAY, make_activity, make_returnee, make_unit, make_unit_change

LENSES = ("as-was", "as-is")
LAST_DAYS = Period(TODAY - timedelta(days=30), TODAY)
KEYS = {"counselling_psychological": "counselling", "counselling_vocational": "counselling"}


def totals(unit, lens="as-was", period=LAST_DAYS):
    return search(where_of(unit, lens, period, TODAY), period).table().total.values


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("kind", Activity.Kind.values)
def test_an_attempt_at_which_nobody_was_met_is_no_contact_of_any_kind(kind, lens, an):
    person, detail = make_returnee(by=an), "identity" if kind == "paperwork" else ""
    make_activity(person, by=an, kind=kind, detail=detail, outcome="absent")
    assert totals(an.unit, lens)[KEYS.get(kind, kind)] == 0

    for outcome in ("met", "family"):
        make_activity(person, by=an, kind=kind, detail=detail, outcome=outcome)
    assert totals(an.unit, lens)[KEYS.get(kind, kind)] == 2


@pytest.fixture
def renamed(an, em, units):
    """Nam Đà with one person, five days ago renamed."""
    make_returnee(by=an)
    make_unit_change(unit=units.nam_da, by=em, name="Phường Nam Đà")
    return Unit.objects.get(name="Xã Nam Đà", valid_to__isnull=False), Unit.objects.get(name="Phường Nam Đà")


def flow(unit, lens):
    values = totals(unit, lens)
    return [values[key] for key in ("managed_start", "transferred_in", "transferred_out", "managed_end")]


@pytest.mark.parametrize("lens", LENSES)
def test_a_renaming_alone_moves_nobody_in_or_out(lens, renamed):
    old, new = renamed

    assert [flow(unit, lens) for unit in (old, new, old.parent)] == [[1, 0, 0, 1]] * 3


def test_a_renamed_unit_is_one_row_of_the_unit_above_under_its_last_name_of_the_period(renamed, units):
    where = where_of(units.cluster, "as-was", LAST_DAYS, TODAY)
    names = [row.name for row in search(where, LAST_DAYS).table().rows]
    assert ("Phường Nam Đà" in names, "Xã Nam Đà" in names) == (True, False)

    before = Period(TODAY - timedelta(days=30), TODAY - timedelta(days=10))
    names = [row.name for row in search(where_of(units.cluster, "as-was", before, TODAY), before).table().rows]
    assert ("Phường Nam Đà" in names, "Xã Nam Đà" in names) == (False, True)


def test_the_communes_of_a_renamed_unit_keep_their_people_too(an, em, units):
    make_returnee(by=an)
    make_unit_change(unit=units.cluster, by=em, name="Cụm Mới")

    for unit in Unit.objects.filter(name__in=["Cụm Mới", units.cluster.name, "Xã Nam Đà"]):
        assert flow(unit, "as-was") == [1, 0, 0, 1], unit


def test_a_merger_counts_as_a_move_and_says_so(an, em, units):
    person = make_returnee(by=an)
    on = TODAY - timedelta(days=5)
    merged = make_unit(kind="commune", code="24999", name="Xã Gộp", parent=units.cluster, valid_from=on)
    for old in (units.nam_da, units.dak_sak):
        actions.unit.succeed(old=old, new=merged, on=on, share=Succession.Share.FULL, by=em)

    assert flow(merged, "as-was") == [0, 1, 0, 1]
    assert flow(units.nam_da, "as-was") == [1, 0, 1, 0]
    assert flow(merged, "as-is") == [1, 0, 0, 1]
    (line,) = lines_behind(BY_KEY["transferred_in"], where_of(merged, "as-was", LAST_DAYS, TODAY), LAST_DAYS)
    assert (line.person, line.mark) == (person.pk, "succession")
