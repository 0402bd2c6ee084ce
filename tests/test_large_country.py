"""What a page of a commune reads does not grow with the country: the plans of its queries, and the rows they touch."""

import json
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import (
    Activity,
    ActivityEntry,
    Assessment,
    AuditEvent,
    CurrentFacts,
    NameKey,
    PaperworkRequest,
    Placement,
    Verdict,
    row_rules,
)
from tests.makers import TODAY, make_activity, make_judgment, make_paperwork, make_returnee

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="The plans are PostgreSQL's.")

COUNTRY, HERE = 20_000, 8  # people elsewhere, and at the commune whose pages are opened
FIRST = 1_000_000  # ids of the country's rows begin here
FACTOR = 12  # rows read for each row of the commune: a page asks a table for several things
FLOOR = 400  # rows of a table that any query may read: a page of a list in the order of an index, a small table whole
PAGES = [
    ("an", "home", {}),
    ("an", "returnee-list", {}),
    ("an", "returnee-list", {"status": "managed", "silent": "60"}),
    ("an", "returnee-list", {"group": "B"}),
    ("an", "returnee-list", {"q": "nguyen van"}),
    ("an", "returnee-list", {"q": "hoang van kin"}),
    ("an", "returnee-list", {"q": "an"}),
    ("an", "activity-add", {}),
    ("an", "meeting-list", {}),
    ("an", "paperwork-list", {}),
    ("an", "expungement-list", {}),
    ("an", "arrival-list", {}),
    ("an", "dashboard-show", {}),
    ("an", "report-show", {}),
    ("an", "report-silent", {}),
    ("anh", "home", {}),
    ("anh", "audit-list", {}),
]
OF_A_FILE = ["returnee-detail", "returnee-history", "returnee-clock", "returnee-sentence"]


def clone(row, number, **changes):
    """So many copies of a stored row, by one statement; `changes`: SQL by name of a field, `g` is the copy's number."""
    fields = row._meta.local_concrete_fields
    changes = {"id": f"{FIRST} + g", "uid": "gen_random_uuid()", **changes}
    said = [changes.get(field.name, f'"{field.column}"') for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(said)} "
            f"FROM {table}, generate_series(1, %s) g WHERE {row._meta.pk.column} = %s",
            [number, row.pk],
        )


@contextmanager
def rows_alone():
    """Neither triggers nor references are asked for each row: what is copied stood up to them once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def fill_country(one, visit, paper):
    person, twice = f"{FIRST} + g", f"{FIRST} + (g + 1) / 2"
    names = {"full_name": "'Nguyễn Văn ' || g", "search_text": "'| nguyen van ' || g || ' |'", "sort_key": "'van' || g"}
    clone(one, COUNTRY, file_number="'X-' || g", **names)
    clone(NameKey.objects.filter(returnee=one).first(), COUNTRY, returnee=person, key="'~nguyenvan' || g")
    clone(Placement.objects.get(returnee=one), COUNTRY, returnee=person)
    clone(visit, 2 * COUNTRY)
    clone(ActivityEntry.objects.get(returnee=one), 2 * COUNTRY, activity=person, returnee=twice)
    clone(paper, COUNTRY, returnee=person)
    clone(Verdict.objects.filter(returnee=one).last(), COUNTRY, returnee=person)
    clone(CurrentFacts.objects.get(returnee=one), COUNTRY, returnee=person, verdict=person)
    clone(AuditEvent.objects.filter(returnee_id=one.pk).last(), 2 * COUNTRY, returnee_id=twice)


@pytest.fixture
def country(swept, an, binh):
    """Twenty thousand people at another commune, each with what a file has; and eight here."""
    one = make_returnee(by=binh)
    make_judgment(returnee=one, by=binh)
    visit, paper = make_activity(one, by=binh, on=TODAY - timedelta(days=40)), make_paperwork(returnee=one, by=binh)
    with rows_alone():
        fill_country(one, visit, paper)
    row_rules.fill(connection)
    here = [make_returnee(by=an, full_name=f"Hoàng Văn Kín {place}") for place in range(HERE)]
    for row in here:
        make_activity(row, by=an)
        make_judgment(returnee=row, by=an)
    Assessment(returnee=here[0], group="B", on=TODAY, reason="Chưa có việc").stamp(an).save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return here


def rows_read(plan):
    """How many rows of each table a plan has read, those it left out again among them."""
    found = Counter()
    loops = plan["Actual Loops"]
    if "Relation Name" in plan:
        left = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        found[plan["Relation Name"]] += (plan["Actual Rows"] + left) * loops
    for step in plan.get("Plans", []):
        found.update(rows_read(step))
    return found


def most_read(queries):
    """Of each table the most rows that one of these queries has read, with the query."""
    found = {}
    with connection.cursor() as cursor:
        for query in queries:
            sql = query["sql"]
            if not sql.lstrip("( ").upper().startswith("SELECT") or "FOR UPDATE" in sql:
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
            (told,) = cursor.fetchone()
            plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
            for table, rows in rows_read(plan).items():
                if rows > found.get(table, (0, ""))[0]:
                    found[table] = rows, sql
    return found


def in_scope():
    """The rows of each large table that the commune holds."""
    here = {"cases_returnee": HERE, "cases_placement": HERE, "cases_verdict": 3 * HERE, "cases_currentfacts": HERE}
    parts = {
        model._meta.db_table: 2 * HERE for model in (Activity, ActivityEntry, PaperworkRequest, NameKey, AuditEvent)
    }
    return here | parts


@pytest.fixture
def opened(country, request, signed_in):
    def open_page(who, route, query, *args):
        client = signed_in(request.getfixturevalue(who))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(route, args=args), query)
        assert response.status_code == 200
        return most_read(queries)

    return open_page


def too_many(read):
    return {
        table: (rows, sql[:300])
        for table, (rows, sql) in read.items()
        if table in in_scope() and rows > max(FLOOR, FACTOR * in_scope()[table])
    }


def test_no_page_reads_more_rows_of_a_table_than_the_commune_holds(opened, country):
    """One country for all pages: it takes longer to fill than to read."""
    whole = most_read([{"sql": "SELECT COUNT(*) FROM cases_activityentry WHERE note <> 'x'"}])
    assert too_many(whole).keys() == {"cases_activityentry"}  # what is looked for is seen where it is

    found = {(who, route, *query.values()): too_many(opened(who, route, query)) for who, route, query in PAGES}
    found |= {(route,): too_many(opened("an", route, {}, country[0].pk)) for route in OF_A_FILE}

    assert {page: tables for page, tables in found.items() if tables} == {}
