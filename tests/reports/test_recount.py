"""For any small register the report agrees with a recount in plain Python, and its flow adds up."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from cases.reports.registry import INDICATORS
from cases.reports.reintegration import build, lines_behind
from cases.reports.where import DIRECT, where_of
from tests.makers import make_user
from tests.reports.recount import Recount
from tests.reports.register import PERIOD, TODAY, registers, write

# lens, report's unit → for each unit with people the place it counts at: None is outside, "" no row of its own
AS_WAS_DISTRICT = {"left": "left", "right": "right", "divided": "divided"}
AS_WAS_PROVINCE = {"north": "cluster", "south": "south"}
AS_IS_PROVINCE = {"left": "cluster", "right": "cluster", "north": "cluster", "south": "south", "divided": ""}
AS_IS_CLUSTER = {"left": "north", "right": "north", "north": "north"}
VIEWS = [
    ("as-was", "district", AS_WAS_DISTRICT),
    ("as-was", "new", AS_WAS_PROVINCE),
    ("as-is", "new", AS_IS_PROVINCE),
    ("as-is", "province", AS_IS_PROVINCE),
    ("as-is", "cluster", AS_IS_CLUSTER),
]
UNKNOWN_HERE = {"eligible"}  # the law's clock has its own tests
random_registers = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def figures(row):
    values = {key: value if value is None else float(value) for key, value in row.values.items()}
    return {key: value for key, value in values.items() if key not in UNKNOWN_HERE}


def recounted(register, place_of, place):
    return Recount(register, PERIOD, place_of, place).figures()


def adds_up(flow):
    came = flow["managed_start"] + flow["received"] + flow["transferred_in"]
    return came - flow["closed"] - flow["transferred_out"] == flow["managed_end"]


@pytest.fixture
def clerk(lands):
    return make_user("clerk", "Lê Văn An", "officer", lands.north)


def rolled_back(check):
    """Each register stands in tables emptied again afterwards."""
    with transaction.atomic():
        check()
        transaction.set_rollback(True)


@pytest.mark.parametrize(("lens", "top", "places"), VIEWS, ids=lambda value: value if isinstance(value, str) else "")
@given(register=registers)
@random_registers
def test_every_figure_agrees_with_a_recount_and_the_flow_adds_up(lens, top, places, lands, clerk, register):
    def check():
        write(register, lands, clerk)
        table = build(where_of(getattr(lands, top), lens, PERIOD, TODAY), PERIOD)
        assert figures(table.total) == recounted(register, lambda unit: unit in places, True)
        for row in table.rows:
            here = next((name for name in vars(lands) if getattr(lands, name).pk == row.pk), "")
            assert figures(row) == recounted(register, places.get, here), row.name
        for row in (table.total, *table.rows):
            assert adds_up(row.values), row.name

    rolled_back(check)


@given(register=registers)
@random_registers
def test_the_list_behind_a_figure_has_as_many_lines_as_the_figure_says(lands, clerk, register):
    counted = [each for each in INDICATORS if each.value is len and not each.of]

    def check():
        write(register, lands, clerk)
        where = where_of(lands.new, "as-is", PERIOD, TODAY)
        table = build(where, PERIOD)
        for indicator in counted:
            assert len(lines_behind(indicator, where, PERIOD)) == table.total.values[indicator.key]
            for row in table.rows:
                place = DIRECT if row.pk is None else row.pk
                assert len(lines_behind(indicator, where, PERIOD, place)) == row.values[indicator.key]

    rolled_back(check)
