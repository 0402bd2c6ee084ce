from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone


def let_slips_end(apps, schema_editor):
    """A slip that lies in an envelope on the day of the upgrade works for 72 hours more."""
    waiting = apps.get_model('cases', 'User').objects.filter(must_change_password=True)
    waiting.update(slip_until=timezone.now() + timedelta(hours=72))


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0056_the_log_is_sealed'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='slip_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='sign_in_edition',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunPython(let_slips_end, migrations.RunPython.noop),
    ]
