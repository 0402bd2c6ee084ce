"""The table of roles is whole, and what has no row in it is closed."""

import re
from dataclasses import fields

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from cases.access.permissions import Permission
from cases.access.roles import EVERYBODY, NOTHING, ROLES, PostingLevel, Role, Sees, roles_that, terms, works_at
from cases.models import Posting, User
from cases.models.user import ROLE_NAMES
from cases.views.work.home import PAGES
from tests.test_access import world

__all__ = ["world"]

WORKERS = ("an", "anh", "chi", "em", "giang")
SCOPED = [model for model in apps.get_app_config("cases").get_models() if hasattr(model.objects.all(), "visible_to")]


def unknown(user, role="ghost"):
    """The user as the next request finds them, in a role the table does not know."""
    Posting.objects.filter(user=user).update(role=role)
    return User.objects.get(pk=user.pk)


def seen_by(user):
    return {model.__name__ for model in SCOPED if model.objects.visible_to(user).exists()}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_row_with_everything_in_it(role):
    assert role in ROLES, "it needs its row in ROLES, cases/access/roles.py"
    row = ROLES[role]

    assert EVERYBODY <= row.permissions <= set(Permission)
    assert (row.home in PAGES, row.sees in Sees, role in ROLE_NAMES) == (True, True, True)
    assert works_at(role, commune=True) or works_at(role, commune=False)


@pytest.mark.parametrize("role", [None, "", "ghost", "Officer"])
def test_a_role_without_a_row_is_granted_nothing(role):
    granted = {field.name: getattr(terms(role), field.name) for field in fields(NOTHING)}

    assert granted.pop("permissions") == frozenset()
    assert (granted.pop("home"), granted.pop("sees"), granted.pop("posted")) == ("", Sees.NOBODY, PostingLevel.NOWHERE)
    assert set(granted.values()) == {False}
    assert [works_at(role, commune=commune) for commune in (True, False)] == [False, False]


def test_a_question_names_the_roles_of_which_it_is_true():
    assert roles_that(lambda role: terms(role).sees == Sees.NOBODY) == [Role.ADMINISTRATOR]


@pytest.mark.walk
def test_a_role_without_a_row_sees_no_unit_and_no_person_and_may_nothing(world, request):
    users = [request.getfixturevalue(name) for name in WORKERS]
    before = set().union(*(seen_by(user) for user in users))
    ghosts = [unknown(user) for user in users]

    assert {"Returnee", "Unit", "User", "Activity", "Submission", "UnitChange", "ImportRun", "AuditEvent"} <= before
    assert [seen_by(ghost) for ghost in ghosts] == [set()] * len(WORKERS)
    assert [permission for permission in Permission for ghost in ghosts if ghost.may(permission)] == []


@pytest.mark.parametrize("model", SCOPED)
def test_of_no_table_a_role_without_a_row_asks_for_a_row(model, giang, django_assert_num_queries):
    ghost = unknown(giang)
    assert ghost.role is None

    with django_assert_num_queries(0):
        assert not model.objects.visible_to(ghost).exists()


@pytest.mark.parametrize("who", WORKERS)
def test_a_role_without_a_row_gets_a_page_that_says_so(who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    unknown(request.getfixturevalue(who))

    answer = client.get(reverse("home"))

    assert answer.status_code == 403
    assert "Hôm nay tài khoản này chưa có vị trí công tác" in answer.content.decode()
    assert "ghost" not in answer.content.decode()


def test_a_role_without_a_row_reaches_no_unit_over_a_part_that_was_divided(world, anh):
    assert type(anh.unit).objects.within_reach(anh).exists()
    ghost = unknown(anh)

    assert not type(ghost.unit).objects.within_reach(ghost).exists()


@pytest.mark.parametrize("permission", list(Permission), ids=lambda permission: permission.value)
def test_a_permission_is_held_by_a_role_and_asked_for_by_a_page(permission):
    assert any(permission in terms.permissions for terms in ROLES.values())
    paths = [path for path in (settings.BASE_DIR / "cases").rglob("*.py") if path.parent.name != "access"]
    asked = re.compile(rf"\bPermission\.{permission.name}\b")
    assert any(asked.search(path.read_text(encoding="utf-8")) for path in paths)
