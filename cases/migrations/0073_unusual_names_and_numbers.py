"""Names and file numbers that are written as hardly any is have indexes of their own: see cases/models/sealed_names.py.

What is looked for on every page, a day or a number of days, is then looked for in an index that holds next to nothing.
PostgreSQL's alone: on SQLite the tables are small.
"""

from django.db import migrations, models

CREATE = (
    "CREATE INDEX name_key_digits ON cases_namekey (key, returnee_id) WHERE key ~ '[0-9]' AND key LIKE '~%'",
    r"CREATE INDEX returnee_file_unusual ON cases_returnee (file_number) WHERE file_number !~ '^[A-Za-z0-9._/-]+$'",
)
DROP = ("DROP INDEX name_key_digits", "DROP INDEX returnee_file_unusual")


def run(*statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)  # a % in the SQL is meant as it stands

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("cases", "0072_sight_waits_for_a_second_account")]

    operations = [
        migrations.AddIndex(
            model_name="placement", index=models.Index(fields=["returnee", "unit"], name="placement_returnee_unit")
        ),
        migrations.RunPython(run(*CREATE), run(*DROP)),
    ]
