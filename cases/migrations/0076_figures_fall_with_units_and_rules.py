"""Whatever changes a unit, what became of one, or the waiting periods makes the next version of what figures stand on.

Figures kept on an earlier version are shown no more (cases/models/kept_figures.py), whoever wrote the change and how.
A count that began before the change keeps what it found under the version it began on. A unit's telephone changes
nothing.
"""

from django.db import migrations

TABLES = ("cases_unit", "cases_succession", "cases_ruleversion")
OF_UNITS = ("kind", "name", "code", "valid_from", "valid_to", "parent_id", "path", "standing_id")
NEXT = """INSERT INTO cases_figuresground (id, version) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET version = cases_figuresground.version + 1"""


def columns(row):
    return ", ".join(f"{row}.{name}" for name in OF_UNITS)


FUNCTIONS = [
    f"""CREATE OR REPLACE FUNCTION cases_next_ground() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{NEXT};
RETURN NULL;
END $$""",
    f"""CREATE OR REPLACE FUNCTION cases_unit_next_ground() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF EXISTS (SELECT FROM old_rows o JOIN new_rows n ON n.id = o.id
    WHERE ({columns("o")}) IS DISTINCT FROM ({columns("n")})) THEN
{NEXT};
END IF;
RETURN NULL;
END $$""",
]
LAY = {
    "postgresql": [
        *FUNCTIONS,
        """CREATE TRIGGER cases_unit_changed_ground_facts AFTER UPDATE ON cases_unit
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION cases_unit_next_ground()""",
        *(
            f"""CREATE TRIGGER {table}_ground_facts AFTER {changes} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION cases_next_ground()"""
            for table, changes in zip(TABLES, ("INSERT OR DELETE", *["INSERT OR UPDATE OR DELETE"] * 2), strict=True)
        ),
    ],
    "sqlite": [
        f"CREATE TRIGGER {table}_{change.lower()}_ground_facts AFTER {change} ON {table} {when}BEGIN\n{NEXT};\nEND"
        for table in TABLES
        for change in ("INSERT", "UPDATE", "DELETE")
        for when in [
            " ".join(["WHEN", " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in OF_UNITS), ""])
            if (table, change) == ("cases_unit", "UPDATE")
            else ""
        ]
    ],
}
TAKE_AWAY = {
    "postgresql": [f"DROP FUNCTION {name}() CASCADE" for name in ("cases_next_ground", "cases_unit_next_ground")],
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {table}_{change}_ground_facts"
        for table in TABLES
        for change in ("insert", "update", "delete")
    ],
}


def run(statements):
    """On PostgreSQL: SQLite's are laid when all migrations are done (cases/models/fact_triggers.py)."""

    def on_its_own(apps, schema_editor):
        for statement in statements["postgresql"] if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return on_its_own


class Migration(migrations.Migration):
    dependencies = [("cases", "0075_figures_of_large_units_are_kept")]

    operations = [migrations.RunPython(run(LAY), run(TAKE_AWAY))]
