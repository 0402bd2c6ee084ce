"""What a staged row asks is stored with the question's name: until now only the successor of a split commune was asked."""

from django.db import migrations


def name_the_question(apps, schema_editor):
    rows = apps.get_model("cases", "StagedRow").objects
    for row in rows.exclude(choices=[]).iterator():
        row.choices = [["heir", row.choices]]
        row.save(update_fields=["choices"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_a_part_of_an_activity_is_withdrawn_alone")]
    operations = [migrations.RunPython(name_the_question, migrations.RunPython.noop)]
