import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_paths_to_rows_of_a_large_register'),
    ]

    operations = [
        migrations.CreateModel(
            name='CurrentFacts',
            fields=[
                ('returnee', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='facts', serialize=False, to='cases.returnee')),
                ('last_contact_on', models.DateField(editable=False, null=True)),
                ('group', models.CharField(choices=[('A', 'A – complies, stable work and surroundings'), ('B', 'B – complies, no work or a hard life'), ('C', 'C – does not comply, or risky surroundings'), ('D', 'D – in custody or compulsory measures')], editable=False, max_length=1, null=True)),
                ('group_on', models.DateField(editable=False, null=True)),
                ('last_assessed_on', models.DateField(editable=False, null=True)),
                ('taken_over_on', models.DateField(editable=False, null=True)),
                ('lead', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verdict', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.verdict')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LastContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(editable=False)),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.organisation')),
                ('returnee', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='last_contacts', to='cases.returnee')),
            ],
            options={
                'ordering': ['returnee', 'organisation'],
                'constraints': [models.UniqueConstraint(fields=('returnee', 'organisation'), name='last_contact_once')],
            },
        ),
    ]
