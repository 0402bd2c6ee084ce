"""The facts of a person are kept beside them by triggers, on both engines; what stands already is counted once.

PostgreSQL's run once a statement over all its rows, so that a load of many rows pays once; SQLite has only triggers of
a row. Both count anew with the same statements. On PostgreSQL the rows of the people are locked first, in order: what
is counted is counted after everybody else's commit, and two writers never wait for each other in a ring.
"""

from django.db import migrations

MET = "e.withdrawn_at IS NULL AND a.withdrawn_at IS NULL AND e.outcome IN ('met', 'family')"
ENTRIES = "cases_activityentry e JOIN cases_activity a ON a.id = e.activity_id"
HELPED = "JOIN cases_activity_organisations o ON o.activity_id = a.id"

# --- counted anew; {among} names the people ---

CONTACTS = [
    f"""UPDATE cases_currentfacts SET last_contact_on = (
            SELECT MAX(a."on") FROM {ENTRIES} WHERE e.returnee_id = cases_currentfacts.returnee_id AND {MET}
        ) WHERE returnee_id {{among}}""",
    "DELETE FROM cases_lastcontact WHERE returnee_id {among}",
    f"""INSERT INTO cases_lastcontact (returnee_id, organisation_id, "on")
        SELECT e.returnee_id, o.organisation_id, MAX(a."on") FROM {ENTRIES} {HELPED}
        WHERE e.returnee_id {{among}} AND {MET} GROUP BY e.returnee_id, o.organisation_id""",
]
ASSESSMENTS = [
    """UPDATE cases_currentfacts SET ("group", group_on) = (
            SELECT s."group", s."on" FROM cases_assessment s
            WHERE s.returnee_id = cases_currentfacts.returnee_id AND s.withdrawn_at IS NULL AND s.approved_on IS NOT NULL
            ORDER BY s."on" DESC, s.id DESC LIMIT 1
        ), last_assessed_on = (
            SELECT MAX(s."on") FROM cases_assessment s
            WHERE s.returnee_id = cases_currentfacts.returnee_id AND s.withdrawn_at IS NULL
        ) WHERE returnee_id {among}""",
]
LEADS = [
    """UPDATE cases_currentfacts SET lead_id = (
            SELECT MAX(g.lead_id) FROM cases_helpergroup g
            WHERE g.returnee_id = cases_currentfacts.returnee_id AND g.until IS NULL
        ) WHERE returnee_id {among}""",
]
HANDOVERS = [
    """UPDATE cases_currentfacts SET taken_over_on = (
            SELECT MAX(p.since) FROM cases_placement p
            WHERE p.returnee_id = cases_currentfacts.returnee_id AND p.until IS NULL AND p.reason = 'transfer'
        ) WHERE returnee_id {among}""",
]
VERDICTS = [
    """UPDATE cases_currentfacts SET verdict_id = (
            SELECT MAX(v.id) FROM cases_verdict v WHERE v.returnee_id = cases_currentfacts.returnee_id
        ) WHERE returnee_id {among}""",
]

# --- everybody at once, for a database that has people already ---

FILL = [
    "DELETE FROM cases_lastcontact",
    "DELETE FROM cases_currentfacts",
    f"""INSERT INTO cases_currentfacts
            (returnee_id, last_contact_on, verdict_id, "group", group_on, last_assessed_on, lead_id, taken_over_on)
        SELECT r.id, met.last_on, said.last_id, judged."group", judged."on", assessed.last_on, led.lead_id, came.since
        FROM cases_returnee r
        LEFT JOIN (SELECT e.returnee_id, MAX(a."on") AS last_on FROM {ENTRIES} WHERE {MET} GROUP BY e.returnee_id) met
            ON met.returnee_id = r.id
        LEFT JOIN (SELECT returnee_id, MAX(id) AS last_id FROM cases_verdict GROUP BY returnee_id) said
            ON said.returnee_id = r.id
        LEFT JOIN (
            SELECT returnee_id, MAX("on") AS last_on FROM cases_assessment
            WHERE withdrawn_at IS NULL GROUP BY returnee_id
        ) assessed ON assessed.returnee_id = r.id
        LEFT JOIN (
            SELECT returnee_id, "group", "on",
                ROW_NUMBER() OVER (PARTITION BY returnee_id ORDER BY "on" DESC, id DESC) AS place
            FROM cases_assessment WHERE withdrawn_at IS NULL AND approved_on IS NOT NULL
        ) judged ON judged.returnee_id = r.id AND judged.place = 1
        LEFT JOIN cases_helpergroup led ON led.returnee_id = r.id AND led.until IS NULL
        LEFT JOIN cases_placement came
            ON came.returnee_id = r.id AND came.until IS NULL AND came.reason = 'transfer'""",
    CONTACTS[2].format(among="IS NOT NULL"),
]

# --- PostgreSQL ---

LOCKED = "PERFORM 1 FROM cases_currentfacts WHERE returnee_id = ANY (people) ORDER BY returnee_id FOR NO KEY UPDATE;"
NOBODY = "IF people IS NULL THEN RETURN NULL; END IF;"


