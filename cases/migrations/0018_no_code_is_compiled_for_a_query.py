"""PostgreSQL compiles no code for the queries of this database (`jit`).

It does so for what it takes to be a long query. A page asks many small questions in one statement: their costs add up
to a long one, and compiling takes longer than all of them (330 ms of 930 for the report of a province). It is kept
with the database, and so holds behind PgBouncer and on a standby. Whoever may not change the database goes without:
it costs time, nothing else.
"""

from django.db import migrations

SET = """DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I {change}', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'jit stays as it is: only the owner of a database changes its settings';
END $$"""


def change(words):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(SET.replace("{change}", words), params=None)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_parts_that_stand_take_their_day")]

    operations = [migrations.RunPython(change("SET jit = off"), change("RESET jit"))]
