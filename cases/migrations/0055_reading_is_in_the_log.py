from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0050_papers_of_the_dossier'),
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