def recount(statements):
    return "".join(f"{statement.format(among='= ANY (people)')};\n" for statement in statements)


def function(name, body):
    return f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people bigint[];
BEGIN
{body}
RETURN NULL;
END $$"""


def of_changed(table, statements):
    """Where rows of few people change: whoever they were about, and are about now, is counted anew."""
    return function(
        f"{table}_keeps_facts",
        f"""IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT returnee_id) INTO people FROM new_rows;
ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT returnee_id) INTO people FROM old_rows;
ELSE
    SELECT array_agg(DISTINCT returnee_id) INTO people
    FROM (SELECT returnee_id FROM old_rows UNION SELECT returnee_id FROM new_rows) both_rows;
END IF;
{NOBODY}
{LOCKED}
{recount(statements)}""",
    )


LATER = """UPDATE cases_currentfacts f SET last_contact_on = s.last_on
FROM (SELECT e.returnee_id, MAX(a."on") AS last_on FROM {rows} WHERE {met} GROUP BY e.returnee_id) s
WHERE f.returnee_id = s.returnee_id AND (f.last_contact_on IS NULL OR f.last_contact_on < s.last_on);"""
LATER_BY = """INSERT INTO cases_lastcontact AS known (returnee_id, organisation_id, "on")
SELECT e.returnee_id, o.organisation_id, MAX(a."on") FROM {rows} WHERE {met}
GROUP BY e.returnee_id, o.organisation_id
ON CONFLICT (returnee_id, organisation_id) DO UPDATE SET "on" = excluded."on" WHERE known."on" < excluded."on";"""

ADDED_ENTRIES = "new_rows e JOIN cases_activity a ON a.id = e.activity_id"
ADDED_HELP = """new_rows o JOIN cases_activity a ON a.id = o.activity_id
JOIN cases_activityentry e ON e.activity_id = a.id"""

FUNCTIONS = {
    "cases_returnee": function(
        "cases_returnee_keeps_facts",
        "INSERT INTO cases_currentfacts (returnee_id) SELECT id FROM new_rows ON CONFLICT DO NOTHING;",
    ),
    # What is added can only be later than what is known: the other entries of these people are not read.
    "cases_activityentry": function(
        "cases_activityentry_keeps_facts",
        f"""IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT returnee_id) INTO people FROM new_rows
    WHERE withdrawn_at IS NULL AND outcome IN ('met', 'family');
    {NOBODY}
    {LOCKED}
    {LATER.format(rows=ADDED_ENTRIES, met=MET)}
    {LATER_BY.format(rows=f"{ADDED_ENTRIES} {HELPED}", met=MET)}
    RETURN NULL;
ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT returnee_id) INTO people FROM old_rows;
ELSE
    SELECT array_agg(DISTINCT person) INTO people
    FROM old_rows b JOIN new_rows n ON n.id = b.id, LATERAL (VALUES (b.returnee_id), (n.returnee_id)) AS either (person)
    WHERE (b.returnee_id, b.activity_id, b.outcome, b.withdrawn_at)
        IS DISTINCT FROM (n.returnee_id, n.activity_id, n.outcome, n.withdrawn_at);
END IF;
{NOBODY}
{LOCKED}
{recount(CONTACTS)}""",
    ),
    "cases_activity": function(
        "cases_activity_keeps_facts",
        f"""SELECT array_agg(DISTINCT e.returnee_id) INTO people
FROM old_rows b JOIN new_rows n ON n.id = b.id JOIN cases_activityentry e ON e.activity_id = n.id
WHERE (b."on", b.withdrawn_at) IS DISTINCT FROM (n."on", n.withdrawn_at);
{NOBODY}
{LOCKED}
{recount(CONTACTS)}""",
    ),
    "cases_activity_organisations": function(
        "cases_activity_organisations_keeps_facts",
        f"""IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT e.returnee_id) INTO people FROM {ADDED_HELP} WHERE {MET};
    {NOBODY}
    {LOCKED}
    {LATER_BY.format(rows=ADDED_HELP, met=MET)}
    RETURN NULL;
ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT e.returnee_id) INTO people
    FROM old_rows o JOIN cases_activityentry e ON e.activity_id = o.activity_id;
ELSE
    SELECT array_agg(DISTINCT e.returnee_id) INTO people
    FROM (SELECT activity_id FROM old_rows UNION SELECT activity_id FROM new_rows) o
    JOIN cases_activityentry e ON e.activity_id = o.activity_id;
