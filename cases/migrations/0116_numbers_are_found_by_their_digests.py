from django.db import migrations, models


def of_those_who_have_one(name, field):
    return models.Index(fields=[field], name=name, condition=models.Q((f"{field}__isnull", False)))


class Migration(migrations.Migration):
    dependencies = [("cases", "0115_numbers_and_telephones_are_encrypted")]

    operations = [
        migrations.AddIndex("returnee", of_those_who_have_one("returnee_identity", "identity_key")),
        migrations.AddIndex("returnee", of_those_who_have_one("returnee_old_identity", "old_identity_key")),
        migrations.AddIndex("returnee", of_those_who_have_one("returnee_phone", "phone_key")),
        migrations.AddIndex("returnee", of_those_who_have_one("returnee_household_phone", "household_phone_key")),
        migrations.AddConstraint(
            "returnee",
            models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True), ("withdrawn_at__isnull", True)),
                fields=["identity_key"],
                name="returnee_one_open_file",
                violation_error_message="There is already an open file with this identity number.",
            ),
        ),
    ]
