"""No text is stored that a page, a search or a document cannot hold."""

from importlib import import_module

from django.apps import apps
from django.db import models
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.text import clean
from cases.models import Employer, fields
from tests.makers import make_employer

DJANGOS_OWN = {"user.password"}  # a hash
DIRTY = "Xưởng\x02 gỗ\u200b \ufffe\u202eBi\u0300nh"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    for lines in (False, True):
        assert clean(clean(text, lines=lines), lines=lines) == clean(text, lines=lines)


def test_marks_go_letters_are_composed_and_lines_stay_where_they_may():
    assert clean(DIRTY) == "Xưởng gỗ Bình"
    assert clean("a \r\n b\x00", lines=True) == "a\nb"
    assert clean("a \r\n b\x00") == "a b"


def test_every_text_of_every_model_is_a_field_that_cleans():
    plain = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, fields.CleanText | fields.JSONField)
    }

    assert plain == DJANGOS_OWN


def test_no_rule_of_the_database_is_skipped_because_fields_of_the_house_stand_in_it(db):
    """Django passes over a constraint in silence where it cannot mix the fields of its expressions."""
    asked = 0
    for model in apps.get_app_config("cases").get_models():
        for rule in model._meta.constraints:
            if getattr(rule, "condition", None) is not None:
                unnamed = rule.unnamed(model) if isinstance(rule, models.CheckConstraint) else ()
                models.Q(rule.condition).check(model()._get_field_expression_map(meta=model._meta, exclude=unnamed))
                asked += 1

    assert asked > 60


def test_whatever_way_it_is_stored_it_is_stored_clean(an):
    made = make_employer(by=an, name=DIRTY)
    Employer.objects.filter(pk=made.pk).update(trade=DIRTY)
    made.refresh_from_db()

    assert made.name == made.trade == "Xưởng gỗ Bình"


def test_a_page_and_a_search_take_control_characters(an, signed_in):
    client = signed_in(an)
    client.post(reverse("employer-add"), {"name": DIRTY, "uid": "7a4b1a52-6f0a-4d3a-9c0e-2f1f5d9b8f11"})

    assert Employer.objects.get().name == "Xưởng gỗ Bình"
    assert client.get(reverse("employer-list"), {"words": "Xưởng\x00"}).status_code == 200


def test_stored_rows_are_cleaned_and_one_that_cannot_be_is_left(an):
    made = make_employer(by=an)
    field = Employer._meta.get_field("name")
    raw = f"UPDATE {Employer._meta.db_table} SET {field.column} = %s WHERE id = %s"
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(raw, ["Gỗ\x02\u200b", made.pk])
    import_module("cases.migrations.0008_clean_texts").clean_all(apps, None)
    made.refresh_from_db()

    assert made.name == "Gỗ"
