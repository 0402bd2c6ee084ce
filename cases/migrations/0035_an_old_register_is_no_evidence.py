from django.db import migrations, models

NOTES = ("Theo sổ theo dõi của xã", "From the register of the commune")  # what a load wrote beside its own evidence


def say_where_it_came_from(apps, schema_editor):
    """What was loaded from a register said it was a reply of the database, and nobody has confirmed it yet."""
    waiting = apps.get_model("cases", "Expungement").objects.filter(confirmed_on__isnull=True, evidence="database")
    waiting.filter(note__in=NOTES).update(evidence="register")


def say_database(apps, schema_editor):
    apps.get_model("cases", "Expungement").objects.filter(evidence="register").update(evidence="database")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0030_columns_of_any_sheet_and_jobs_since_unknown"),
    ]

    operations = [
        migrations.AlterField(
            model_name="expungement",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("database", "Reply of the database"),
                    ("vneid", "Shown in VNeID"),
                    ("slip_1", "Judicial record slip No. 1"),
                    ("court_decision", "Court decision"),
                    ("register", "Word of an old register"),
                ],
                max_length=15,
                verbose_name="evidence",
            ),
        ),
        migrations.RunPython(say_where_it_came_from, say_database),
        migrations.AddConstraint(
            model_name="expungement",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_on__isnull", True), models.Q(("evidence", "register"), _negated=True), _connector="OR"),
                name="expungement_confirmed_on_paper",
                violation_error_message="An old register is no evidence: name the paper that says so.",
            ),
        ),
    ]
