"""The leanest SQL for a few pages: what a page would take if nothing but the rows it shows were read (PostgreSQL)."""

from collections.abc import Callable
from datetime import date

from django.db import connection

from cases.management.bench.accounts import BenchAccount
from cases.management.bench.measure import PageAnswer
from cases.models import Unit

KEPT = "withdrawn_at IS NULL"
LAST = f"""LEFT JOIN LATERAL (
    SELECT max(a."on") AS last FROM cases_activityentry e JOIN cases_activity a ON a.id = e.activity_id AND a.{KEPT}
    WHERE e.returnee_id = r.id AND e.{KEPT} AND e.outcome IN ('met', 'family')
) l ON true"""  # nosec B608 # constants of this file
OPEN = f"r.{KEPT} AND r.close_reason <> 'expunged' AND (r.closed_on IS NULL OR r.closed_on > current_date)"
HOME = f"""
SELECT r.id, r.full_name, r.born_on, r.hamlet, r.completed_on, r.presented_on, l.last, g.lead_id,
    (SELECT json_agg(json_build_array(id, kind, "on")) FROM cases_appointment p
        WHERE p.returnee_id = r.id AND {KEPT} AND kept_by_id IS NULL AND missed_on IS NULL),
    (SELECT json_agg(json_build_array(id, kind, needed_on, submitted_on, issued_on)) FROM cases_paperworkrequest p
        WHERE p.returnee_id = r.id AND {KEPT} AND handed_over_on IS NULL AND refused_on IS NULL),
    (SELECT json_agg(json_build_array(j.id, started_on,
            (SELECT json_agg(day) FROM cases_jobcheck k WHERE k.referral_id = j.id)))
        FROM cases_jobreferral j WHERE j.returnee_id = r.id AND {KEPT} AND started_on <= current_date
        AND (ended_on IS NULL OR ended_on > current_date)),
    (SELECT json_build_array(max("on"), max("on") FILTER (WHERE approved_on IS NOT NULL))
        FROM cases_assessment a WHERE a.returnee_id = r.id AND {KEPT}),
    (SELECT since FROM cases_placement p WHERE p.returnee_id = r.id AND until IS NULL AND reason = 'transfer'),
    (SELECT json_build_array(status, due_on, answer -> 'route') FROM cases_verdict v
        WHERE v.returnee_id = r.id ORDER BY id DESC LIMIT 1),
    (SELECT json_agg(duty) FROM cases_snooze s
        WHERE s.returnee_id = r.id AND {KEPT} AND current_date BETWEEN since AND until),
    (SELECT max(received_on) FROM cases_notice n WHERE n.returnee_id = r.id AND {KEPT} AND r.presented_on IS NULL)
FROM cases_returnee r LEFT JOIN cases_helpergroup g ON g.returnee_id = r.id AND g.until IS NULL {LAST}
WHERE r.unit_id = ANY(%(units)s) AND {OPEN} AND (g.lead_id = %(me)s OR g.lead_id IS NULL)
"""  # nosec B608 # constants of this file
PEOPLE = f"""
SELECT r.*, l.last, g.lead_id, w.full_name FROM (
    SELECT r.*, count(*) OVER () AS total FROM cases_returnee r
    WHERE r.unit_id = ANY(%(units)s) AND {OPEN} ORDER BY sort_key, id LIMIT 30
) r LEFT JOIN cases_helpergroup g ON g.returnee_id = r.id AND g.until IS NULL
LEFT JOIN cases_user w ON w.id = g.lead_id {LAST} ORDER BY r.sort_key, r.id
"""  # nosec B608 # constants of this file
MANAGED = f"""
CREATE TEMP TABLE m ON COMMIT DROP AS SELECT r.id, p.unit_id, r.presented_on FROM cases_returnee r
JOIN cases_placement p ON p.returnee_id = r.id AND p.until IS NULL
WHERE p.unit_id = ANY(%(units)s) AND r.{KEPT} AND r.presented_on <= current_date
    AND (r.closed_on IS NULL OR r.closed_on > current_date)
"""  # nosec B608 # constants of this file


def bands(day: str) -> str:
    """How many have been waiting for 30, 60 and 90 days."""
    return ", ".join(f"count(*) FILTER (WHERE {day} <= current_date - {days})" for days in (30, 60, 90))


