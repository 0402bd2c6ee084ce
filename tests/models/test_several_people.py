"""Every kind of row that is about more than one person has its rule."""

import pytest
from django.apps import apps

from cases import actions
from cases.models import Activity, DistinctPair, Returnee
from cases.models.scope import SharedQuerySet
from tests.makers import TODAY, make_activity, make_returnee

MODELS = list(apps.get_app_config("cases").get_models())
# Not shared, each with its rule:
OF_A_UNIT = {
    "Unit": "no people's row: who is in it is asked in scope",
    "User": "an account; what it wrote is the rows' own",
    "Employer": "the commune's directory; each referral is its person's, and is shown in scope",
    "GroupMeeting": "the unit's own work, named by the unit; each attendance is its person's, and is named in scope",
    "Organisation": "a body of the 5+1",
    "ImportRun": "read by who may load for its unit; what a row says is checked in scope each time",
}


def people_of(model):
    """The ways from a row to people: its own keys, and those of the rows that hang on it."""
    own = [field.name for field in model._meta.fields if field.related_model is Returnee]
    parts = [
        relation.get_accessor_name() or f"{relation.related_model.__name__}.{relation.field.name}"
        for relation in model._meta.related_objects
        if not own
        and relation.field.name not in ("returnee", "created_by", "changed_by", "withdrawn_by")
        and any(field.related_model is Returnee for field in relation.related_model._meta.fields)
    ]
    return own, parts


def about_several():
    """Models with two keys to a person, or with rows of several people on them and no person of their own."""
    for model in MODELS:
        own, parts = people_of(model)
        if model is not Returnee and (len(own) > 1 or parts):
            yield model


def test_every_row_about_several_people_is_shared_or_says_why_not():
    found = {model.__name__: model for model in about_several()}
    shared = {name for name, model in found.items() if isinstance(model.objects.all(), SharedQuerySet)}

    assert shared == {"Activity", "DistinctPair"}
    assert set(found) - shared - set(OF_A_UNIT) == set()


def test_every_shared_kind_says_which_rows_are_about_nobody_else(an):
    for model in (model for model in MODELS if isinstance(model.objects.all(), SharedQuerySet)):
        assert list(model.objects.filter(model.objects.among(Returnee.objects.all()))) == []


@pytest.fixture
def pair(an):
    return [make_returnee(by=an, full_name=name) for name in ("Hoàng Văn Một", "Lý Thị Hai")]


@pytest.mark.parametrize("away", ["sealed", "elsewhere"])
@pytest.mark.parametrize("gone", [0, 1])
def test_a_row_is_whole_only_to_who_sees_everybody_in_it(away, gone, pair, an, anh, units):
    rows = [
        make_activity(*pair, by=anh),
        actions.distinct.tell_apart(one=pair[0], other=pair[1], by=anh),
    ]

    def whole(row):
        return type(row).objects.held_by(an).filter(pk=row.pk).exists()

    assert [whole(row) for row in rows] == [True, True]
    changes = {"sealed": {"closed_on": TODAY, "close_reason": "expunged"}, "elsewhere": {"unit": units.krong_no}}[away]
    Returnee.objects.filter(pk=pair[gone].pk).update(**changes)

    assert [whole(row) for row in rows] == [False, False]
    assert [type(row).objects.changed_by(an).filter(pk=row.pk).exists() for row in rows] == [False, False]
    assert Activity.objects.visible_to(an).count() == 1  # the part of the other one
    assert DistinctPair.objects.visible_to(an).count() == 0
