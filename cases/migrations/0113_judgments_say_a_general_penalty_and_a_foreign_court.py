
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0112_hours_for_the_database_of_execution'),
    ]

    operations = [
        migrations.AddField(
            model_name='judgment',
            name='foreign_court',
            field=models.BooleanField(default=False, verbose_name='judgment of a foreign court'),
        ),
        migrations.AddField(
            model_name='judgment',
            name='general_penalty',
            field=models.BooleanField(default=False, verbose_name='general penalty of several judgments'),
        ),
    ]
