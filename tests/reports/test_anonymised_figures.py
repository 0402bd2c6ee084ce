"""Whoever is forgotten counts on: for any register every figure is the same after people were anonymised as before."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings

from cases import actions
from cases.lib.period import Period
from cases.models import Anonymisation, RetentionVersion, Returnee
from cases.reports.dashboard.cohorts import read
from cases.reports.dashboard.overview_figures import count_overview
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.reintegration import build, lines_behind
from cases.reports.periodic.report_scope import where_of
from tests.makers import make_user
from tests.reports.register import EDGES, TODAY, registers
from tests.reports.register_rows import write
from tests.reports.test_recount import VIEWS

LATER = date(2060, 1, 1)


@pytest.fixture
def clerk(lands):
    return make_user("thu-ky-xa", "Lê Văn An", "officer", lands.north)


@pytest.fixture
def chief(lands):
    """Somebody whose scope is the whole province; that only a chief may is asked by the page."""
    return make_user("truong-tinh", "Phạm Quốc Khánh", "reviewer", lands.new)


@pytest.fixture
def rule(clerk):
    facts = {"ending": "other", "years": 1, "warned": 0, "valid_from": date(2004, 1, 1), "certainty": "M"}
    return actions.retention_version.add(version=RetentionVersion(**facts, source="Danh mục hồ sơ"), by=clerk)


def everything(lands, register):
    """Every figure of every report, overview and page of reoffending, by both lenses."""
    period, told = Period(register.first, register.last), {}
    for lens, top, _places in VIEWS:
        where = where_of(getattr(lands, top), lens, period, TODAY)
        table = build(where, period)
        told[lens, top] = [table.total.values, *((row.name, row.values) for row in table.rows)]
        told[lens, top, "lines"] = [len(lines_behind(each, where, period)) for each in INDICATORS if each.value is len]
        told[lens, top, "overview"] = count_overview(where, register.last).as_json()
        told[lens, top, "reoffending"] = sorted(map(repr, read(where, TODAY)))
    return told


@given(register=registers)
@example(register=EDGES[0])
@example(register=EDGES[1])
@example(register=EDGES[2])
@example(register=EDGES[3])
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_anonymised_figures_equal_the_figures_before(lands, clerk, chief, rule, register):
    with transaction.atomic():
        write(register, lands, clerk)
        before = everything(lands, register)
        ended = Returnee.objects.filter(closed_on__isnull=False, unit__in=chief.scope)
        asked = list(ended.values_list("pk", flat=True))
        if asked:
            actions.anonymisation.anonymise(people=asked, by=chief, on=LATER)

        assert everything(lands, register) == before
        assert Anonymisation.objects.count() == len(asked)
        assert set(ended.values_list("full_name", flat=True)) <= {"Đã ẩn danh"}
        transaction.set_rollback(True)
