
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0108_unusual_readings_are_signed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Confinement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed at')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for withdrawal')),
                ('kind', models.CharField(choices=[('custody', 'Custody or detention'), ('education', 'Compulsory education establishment'), ('reformatory', 'Reformatory'), ('treatment', 'Compulsory drug treatment')], max_length=11, verbose_name='kind of measure')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='decision number')),
                ('begun_on', models.DateField(verbose_name='held from')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='held to')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('returnee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confinements', to='cases.returnee')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-begun_on', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='confinement_withdrawn_with_reason', violation_error_message='A withdrawn record needs a reason.'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('begun_on')), _connector='OR'), name='confinement_ends_after_begin', violation_error_message='It ended before it began.')],
            },
        ),
    ]
