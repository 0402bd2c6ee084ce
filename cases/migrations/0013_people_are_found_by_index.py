"""A search reads an index, not the register: three letters of any word, within the units of the scope.

Extensions and operator classes are PostgreSQL's alone; both extensions are trusted, so the owner of the database may
create them.
"""

from django.db import migrations, models

CREATE = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "CREATE INDEX returnee_search ON cases_returnee"
    " USING gin (unit_id, search_text gin_trgm_ops, born_on gin_trgm_ops)",
    "CREATE INDEX returnee_search_first ON cases_returnee (search_text text_pattern_ops)",
)
DROP = ("DROP INDEX returnee_search", "DROP INDEX returnee_search_first")


def run(*statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_jobs_that_left_their_request")]

    operations = [
        migrations.AddIndex(
            model_name="returnee", index=models.Index(fields=["full_name"], name="returnee_full_name")
        ),
        migrations.RunPython(run(*CREATE), run(*DROP)),
    ]
