"""The figures of the article come out of the records, through the command that prints the report."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from cases.models import Activity, Attendance, Crime

FIGURES = [
    ("24697", "2019-01-01", {"received": 35, "reoffended": 0, "administrative": 0, "training": 2, "jobs_placed": 4}),
    (
        "664",
        "2019-01-01",
        {
            "encouragement": 104,
            "review": 58,
            "group_meetings": 18,
            "group_attendance": 560,
            "counselling": 379,
            "paperwork": 156,
            "jobs_placed": 14,
            "training": 22,
        },
    ),
    (
        "67",
        "2018-01-01",
        {
            "completed": 379,
            "presented": 180,
            "expunged": 86,
            "reoffended": 16,
            "reoffended_1": 16,
            "reoffended_2": 0,
            "reoffended_3": 0,
            "reoffended_4": 0,
        },
    ),
]
ROWS = [
    pytest.param(unit, start, key, value, id=f"{unit}-{key}")
    for unit, start, of in FIGURES
    for key, value in of.items()
]


@pytest.fixture(scope="module")
def totals(told):
    """The printed totals by unit and first day."""
    return {(unit, start): printed(unit, start)["totals"] for unit, start, _figures in FIGURES}


def printed(unit, start, end="2022-04-08"):
    out = StringIO()
    call_command("report", "reintegration", unit=f"{unit}@2022-04-08", start=start, end=end, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("unit", "start", "indicator", "value"), ROWS)
def test_the_demo_prints_what_the_article_reports(totals, unit, start, indicator, value):
    assert totals[unit, start][indicator] == value


def test_those_placed_in_work_earn_over_five_million(totals):
    assert totals["664", "2019-01-01"]["mean_income"] > 5_000_000


@pytest.mark.parametrize("unit", ["24697", "664", "67"])
def test_who_is_managed_adds_up(totals, unit):
    found = next(values for (code, _start), values in totals.items() if code == unit)

    came = found["managed_start"] + found["received"] + found["transferred_in"]
    assert came - found["closed"] - found["transferred_out"] == found["managed_end"]


def test_what_does_not_count_is_there_too(told):
    period = {"on__range": (date(2019, 1, 1), date(2022, 4, 8))}

    assert Activity.objects.filter(**period, withdrawn_at__isnull=False).exists()
    assert Activity.objects.filter(**period, entries__outcome="absent").exists()
    assert Attendance.objects.filter(present=False, meeting__on__lte=date(2022, 4, 8)).exists()
    assert Crime.objects.filter(stage="reported").exists()
