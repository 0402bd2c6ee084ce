"""The Ministry of Public Security becomes the root of the tree: the provinces go under it, and every path with them.

A database without provinces gets it from the list of units; one whose provinces stand under something keeps that.
"""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

CODE, NAME, SINCE = "BCA", "Bộ Công an", date(2004, 1, 1)  # as in cases/official/units.csv


def put_above(apps, schema_editor):
    Unit = apps.get_model("cases", "Unit")
    provinces = Unit.objects.filter(kind="province", parent=None)
    if not provinces.exists() or Unit.objects.filter(code=CODE).exists():
        return
    searched = f" bo cong an | {CODE.lower()} > "
    top = Unit.objects.create(kind="ministry", code=CODE, name=NAME, valid_from=SINCE, search_text=searched)
    below = [f"/{pk:06d}/" for pk in provinces.values_list("pk", flat=True)]
    for path in below:
        Unit.objects.filter(path__startswith=path).update(path=Concat(Value(f"/{top.pk:06d}"), F("path")))
    provinces.update(parent=top)
    Unit.objects.filter(pk=top.pk).update(path=f"/{top.pk:06d}/", standing=top)


def take_away(apps, schema_editor):
    """Only a ministry that nothing else names goes: postings and reports would lose their unit."""
    Unit = apps.get_model("cases", "Unit")
    for top in Unit.objects.filter(kind="ministry"):
        for unit in Unit.objects.filter(path__startswith=top.path).exclude(pk=top.pk).order_by("pk"):
            Unit.objects.filter(pk=unit.pk).update(path=unit.path[len(top.path) - 1 :])
        Unit.objects.filter(parent=top).update(parent=None)
        Unit.objects.filter(pk=top.pk).update(standing=None)
        top.delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_people_are_found_by_index")]

    operations = [
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ministry", "Ministry"),
                    ("province", "Province"),
                    ("district", "District"),
                    ("cluster", "Cluster of communes"),
                    ("commune", "Commune"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.RunPython(put_above, take_away),
    ]
