"""The index of what is kept on an entry begins with the person: a second one of the person alone is not needed.

Apart from the filling before it, and whole: SQLite makes the table anew for it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_no_code_is_compiled_for_a_query")]

    operations = [
        migrations.AlterField(
            model_name="activityentry",
            name="returnee",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="cases.returnee",
            ),
        ),
    ]
