"""For any small register the figures counted part by part, and kept, are those counted at once: every figure."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings

from cases.lib.period import Period
from cases.reports.dashboard import overview_figures, reoffending_figures
from cases.reports.dashboard.reoffending import WINDOWS, Base
from cases.reports.people_parts import parts_of
from cases.reports.periodic import letter_draft, report_figures
from cases.reports.periodic.report_scope import PeoplePart, where_of
from tests.makers import make_user
from tests.reports.register import EDGES, TODAY, registers
from tests.reports.register_rows import write
from tests.reports.test_recount import VIEWS, rolled_back

random_registers = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def clerk(lands):
    return make_user("clerk", "Lê Văn An", "officer", lands.north)


def kept(figures):
    """What comes back of JSON, its keys in an order of their own, as PostgreSQL gives them."""
    return json.loads(json.dumps(figures, sort_keys=True))


def check_report(where, period, parts):
    at_once = report_figures.count_report(where, period, period)
    counted = report_figures.count_report(where, period, period, parts=parts)
    read = report_figures.read_kept(kept(counted.as_json()), where.unit, where.lens, period, period)
    assert counted == at_once
    assert read == at_once
    assert at_once.comparison == letter_draft.official_letter.build_comparison(where, period, period)


def check_overview(where, day, parts):
    at_once = overview_figures.count_overview(where, day)
    counted = overview_figures.count_overview(where, day, parts)
    assert counted == at_once
    read = overview_figures.read_kept(kept(counted.as_json()), where.unit, where.lens)
    assert read == at_once
    assert [list(row.reasons) for row in read.worst] == [list(row.reasons) for row in at_once.worst]


def check_reoffending(where, on, parts):
    at_once = reoffending_figures.count_reoffending(where, on)
    counted = reoffending_figures.count_reoffending(where, on, parts=parts)
    back = kept(reoffending_figures.to_keep(counted))
    assert counted == at_once
    read = {years: reoffending_figures.read_kept(back, where.unit, where.lens, years) for years in WINDOWS}
    assert read == at_once
    assert [list(each.findings.sections) for each in read.values()] == [[*Base]] * len(WINDOWS)


@pytest.mark.parametrize(("lens", "name"), [(lens, name) for lens, name, _places in VIEWS])
@random_registers
@example(register=EDGES[0])
@example(register=EDGES[1])
@example(register=EDGES[2])
@example(register=EDGES[3])
@given(register=registers)
def test_figures_counted_in_parts_and_kept_are_those_counted_at_once(lens, name, lands, clerk, register):
    def check():
        write(register, lands, clerk)
        period = Period(register.first, register.last)
        where = where_of(getattr(lands, name), lens, period, TODAY)
        parts = parts_of(where, at_once=1)
        check_report(where, period, parts)
        check_overview(where, min(register.last, TODAY), parts)
        check_reoffending(where, TODAY, parts)

    rolled_back(check)


def test_everybody_is_in_just_one_part(lands, clerk):
    def check():
        write(EDGES[0], lands, clerk)
        where = where_of(lands.new, "as-is", Period(EDGES[0].first, EDGES[0].last), TODAY)
        parts = parts_of(where, at_once=2)
        assert len(parts) > 1
        assert [parts[0].first, parts[-1].last] == [None, None]
        assert [each.first for each in parts[1:]] == [each.last + 1 for each in parts[:-1]]
        assert replace(where, people=PeoplePart(1, 2)).people.condition("pk") == {"pk__gte": 1, "pk__lte": 2}

    rolled_back(check)
