"""Each part of a piece of work takes the day, kind and paper of the whole from the database itself, on both engines.

The day stands on it only while neither was withdrawn, so that "stands, in these days, of these people" is one index.
Whatever else is written into these columns is overwritten, and a part of no work is refused. On PostgreSQL the work is
locked while a part is written: a day corrected at the same moment waits for it, and then finds it.
"""

from django.db import migrations

# --- PostgreSQL ---

FUNCTIONS = [
    """CREATE OR REPLACE FUNCTION cases_activityentry_takes_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE work record;
BEGIN
SELECT "on", kind, detail, withdrawn_at INTO STRICT work FROM cases_activity WHERE id = NEW.activity_id FOR SHARE;
NEW.kept_on := CASE WHEN NEW.withdrawn_at IS NULL AND work.withdrawn_at IS NULL THEN work."on" END;
NEW.kept_kind := work.kind;
NEW.kept_detail := work.detail;
RETURN NEW;
END $$""",
    """CREATE OR REPLACE FUNCTION cases_activity_gives_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
UPDATE cases_activityentry e SET kept_on = n."on" FROM old_rows b JOIN new_rows n ON n.id = b.id
WHERE e.activity_id = n.id
    AND (b."on", b.kind, b.detail, b.withdrawn_at) IS DISTINCT FROM (n."on", n.kind, n.detail, n.withdrawn_at);
RETURN NULL;
END $$""",
]
ON_POSTGRESQL = [
    """CREATE TRIGGER cases_activityentry_day_facts BEFORE INSERT OR UPDATE ON cases_activityentry
FOR EACH ROW EXECUTE FUNCTION cases_activityentry_takes_day()""",
    """CREATE TRIGGER cases_activity_day_facts AFTER UPDATE ON cases_activity
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION cases_activity_gives_day()""",
]

# --- SQLite ---

TAKE = """UPDATE cases_activityentry SET (kept_on, kept_kind, kept_detail) = (
    SELECT CASE WHEN NEW.withdrawn_at IS NULL AND a.withdrawn_at IS NULL THEN a."on" END, a.kind, a.detail
    FROM cases_activity a WHERE a.id = NEW.activity_id
) WHERE id = NEW.id"""
GIVE = """UPDATE cases_activityentry
SET kept_on = CASE WHEN withdrawn_at IS NULL AND NEW.withdrawn_at IS NULL THEN NEW."on" END,
    kept_kind = NEW.kind, kept_detail = NEW.detail
WHERE activity_id = NEW.id"""
ON_SQLITE = {
    "cases_activityentry_insert_day_facts": f"AFTER INSERT ON cases_activityentry BEGIN\n{TAKE};\nEND",
    "cases_activityentry_update_day_facts": f"AFTER UPDATE ON cases_activityentry BEGIN\n{TAKE};\nEND",
    "cases_activity_day_facts": (
        f'AFTER UPDATE OF "on", kind, detail, withdrawn_at ON cases_activity BEGIN\n{GIVE};\nEND'
    ),
}

# --- laid, taken away, and every part at once ---

LAY = {
    "postgresql": [*FUNCTIONS, *ON_POSTGRESQL],
    "sqlite": [f"CREATE TRIGGER {name} {rule}" for name, rule in ON_SQLITE.items()],
}
TAKE_AWAY = {
    "postgresql": [
        "DROP FUNCTION cases_activityentry_takes_day() CASCADE",
        "DROP FUNCTION cases_activity_gives_day() CASCADE",
    ],
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in ON_SQLITE],
}
FILL = """UPDATE cases_activityentry
SET kept_on = CASE WHEN cases_activityentry.withdrawn_at IS NULL AND a.withdrawn_at IS NULL THEN a."on" END,
    kept_kind = a.kind, kept_detail = a.detail
FROM cases_activity a WHERE a.id = cases_activityentry.activity_id"""


def run(statements):
    """On PostgreSQL: SQLite's are laid when all migrations are done (cases/models/fact_triggers.py)."""

    def on_its_own(apps, schema_editor):
        for statement in statements["postgresql"] if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return on_its_own


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_the_day_stands_on_each_part_of_a_work")]

    operations = [migrations.RunPython(run(LAY), run(TAKE_AWAY))]