DASHBOARD = [
    MANAGED,
    "ANALYZE m",
    f"""SELECT unit_id, count(*), {bands("coalesce(l.last, r.presented_on)")} FROM m r {LAST} GROUP BY 1""",  # nosec B608 # constants of this file
    f"""WITH member AS (
        SELECT DISTINCT ON (m.id, n.organisation_id) m.id, n.organisation_id AS body, n.since FROM m
        JOIN cases_helpergroup g ON g.returnee_id = m.id AND g.until IS NULL
        JOIN cases_groupmember n ON n.group_id = g.id AND n.until IS NULL
    ), met AS (
        SELECT e.returnee_id AS id, o.organisation_id AS body, max(a."on") AS day FROM m
        JOIN cases_activityentry e ON e.returnee_id = m.id AND e.outcome IN ('met', 'family') AND e.{KEPT}
        JOIN cases_activity a ON a.id = e.activity_id AND a.{KEPT}
        JOIN cases_activity_organisations o ON o.activity_id = a.id GROUP BY 1, 2
    ) SELECT body, count(*), {bands("coalesce(day, since)")} FROM member LEFT JOIN met USING (id, body) GROUP BY 1""",  # nosec B608 # constants of this file
    f"""SELECT kind, office, count(*), {bands("greatest(needed_on, submitted_on, issued_on)")}
        FROM cases_paperworkrequest p JOIN m ON m.id = p.returnee_id
        WHERE p.{KEPT} AND handed_over_on IS NULL AND refused_on IS NULL GROUP BY 1, 2""",  # nosec B608 # constants of this file
    f"""SELECT count(*), {bands("started_on")}, count(*) FILTER (WHERE ended_on IS NULL), avg(monthly_income)
        FROM cases_jobreferral j JOIN m ON m.id = j.returnee_id
        WHERE j.{KEPT} AND started_on BETWEEN current_date - 730 AND current_date""",  # nosec B608 # constants of this file
    f"""SELECT coalesce(letter, '-'), count(*) FROM m LEFT JOIN LATERAL (
            SELECT "group" AS letter FROM cases_assessment a WHERE a.returnee_id = m.id AND {KEPT}
            AND approved_on IS NOT NULL ORDER BY "on" DESC, id DESC LIMIT 1
        ) x ON true GROUP BY 1""",  # nosec B608 # constants of this file
    """SELECT status, (due_on - current_date) / 30, count(*) FROM m LEFT JOIN LATERAL (
            SELECT status, due_on FROM cases_verdict v WHERE v.returnee_id = m.id ORDER BY id DESC LIMIT 1
        ) v ON true GROUP BY 1, 2""",
    f"""SELECT count(*) FILTER (WHERE (a.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - a."on" <= 3), count(*)
        FROM m JOIN cases_activityentry e ON e.returnee_id = m.id AND e.{KEPT}
        JOIN cases_activity a ON a.id = e.activity_id AND a.{KEPT} AND a."on" > current_date - 90""",  # nosec B608 # constants of this file
    f"""SELECT date_trunc('month', a."on"), count(*) FROM cases_placement p
        JOIN cases_activityentry e ON e.returnee_id = p.returnee_id AND e.outcome IN ('met', 'family') AND e.{KEPT}
        JOIN cases_activity a ON a.id = e.activity_id AND a.{KEPT} AND a."on" > current_date - 730
            AND a."on" BETWEEN p.since AND coalesce(p.until, 'infinity')
        WHERE p.unit_id = ANY(%(units)s) GROUP BY 1""",  # nosec B608 # constants of this file
    f"""SELECT count(*) FILTER (WHERE completed_on > current_date - 365),
            count(*) FILTER (WHERE presented_on > current_date - 365),
            count(*) FILTER (WHERE closed_on > current_date - 365),
            count(*) FILTER (WHERE presented_on IS NULL AND closed_on IS NULL AND completed_on <= current_date)
        FROM cases_returnee WHERE unit_id = ANY(%(units)s) AND {KEPT}""",  # nosec B608 # constants of this file
    f"""WITH span AS MATERIALIZED (
        SELECT greatest(p.since, r.presented_on) AS f,
            least(coalesce(p.until, 'infinity'), coalesce(r.closed_on - 1, 'infinity')) AS t
        FROM cases_placement p JOIN cases_returnee r ON r.id = p.returnee_id
        WHERE p.unit_id = ANY(%(units)s) AND r.presented_on IS NOT NULL AND r.{KEPT}
    ) SELECT d::date, (SELECT count(*) FROM span WHERE d BETWEEN f AND t)
    FROM generate_series(current_date - interval '23 month', current_date, interval '1 month') d""",  # nosec B608 # constants of this file
]
HELD = f"""cases_placement p JOIN cases_returnee r
    ON r.id = p.returnee_id AND r.{KEPT} AND p.unit_id = ANY(%(units)s)"""
