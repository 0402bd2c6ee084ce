"""What was recorded before the triggers came takes its day too, a portion at a time; then the index is made.

Each portion is a transaction of its own: twenty million rows in one would hold back every cleaning of the table. Run
again after a stop it does the same to the same rows.
"""

from django.db import migrations, models, transaction
from django.db.models import Max

PORTION = 100_000
FILL = """UPDATE cases_activityentry
SET kept_on = CASE WHEN cases_activityentry.withdrawn_at IS NULL AND a.withdrawn_at IS NULL THEN a."on" END,
    kept_kind = a.kind, kept_detail = a.detail
FROM cases_activity a
WHERE a.id = cases_activityentry.activity_id AND cases_activityentry.id > %s AND cases_activityentry.id <= %s"""


def fill(apps, schema_editor):
    entries = apps.get_model("cases", "ActivityEntry")._base_manager.using(schema_editor.connection.alias)
    last = entries.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last, PORTION):
        with transaction.atomic(schema_editor.connection.alias), schema_editor.connection.cursor() as cursor:
            cursor.execute(FILL, [first, first + PORTION])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0016_a_part_takes_its_day_from_the_whole")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        migrations.AddIndex(
            model_name="activityentry",
            index=models.Index(
                fields=["returnee", "kept_on", "outcome", "kept_kind", "kept_detail"], name="entry_kept"
            ),
        ),
    ]
