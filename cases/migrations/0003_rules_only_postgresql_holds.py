"""Overlaps, the tables that only grow, and the search index, where PostgreSQL can hold them itself.

SQLite relies on the same rules in the models and actions.
"""

from django.db import migrations

NO_OVERLAP = """
ALTER TABLE {table} ADD CONSTRAINT {name}
EXCLUDE USING gist ({key} WITH =, daterange({since}, {until}, '[]') WITH &&)
"""

OVERLAPS = [
    ("cases_unit", "unit_code_once_a_day", "code", "valid_from", "valid_to"),
    ("cases_posting", "posting_one_a_day", "user_id", "since", "until"),
    ("cases_placement", "placement_one_owner_a_day", "returnee_id", "since", "until"),
]

APPEND_ONLY = [
    "cases_auditevent",
    "cases_verdict",
    "cases_reportversion",
    "cases_arrivalanswer",
    "cases_transferstep",
]

FORWARD = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    *[NO_OVERLAP.format(table=t, name=n, key=k, since=s, until=u) for t, n, k, s, u in OVERLAPS],
    "CREATE INDEX returnee_search_trigrams ON cases_returnee USING gin (search_text gin_trgm_ops)",
    """
    CREATE FUNCTION cases_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'Rows of % are never changed or deleted', TG_TABLE_NAME;
    END $$
    """,
    *[
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION cases_append_only()"
        for table in APPEND_ONLY
    ],
]

BACKWARD = [
    *[f"DROP TRIGGER append_only ON {table}" for table in APPEND_ONLY],
    "DROP FUNCTION cases_append_only()",
    "DROP INDEX returnee_search_trigrams",
    *[f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, *_rest in OVERLAPS],
]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)  # a % in the SQL is meant as it stands

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_organisations")]

    operations = [migrations.RunPython(run(FORWARD), run(BACKWARD))]
