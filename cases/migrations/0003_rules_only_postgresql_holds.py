"""Overlaps, the tables that only grow, and the search index, where PostgreSQL can hold them itself.

SQLite relies on the same rules in the models and actions; reports that were sent are guarded on both.
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

# What was accepted is one of the submission's own versions.
OWN_VERSION = [
    "ALTER TABLE cases_reportversion ADD CONSTRAINT report_version_of_one UNIQUE (id, submission_id)",
    "ALTER TABLE cases_submission ADD CONSTRAINT submission_accepts_its_own "
    "FOREIGN KEY (accepted_id, id) REFERENCES cases_reportversion (id, submission_id)",
]

ON_SQLITE = {
    "report_version_never_changed": """BEFORE UPDATE ON cases_reportversion
        BEGIN SELECT RAISE(ABORT, 'Rows of cases_reportversion are never changed or deleted'); END""",
    "report_version_never_deleted": """BEFORE DELETE ON cases_reportversion
        BEGIN SELECT RAISE(ABORT, 'Rows of cases_reportversion are never changed or deleted'); END""",
    "submission_accepts_its_own": """BEFORE UPDATE OF accepted_id ON cases_submission
        WHEN NEW.accepted_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM cases_reportversion WHERE id = NEW.accepted_id AND submission_id = NEW.id
        )
        BEGIN SELECT RAISE(ABORT, 'The version accepted is of another submission'); END""",
}

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
    *OWN_VERSION,
]

BACKWARD = [
    "ALTER TABLE cases_submission DROP CONSTRAINT submission_accepts_its_own",
    "ALTER TABLE cases_reportversion DROP CONSTRAINT report_version_of_one",
    *[f"DROP TRIGGER append_only ON {table}" for table in APPEND_ONLY],
    "DROP FUNCTION cases_append_only()",
    "DROP INDEX returnee_search_trigrams",
    *[f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, *_rest in OVERLAPS],
]


def run(**statements):
    def on_its_own(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement, params=None)  # a % in the SQL is meant as it stands

    return on_its_own


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_organisations")]

    operations = [
        migrations.RunPython(
            run(postgresql=FORWARD, sqlite=[f"CREATE TRIGGER {name} {rule}" for name, rule in ON_SQLITE.items()]),
            run(postgresql=BACKWARD, sqlite=[f"DROP TRIGGER {name}" for name in ON_SQLITE]),
        )
    ]
