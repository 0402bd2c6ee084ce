"""Columns wide enough for encrypted values, and beside each number the digest it is found by."""

from django.db import migrations, models

TEXTS = {
    "returnee": {
        "identity_number": ("identity number", 12, {"null": True}),
        "old_identity_number": ("old identity number", 9, {}),
        "phone": ("phone", 20, {}),
        "household_contact": ("contact in the household", 80, {}),
        "household_phone": ("phone of the household", 20, {}),
    },
    "groupmember": {"phone": ("phone", 20, {})},
    "arrivalanswer": {"phone": ("phone to ask", 20, {})},
    "loan": {"borrower": ("borrower, where it is a relative", 80, {})},
    "transfer": {
        "number": ("identity number asked for", 12, {}),
        "sender_phone": ("phone", 20, {"blank": False}),
    },
}
DIGESTS = ("identity_key", "old_identity_key", "phone_key", "household_phone_key")


def text(name, most, more):
    more = {"blank": True} | more
    if not more["blank"]:
        del more["blank"]
    return models.TextField(max_length=most, verbose_name=name, **more)


class Migration(migrations.Migration):
    dependencies = [("cases", "0113_judgments_say_a_general_penalty_and_a_foreign_court")]

    operations = [
        migrations.RemoveConstraint(model_name="returnee", name="returnee_one_open_file"),
        migrations.RemoveIndex(model_name="returnee", name="returnee_identity_number"),
        *[
            migrations.AddField(
                model_name="returnee", name=name, field=models.CharField(editable=False, max_length=22, null=True)
            )
            for name in DIGESTS
        ],
        *[
            migrations.AlterField(model_name=model, name=name, field=text(*told))
            for model, fields in TEXTS.items()
            for name, told in fields.items()
        ],
        # Nothing of the table changes; made anew it would lose the triggers that guard it on SQLite
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name=name, name="edition", field=models.PositiveSmallIntegerField(default=2)
                )
                for name in ("auditseal", "erasure")
            ]
        ),
    ]
