"""PostgreSQL itself refuses to change what a unit answered about somebody announced; SQLite relies on the model."""

from django.db import migrations

FORWARD = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases_arrivalanswer "
    "FOR EACH ROW EXECUTE FUNCTION cases_append_only()"
)
BACKWARD = "DROP TRIGGER append_only ON cases_arrivalanswer"


def run(statement):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement, params=None)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_rules_only_postgresql_holds")]

    operations = [migrations.RunPython(run(FORWARD), run(BACKWARD))]
