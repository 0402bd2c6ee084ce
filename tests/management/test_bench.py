"""What the bench measures and how it judges; no time is asserted."""

import json
import time
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cases.management.bench import accounts, closing, load, table, targets, trials
from cases.management.bench.closing import BenchResult
from cases.management.bench.load import LoadResult
from cases.management.bench.measure import Meter
from cases.management.bench.round import PageMeasurement
from cases.management.bench.targets import PageGroup, PageTarget
from cases.management.bench.trials import TimeSpent, Visit
from cases.models import Activity, AuditEvent, Returnee, Unit
from tests.makers import make_activity, make_returnee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planner_forgets")]


def bench(**options):
    out = StringIO()
    call_command("bench", stdout=out, **{"runs": 1, **options})
    return out.getvalue()


@pytest.fixture
def people(an, anh, binh, chi, dung, em):
    """Somebody for every account that is signed in."""
    return [make_returnee(by=an, full_name=f"Nguyễn Văn Số {number}") for number in range(3)]


def test_every_page_answers_and_nothing_of_it_stays(people, tmp_path):
    before = Activity.objects.count(), AuditEvent.objects.count(), Session.objects.count()
    kept = tmp_path / "bench.json"

    printed = bench(json=kept)

    pages = {page["name"]: page for page in json.loads(kept.read_text())["pages"]}
    assert [name for name, page in pages.items() if not page["is_answered"]] == []
    named = {"officer home", "officer activity-add post", "chief audit-list", "cluster report-show as-is"}
    assert named <= pages.keys()
    assert {page["group"] for page in pages.values()} == {*PageGroup} - {PageGroup.NATION}
    assert pages["officer returnee-list"]["admin"] > 0
    assert pages["officer home"]["queries"] > pages["empty"]["queries"] > 0
    assert "officer home" in printed
    assert (Activity.objects.count(), AuditEvent.objects.count(), Session.objects.count()) == before


def test_another_run_is_told_beside_this_one_page_by_page(people, tmp_path):
    kept = tmp_path / "a-tenth.json"
    bench(json=kept, pages="log")

    printed = bench(compare=kept, pages="log, export")

    told = Counter(line.split("  ")[0] for line in printed.splitlines())
    assert told["chief audit-list days"] == 2
    assert told["province-largest report-docx year post"] == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"pages": "officer,nobody"}, "nobody"), ({"runs": 0}, "0"), ({"compare": Path("/nowhere.json")}, "nowhere")],
)
def test_what_cannot_be_measured_is_refused_in_words(wrong, words, people):
    with pytest.raises(CommandError, match=words):
        bench(**wrong)


def test_an_empty_database_is_told_what_to_do():
    with pytest.raises(CommandError, match="make_nation"):
        bench()


def test_the_accounts_are_found_by_whom_their_units_hold(people, an, anh, chi, dung, em, units):
    found = accounts.find_accounts(timezone.localdate())

    assert {name: one.user for name, one in found.items()} == {
        "officer": an,
        "chief": anh,
        "cluster": chi,
        "province-median": dung,
        "province-largest": dung,
        "province-export": dung,
        "administrator": em,
    }
    assert found["officer"].person == people[0].pk
    assert found["cluster"].held == 3


@pytest.mark.parametrize(
    ("target", "floor", "lean", "most"),
    [
        (PageTarget(ms=60, floors=4), 10, None, 60),
        (PageTarget(ms=60, floors=4), 20, None, 80),
        (PageTarget(ms=60, floors=4), 20, 10, 95),
        (PageTarget(ms=250, floors=6, over_lean=40), 1, 20, 70),
        (PageTarget(ms=250, floors=6, over_lean=40), 1, 500, 756),
        (PageTarget(ms=5000), 1000, None, 5000),
    ],
)
def test_a_target_is_milliseconds_or_what_the_machine_took_for_less(target, floor, lean, most):
    assert targets.allowed_ms(target, floor, lean) == most


