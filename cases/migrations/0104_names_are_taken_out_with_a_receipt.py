"""What only grows still only grows, but for a name that is taken out of a row for which a receipt stands.

The rule is the database's: without a receipt a row is refused every change as before, and with one every change but
of the columns that name people. Whether the row stands as the receipt says is proved by manage.py verify_audit.
"""

from django.db import migrations

# table, what a receipt calls its rows, columns that name people
ERASABLE = [
    ("cases_auditevent", "auditevent", ("label", "before", "after", "reason")),
    ("cases_reportversion", "reportversion", ("typed", "texts", "letter", "workbook", "reason")),
    ("cases_arrivalanswer", "arrivalanswer", ("note", "phone")),
    ("cases_transferstep", "transferstep", ("reason", "sheet")),
]
# Names of the triggers that refuse a change on SQLite, and the columns that stay
ON_SQLITE = {
    "cases_auditevent": (
        "cases_auditevent_never_changed",
        (
            *("id", "at", "actor_id", "actor", "role", "actor_unit_id", "verb", "target_type", "target_id"),
            *("returnee_id", "unit_id", "address", "device"),
        ),
    ),
    "cases_reportversion": (
        "report_version_never_changed",
        ("id", "submission_id", "number", "figures", "previous", "lines", "checksum", "made_by_id", "made_at"),
    ),
}
RECEIPTS = "cases_erasure"

FUNCTION = """
CREATE FUNCTION cases_erased_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - TG_ARGV[1]::text[] = to_jsonb(OLD) - TG_ARGV[1]::text[]
        AND EXISTS (SELECT FROM cases_erasure e WHERE e.target_type = TG_ARGV[0] AND e.target_id = OLD.id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Rows of % are never changed or deleted', TG_TABLE_NAME;
END $$
"""


def _refused(table):
    return f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are never changed or deleted'); END"


def guard(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(FUNCTION, params=None)
        for table, name, columns in ERASABLE:
            run(f"DROP TRIGGER append_only ON {table}")
            run(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
                f"EXECUTE FUNCTION cases_erased_only('{name}', '{{{','.join(columns)}}}')"
            )
        run(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {RECEIPTS} "
            "FOR EACH ROW EXECUTE FUNCTION cases_append_only()"
        )
        return
    names = {table: name for table, name, _columns in ERASABLE}
    for table, (trigger, columns) in ON_SQLITE.items():
        same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns)
        known = f"SELECT 1 FROM {RECEIPTS} WHERE target_type = '{names[table]}' AND target_id = OLD.id"
        run(f"DROP TRIGGER IF EXISTS {trigger}", params=None)
        run(
            f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} WHEN NOT ({same} AND EXISTS ({known})) {_refused(table)}",
            params=None,
        )
    for what, done in (("UPDATE", "changed"), ("DELETE", "deleted")):
        run(f"CREATE TRIGGER {RECEIPTS}_never_{done} BEFORE {what} ON {RECEIPTS} {_refused(RECEIPTS)}", params=None)


def unguard(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(f"DROP TRIGGER append_only ON {RECEIPTS}")
        for table, _name, _columns in ERASABLE:
            run(f"DROP TRIGGER append_only ON {table}")
            run(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION cases_append_only()"
            )
        run("DROP FUNCTION cases_erased_only()")
        return
    for table, (trigger, _columns) in ON_SQLITE.items():
        run(f"DROP TRIGGER {trigger}", params=None)
        run(f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} {_refused(table)}", params=None)
    for done in ("changed", "deleted"):
        run(f"DROP TRIGGER {RECEIPTS}_never_{done}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0103_files_are_kept_for_a_time'),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
