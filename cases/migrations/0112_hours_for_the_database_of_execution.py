
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0111_from_when_to_when_somebody_is_held'),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadlineversion',
            name='duty',
            field=models.CharField(choices=[('residence_check', 'Check of the address after a notice'), ('presenting', 'Presenting after the release'), ('helper_proposal', 'Proposal of who helps'), ('dossier', 'Dossier of the person'), ('takeover', 'Taking a file over'), ('helper_report', 'Quarterly report of the helper'), ('database', 'Entry into the database of execution'), ('loan_list', 'Monthly list of borrowers'), ('contact', 'Meeting the person'), ('assessment', 'Assessment A to D'), ('job_check_first', 'First check of a job'), ('job_check_second', 'Second check of a job'), ('job_check_third', 'Third check of a job'), ('job_check_fourth', 'Fourth check of a job'), ('paperwork_stuck', 'Paper without a step'), ('slate_warning', 'Clean slate after a warning'), ('slate_other', 'Clean slate after a fine or another sanction'), ('slate_measure', 'Clean slate after an administrative measure')], max_length=20, verbose_name='deadline'),
        ),
    ]
