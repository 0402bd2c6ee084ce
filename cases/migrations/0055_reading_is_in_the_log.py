from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0028_the_day_to_present_by_and_more_deadlines'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditevent',
            name='actor_unit_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='device',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='role',
            field=models.CharField(blank=True, db_default='', default='', max_length=15),
        ),
    ]