DATED = (
    ("cases_trainingreferral", "referred_on"),
    ("cases_jobreferral", "referred_on"),
    ("cases_jobreferral", "started_on"),
    ("cases_loan", "paid_out_on"),
    ("cases_administrativeviolation", "act_on"),
    ("cases_crime", "act_on"),
    ("cases_recidivismfinding", "found_on"),
    ("cases_expungement", "confirmed_on"),
)
MOMENTS = ", ".join(
    f"""count(*) FILTER (WHERE r.{day} BETWEEN %(f)s AND %(t)s
        AND r.{day} BETWEEN p.since AND coalesce(p.until, 'infinity'))"""
    for day in ("completed_on", "presented_on", "closed_on")
)
AT_THE_END = """p.since <= %(t)s AND (p.until IS NULL OR p.until >= %(t)s)
    AND r.presented_on <= %(t)s AND (r.closed_on IS NULL OR r.closed_on > %(t)s)"""
REPORT = [
    f"""SELECT p.unit_id, a.kind, a.detail, count(*) FROM {HELD}
        JOIN cases_activityentry e ON e.returnee_id = r.id AND e.outcome IN ('met', 'family') AND e.{KEPT}
        JOIN cases_activity a ON a.id = e.activity_id AND a.{KEPT} AND a."on" BETWEEN %(f)s AND %(t)s
            AND a."on" BETWEEN p.since AND coalesce(p.until, 'infinity') GROUP BY 1, 2, 3""",  # nosec B608 # constants of this file
    f"""SELECT g.unit_id, count(DISTINCT g.id), count(*) FILTER (WHERE t.present)
        FROM cases_groupmeeting g JOIN cases_attendance t ON t.meeting_id = g.id
        WHERE g.{KEPT} AND g.attendance_taken_at IS NOT NULL AND g.unit_id = ANY(%(units)s)
            AND g."on" BETWEEN %(f)s AND %(t)s GROUP BY 1""",  # nosec B608 # constants of this file
    f"SELECT p.unit_id, {MOMENTS}, count(*) FILTER (WHERE {AT_THE_END}) FROM {HELD} GROUP BY 1",  # nosec B608 # constants of this file
    *[
        f"""SELECT p.unit_id, count(DISTINCT x.returnee_id), count(*) FROM {HELD}
            JOIN {table} x ON x.returnee_id = r.id AND x.{KEPT} AND x.{day} BETWEEN %(f)s AND %(t)s
            AND x.{day} BETWEEN p.since AND coalesce(p.until, 'infinity') GROUP BY 1"""  # nosec B608 # constants of this file
        for table, day in DATED
    ],
    f"""SELECT p.unit_id, coalesce(letter, '-'), count(*) FROM {HELD} LEFT JOIN LATERAL (
            SELECT "group" AS letter FROM cases_assessment a WHERE a.returnee_id = r.id AND {KEPT}
            AND approved_on <= %(t)s ORDER BY "on" DESC, id DESC LIMIT 1
        ) x ON true WHERE {AT_THE_END} GROUP BY 1, 2""",  # nosec B608 # constants of this file
]
LEANLY = "SET LOCAL jit = off"  # compiling takes longer than any of these
STATEMENTS = {"home": [HOME], "people": [PEOPLE], "dashboard": DASHBOARD, "report": REPORT}


def reader(name: str, account: BenchAccount, on: date) -> Callable[[], PageAnswer]:
    """What reads the rows of `name` in the scope of the account."""
    units = Unit.objects.standing_under(account.user.unit)
    units = Unit.objects.under(account.user.unit) if name == "report" else units
    year = on.year - 1
    values = {"units": list(units.values_list("pk", flat=True)), "me": account.user.pk}
    values |= {"f": date(year, 1, 1), "t": date(year, 12, 31)}

    def read() -> PageAnswer:
        with connection.cursor() as cursor:
            for statement in [LEANLY, *STATEMENTS[name]]:
                cursor.execute(statement, values)
                if cursor.description:
                    cursor.fetchall()
        return PageAnswer(200, b"", 0, (0, ""))

    return read