END IF;
{NOBODY}
{LOCKED}
{recount(CONTACTS)}""",
    ),
    "cases_verdict": of_changed("cases_verdict", VERDICTS),
    "cases_assessment": of_changed("cases_assessment", ASSESSMENTS),
    "cases_helpergroup": of_changed("cases_helpergroup", LEADS),
    "cases_placement": of_changed("cases_placement", HANDOVERS),
}
SEEN = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
# Rows of an activity go before it does; a verdict is never changed or deleted.
EVENTS = {"cases_returnee": ["INSERT"], "cases_activity": ["UPDATE"], "cases_verdict": ["INSERT"]}

ON_POSTGRESQL = {
    f"{table}_{event.lower()}_facts": f"""CREATE TRIGGER {table}_{event.lower()}_facts AFTER {event} ON {table}
        REFERENCING {SEEN[event]} FOR EACH STATEMENT EXECUTE FUNCTION {table}_keeps_facts()"""
    for table in FUNCTIONS
    for event in EVENTS.get(table, SEEN)
}

# --- SQLite ---


def trigger(event, table, statements, among):
    body = "".join(f"{statement.format(among=among)};\n" for statement in statements)
    return f"AFTER {event} ON {table} BEGIN\n{body}END"


def of_person(table, statements, columns):
    return {
        f"{table}_insert_facts": trigger("INSERT", table, statements, "= NEW.returnee_id"),
        f"{table}_update_facts": trigger(
            f"UPDATE OF returnee_id, {columns}", table, statements, "IN (OLD.returnee_id, NEW.returnee_id)"
        ),
        f"{table}_delete_facts": trigger("DELETE", table, statements, "= OLD.returnee_id"),
    }


def in_activity(*rows):
    ids = ", ".join(f"{row}.activity_id" for row in rows)
    return f"IN (SELECT returnee_id FROM cases_activityentry WHERE activity_id IN ({ids}))"


LATER_ON_SQLITE = f"""UPDATE cases_currentfacts
SET last_contact_on = (SELECT a."on" FROM cases_activity a WHERE a.id = NEW.activity_id)
WHERE returnee_id = NEW.returnee_id AND NEW.withdrawn_at IS NULL AND NEW.outcome IN ('met', 'family') AND EXISTS (
    SELECT 1 FROM cases_activity a WHERE a.id = NEW.activity_id AND a.withdrawn_at IS NULL
    AND (last_contact_on IS NULL OR last_contact_on < a."on")
)"""
LATER_BY_ON_SQLITE = f"""INSERT INTO cases_lastcontact (returnee_id, organisation_id, "on")
SELECT e.returnee_id, o.organisation_id, a."on" FROM {ENTRIES} {HELPED} WHERE {{added}} AND {MET}
ON CONFLICT (returnee_id, organisation_id) DO UPDATE SET "on" = excluded."on" WHERE "on" < excluded."on\""""

ON_SQLITE = {
    "cases_returnee_insert_facts": trigger(
        "INSERT", "cases_returnee", ["INSERT OR IGNORE INTO cases_currentfacts (returnee_id) VALUES (NEW.id)"], ""
    ),
    **of_person("cases_activityentry", CONTACTS, "activity_id, outcome, withdrawn_at"),
    "cases_activityentry_insert_facts": trigger(
        "INSERT", "cases_activityentry", [LATER_ON_SQLITE, LATER_BY_ON_SQLITE.format(added="e.id = NEW.id")], ""
    ),
    "cases_activity_update_facts": trigger(
        'UPDATE OF "on", withdrawn_at',
        "cases_activity",
        CONTACTS,
        "IN (SELECT returnee_id FROM cases_activityentry WHERE activity_id = NEW.id)",
    ),
    "cases_activity_organisations_insert_facts": trigger(
        "INSERT", "cases_activity_organisations", [LATER_BY_ON_SQLITE.format(added="o.id = NEW.id")], ""
    ),
    "cases_activity_organisations_update_facts": trigger(
        "UPDATE", "cases_activity_organisations", CONTACTS, in_activity("OLD", "NEW")
    ),
    "cases_activity_organisations_delete_facts": trigger(
        "DELETE", "cases_activity_organisations", CONTACTS, in_activity("OLD")
    ),
    "cases_verdict_insert_facts": trigger("INSERT", "cases_verdict", VERDICTS, "= NEW.returnee_id"),
    **of_person("cases_assessment", ASSESSMENTS, '"group", "on", approved_on, withdrawn_at'),
    **of_person("cases_helpergroup", LEADS, "lead_id, until"),
    **of_person("cases_placement", HANDOVERS, "since, until, reason"),
}

# --- laid and taken away ---

LAY = {
    "postgresql": [*FUNCTIONS.values(), *ON_POSTGRESQL.values()],
    "sqlite": [f"CREATE TRIGGER {name} {rule}" for name, rule in ON_SQLITE.items()],
}
TAKE_AWAY = {
    "postgresql": [f"DROP FUNCTION {table}_keeps_facts() CASCADE" for table in FUNCTIONS],
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in ON_SQLITE],
}


def run(statements):
    """On PostgreSQL: SQLite's are laid when all migrations are done (cases/models/fact_triggers.py)."""

    def on_its_own(apps, schema_editor):
        for statement in statements["postgresql"] if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)  # a % in the SQL is meant as it stands

    return on_its_own


def fill(apps, schema_editor):
    for statement in FILL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_current_facts_beside_the_person")]

    operations = [
        migrations.RunPython(run(LAY), run(TAKE_AWAY)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
