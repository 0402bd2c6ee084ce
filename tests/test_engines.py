"""The suite is divided between two engines: no test is left out, and what may depend on an engine runs on both."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import fields

from tests import engines
from tests.cast import USERS, make_member, make_units
from tests.makers import make_unit, make_user

HERE = Path(__file__).resolve().parent
RULES_OF_THE_DATABASE = ("models", "actions", "reports", "importing", "demo", "management", "official")


@pytest.fixture
def collected(request):
    """Every test of this run, those left to the other engine too."""
    return request.config.stash[engines.COLLECTED]


def place(item):
    return item.path.relative_to(HERE).parts[0]


def test_the_two_shares_together_are_the_whole(collected):
    halves = [set(engines.share(collected, engine)) for engine in engines.ENGINES]

    assert set.union(*halves) == set(collected)


def test_a_run_has_its_whole_share_and_without_another_engine_everything(collected, request):
    shared = request.config.getoption("share")
    ours = set(engines.share(collected, connection.vendor) if shared else collected)

    assert set(request.session.items) <= ours
    if not request.config.getoption("lf", default=False):
        assert set(request.session.items) == ours


def test_whatever_asks_for_the_database_runs_on_both_unless_it_judges_pages(collected):
    once = [item for item in collected if len(engines.engines_of(item)) == 1]

    of_pages = ("browser", *engines.PAGES)
    declared = [item for item in once if item.get_closest_marker("walk") or place(item) in of_pages]
    assert not [item.nodeid for item in set(once) - set(declared) if engines.asks_for_database(item)]
    assert not [item.nodeid for item in declared if place(item) in RULES_OF_THE_DATABASE]


def test_what_is_marked_or_knows_the_errors_of_a_database_runs_on_both_although_it_judges_pages():
    item = SimpleNamespace(
        path=HERE / "views" / "test_here.py",
        module=SimpleNamespace(),
        fixturenames=["db"],
        get_closest_marker=lambda name: None,
    )
    assert engines.engines_of(item) == {"postgresql"}

    item.module.error = IntegrityError
    assert engines.engines_of(item) == set(engines.ENGINES)
    item.module.error, item.get_closest_marker = None, lambda name: name == "both"
    assert engines.engines_of(item) == set(engines.ENGINES)


def test_what_runs_on_one_engine_never_asks_which_one_it_is(collected):
    paths = {item.path for item in collected if len(engines.engines_of(item)) == 1} - {Path(__file__)}

    named = [path for path in paths if "connection.vendor" in path.read_text(encoding="utf-8")]
    assert [path.name for path in named] == []


def test_a_test_that_hides_its_need_of_the_database_is_refused():
    hidden = SimpleNamespace(
        nodeid="hidden", fixturenames=["request"], function=stored, get_closest_marker=lambda name: None
    )

    with pytest.raises(pytest.fail.Exception, match="mark it django_db"):
        engines.refuse_unannounced(hidden)


def test_only_the_story_of_the_demo_opens_the_database_by_itself():
    opening = [path for path in HERE.rglob("*.py") if "db_blocker.unblock" in path.read_text(encoding="utf-8")]

    others = {HERE / "conftest.py", HERE / "demo" / "conftest.py", HERE / "demo" / "walk.py", Path(__file__)}
    assert set(opening) - others == set()


def stored():
    """Every row of the application, by its table."""
    models = apps.get_app_config("cases").get_models()
    return {model: list(model._base_manager.order_by("pk").values()) for model in models}


def without_keys(tables):
    """The rows without what is of one making only: keys, stamps of time, the salt of a password."""
    kinds = (fields.AutoField, fields.UUIDField, fields.DateTimeField, fields.related.ForeignKey)
    plain = {
        model: [field.attname for field in model._meta.concrete_fields if not isinstance(field, kinds)]
        for model in tables
    }
    own = {"password", "path", "target_id", "actor_id", "unit_id", "after", "version"}
    return {
        model: [{name: row[name] for name in plain[model] if name not in own} for row in rows]
        for model, rows in tables.items()
    }


def plain_values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_cast_that_is_laid_is_the_cast_that_the_actions_make(organisations, cast):
    with transaction.atomic():
        units = make_units()
        for name in USERS:
            make_member(name, units)
        made = stored()
        transaction.set_rollback(True)

    units, *users = [cast.lay(name) for name in ("units", *USERS)]

    for one in (*vars(units).values(), *users):
        assert plain_values(one) == plain_values(type(one).objects.get(pk=one.pk))
    assert without_keys(stored()) == without_keys(made)


def test_one_laid_late_finds_its_keys_free(units, request):
    for number in range(9):
        unit = make_unit(kind="commune", code=f"9990{number}", name=f"Xã {number}", parent=units.cluster)
        make_user(f"ai{number}", f"Người {number}", "officer", unit)

    for name in USERS:
        assert request.getfixturevalue(name).username == name
