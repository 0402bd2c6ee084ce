"""The seals of the log, and the log itself, only grow: on SQLite too."""

from django.db import migrations, models

TABLES = ("cases_auditevent", "cases_auditseal")  # PostgreSQL guards the log itself since 0003

ON_SQLITE = {
    f"{table}_never_{done}": f"BEFORE {what} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are never changed or deleted'); END"
    for table in TABLES
    for what, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
}
ON_POSTGRESQL = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases_auditseal "
    "FOR EACH ROW EXECUTE FUNCTION cases_append_only()"
)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ON_POSTGRESQL)
    else:
        for name, rule in ON_SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {rule}", params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER append_only ON cases_auditseal")
    else:
        for name in ON_SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0055_reading_is_in_the_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('rows', models.PositiveIntegerField()),
                ('marks', models.BinaryField()),
                ('before', models.CharField(blank=True, max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=8)),
                ('sealed_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['day', 'unit_id'],
                'constraints': [
                    models.UniqueConstraint(fields=('unit_id', 'day'), name='auditseal_of_unit_once'),
                    models.UniqueConstraint(
                        condition=models.Q(('unit_id', None)), fields=('day',), name='auditseal_of_day_once'
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name='queuedjob',
            name='kind',
            field=models.CharField(
                choices=[
                    ("workbook", "Workbook checked or loaded"),
                    ("export", "Excel file prepared"),
                    ("report", "Report counted and sent"),
                    ("units", "Changes of units whose day has come"),
                    ("verdicts", "Clean-record clocks told anew"),
                    ("custody", "Nobody without an owner"),
                    ("cleanup", "Old files and jobs deleted"),
                    ("seal", "Log sealed"),
                ],
                max_length=10,
                verbose_name='kind',
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
