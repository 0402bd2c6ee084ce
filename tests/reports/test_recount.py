"""For any small register the report agrees with a recount in plain Python, and its flow adds up."""

import ast
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings

from cases.lib.period import Period
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.reintegration import build, lines_behind
from cases.reports.periodic.report_scope import DIRECT, where_of
from tests.makers import make_user
from tests.reports.recount import Recount
from tests.reports.register import EDGES, TODAY, Register, registers
from tests.reports.register_rows import write

# lens, report's unit → for each unit with people the place it counts at: None is outside, "" no row of its own
AS_WAS_DISTRICT = {"left": "left", "right": "right", "divided": "divided"}
AS_WAS_PROVINCE = {"north": "cluster", "south": "south"}
AS_IS_PROVINCE = {"left": "cluster", "right": "cluster", "north": "cluster", "south": "south", "divided": ""}
AS_IS_CLUSTER = {"left": "north", "right": "north", "north": "north"}
VIEWS = [
    ("as-was", "district", AS_WAS_DISTRICT),
    ("as-was", "new", AS_WAS_PROVINCE),
    ("as-was", "left", {"left": ""}),
    ("as-is", "new", AS_IS_PROVINCE),
    ("as-is", "province", AS_IS_PROVINCE),
    ("as-is", "cluster", AS_IS_CLUSTER),
    ("as-is", "right", {"left": "", "right": "", "north": ""}),
]
random_registers = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def figures(row):
    return {key: value if value is None else float(value) for key, value in row.values.items()}


def recounted(register, place_of, place):
    return Recount(register, place_of, place).figures()


def nothing(register):
    return recounted(Register(register.first, register.last, []), lambda unit: None, "")


def adds_up(flow):
    came = flow["managed_start"] + flow["received"] + flow["transferred_in"]
    return came - flow["closed"] - flow["transferred_out"] == flow["managed_end"]


def report(unit, lens, register):
    period = Period(register.first, register.last)
    where = where_of(unit, lens, period, TODAY)
    return where, period, build(where, period)


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
@example(register=EDGES[0])
@example(register=EDGES[1])
@example(register=EDGES[2])
@example(register=EDGES[3])
@random_registers
def test_every_figure_agrees_with_a_recount_and_the_flow_adds_up(lens, top, places, lands, clerk, register):
    def check():
        write(register, lands, clerk)
        where, _period, table = report(getattr(lands, top), lens, register)
        assert figures(table.total) == recounted(register, lambda unit: unit in places, True)
        assert adds_up(table.total.values)
        shown = {
            next((name for name in vars(lands) if getattr(lands, name).pk == row.pk), ""): row for row in table.rows
        }
        for here, row in shown.items():
            assert figures(row) == recounted(register, places.get, here), row.name
            assert adds_up(row.values), row.name
        for hidden in set() if where.unit.is_commune else {*places.values()} - shown.keys():
            assert recounted(register, places.get, hidden) == nothing(register), hidden

    rolled_back(check)


def test_the_recount_knows_every_indicator_and_shares_no_code_with_the_report():
    recount = {*nothing(EDGES[0])}
    paths = [Path(__file__).with_name(name) for name in ("recount.py", "register.py")]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}

    assert recount == {each.key for each in INDICATORS}
    assert {module.split(".")[0] for module in imported}.isdisjoint({"cases", "django"})


@given(register=registers)
@random_registers
def test_the_list_behind_a_figure_has_as_many_lines_as_the_figure_says(lands, clerk, register):
    counted = [each for each in INDICATORS if each.value is len and not each.of]

    def check():
        write(register, lands, clerk)
        where, period, table = report(lands.new, "as-is", register)
        for indicator in counted:
            assert len(lines_behind(indicator, where, period)) == table.total.values[indicator.key]
            for row in table.rows:
                place = DIRECT if row.pk is None else row.pk
                assert len(lines_behind(indicator, where, period, place)) == row.values[indicator.key]

    rolled_back(check)