FAST = PageMeasurement(
    group=PageGroup.OFFICER, name="officer home", status=200, is_answered=True, runs=1, p50=5, p95=9, wall=5, queries=9,
    sql=1, python=3, backend=1, raw=1000, packed=500, memory=0, slowest_ms=1, slowest="SELECT",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "đạt"),
        ({"p95": 61}, "không đạt: thời gian"),
        ({"queries": 16, "packed": 60_001}, "không đạt: truy vấn, dung lượng"),
        ({"raw": 400_001}, "không đạt: dung lượng"),
        ({"status": 403, "is_answered": False}, "không trả lời: mã 403"),
        ({"group": PageGroup.EXPORT, "raw": 9_000_000, "queries": 99}, "đạt"),
        ({"group": PageGroup.EXPORT, "memory": 101}, "không đạt: bộ nhớ"),
    ],
)
def test_what_is_over_its_target_is_named(changes, words):
    assert table.verdict(PageMeasurement(**{**vars(FAST), **changes}), FAST) == words


def test_growth_is_judged_where_a_target_is_set():
    slower = PageMeasurement(**{**vars(FAST), "p50": 7})
    chief = PageMeasurement(**{**vars(FAST), "p50": 7, "group": PageGroup.CHIEF})
    lines = [line for one in (FAST, slower, chief) for line in table.growth_lines([one], {"pages": [vars(FAST)]})]

    assert [line.split("  ")[-1] for line in lines] == ["đạt", "không đạt: mức tăng", ""]


def test_the_closing_table_says_of_each_target_what_was_measured_and_where_the_time_goes():
    slow = PageMeasurement(**{**vars(FAST), "name": "officer people", "p95": 70, "python": 50, "queries": 16})
    other = {"pages": [{"name": "officer home", "p50": 1}]}
    load = LoadResult(sent=10_000, stored=9_999, errors=0, seconds=60, p50=90, p95=400)
    visit = Visit(9_000, 40_000, 0.1)
    found = BenchResult(FAST, [FAST, slow], other, 190, TimeSpent(41, 30, 9), TimeSpent(0.9, 0.9), visit, load)

    lines = list(closing.lines(found))

    assert all(word in f"{lines[0]}" for word in ("1/2", "officer people", "không đạt", "Python 50 ms"))
    assert [line.is_met for line in lines] == [
        *(False, None, None, None, None, None, None),  # the groups of pages
        *(False, True, True),  # queries and bytes
        *(False, True, False, False, True, True),  # growth, visit, load, register, cases, memory
    ]


def test_a_register_is_loaded_for_the_clock_and_taken_back(anh, monkeypatch):
    Unit.objects.filter(pk=anh.unit.pk).update(valid_from=trials.SINCE)
    monkeypatch.setattr(trials, "PEOPLE", 50)
    monkeypatch.setattr(trials, "ACTIVITIES", 5)

    spent = trials.load_register(timezone.localdate(), Meter(1, by_processor=True))

    assert (spent.said, Returnee.objects.count()) == ("Đã nạp.", 0)
    assert spent.seconds >= spent.python > 0


def test_the_first_visit_weighs_what_home_names(people):
    officer = accounts.find_accounts(timezone.localdate())["officer"]

    found = trials.visit_home(Meter(1, by_processor=True), officer)

    assert 0 < found.page < found.assets
    assert found.next < found.first


def test_an_officer_has_nothing_to_log_that_is_on_file(people, an):
    today = timezone.localdate()
    day = today - timedelta(days=2)
    make_activity(people[0], by=an, on=day, kind="review")

    said = {(entry["people"], entry["kind"], entry["on"]) for entry in load.entries_of(an.unit.pk, today)}

    assert len(said) == 3 * 5 * load.DAYS - 1
    assert (people[0].pk, "review", f"{day:%d/%m/%Y}") not in said


@pytest.mark.django_db(transaction=True)
def test_each_entry_that_was_answered_stands_once(people, an, live_server):
    today = timezone.localdate()
    client = Client()
    client.force_login(an)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    entry = {**load.SAID, "when": "today", "people": people[0].pk, "kind": "review"}
    port = int(live_server.url.rpartition(":")[2])

    officer = load.LoadOfficer(port, session, [entry, {**entry, "kind": "legal_aid"}, entry], time.monotonic() + 60)
    officer.run()

    assert (len(officer.recorded), officer.errors) == (2, 1)
    assert load.count_stored(officer.recorded) == Activity.objects.filter(on=today).count() == 2
