from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_the_ministry_stands_above_the_provinces'),
    ]

    operations = [
        migrations.AddField(
            model_name='activityentry',
            name='kept_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='activityentry',
            name='kept_kind',
            field=models.CharField(default='', editable=False, max_length=30),
        ),
        migrations.AddField(
            model_name='activityentry',
            name='kept_detail',
            field=models.CharField(default='', editable=False, max_length=10),
        ),
    ]
