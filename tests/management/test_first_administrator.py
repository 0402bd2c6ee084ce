"""The first account of an empty system, and what stands in for Django's own command."""

import io

import pytest
from django.core.management import CommandError, call_command

from cases.access.permissions import Permission
from cases.management.commands import first_administrator
from cases.models import AuditEvent, User
from cases.views.middleware import OPEN_WITH_FIRST_PASSWORD

SAID = {"full_name": "lê văn an", "username": "an.lv", "unit": "68"}


def printed(**options):
    out = io.StringIO()
    call_command("first_administrator", stdout=out, **options)
    return out.getvalue()


def password_on(slip):
    return next(line.rpartition(" ")[2] for line in slip.splitlines() if line.startswith("Mật khẩu dùng một lần"))


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits there and answers."""
    asked = []

    def sit(*answers):
        left = iter(answers)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr(
            first_administrator.Command, "ask", staticmethod(lambda words: asked.append(words) or next(left))
        )
        return asked

    monkeypatch.setattr("sys.stdin", io.StringIO())
    return sit


def test_the_slip_of_the_first_administrator_signs_in_and_asks_for_a_new_password(units, client):
    slip = printed(**SAID)

    assert "lê văn an" in slip.lower()
    assert "Tỉnh Lâm Đồng" in slip
    response = client.post("/sign-in/", {"login": "an.lv", "password": password_on(slip)}, follow=True)
    assert response.resolver_match.url_name in OPEN_WITH_FIRST_PASSWORD
    user = User.objects.get()
    assert user.may(Permission.USER_MANAGE)
    assert list(AuditEvent.objects.filter(actor_id=None, target_type="user").values_list("verb", flat=True)) == [
        "user.opened"
    ]


def test_a_terminal_is_asked_for_what_no_option_says(units, terminal):
    asked = terminal("Lê Văn An", "68")

    printed(username="an.lv")

    assert [words.partition(" (")[0].strip(" :") for words in asked] == ["Họ và tên", "Đơn vị"]
    assert User.objects.get().unit == units.province


def test_without_a_terminal_the_missing_option_is_named(units, terminal):
    with pytest.raises(CommandError, match="--unit"):
        printed(full_name="Lê Văn An", username="an.lv")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"username": "An Lê"}, "Tên đăng nhập:"), ({"unit": "99"}, "“99”"), ({"full_name": "12"}, "Họ và tên:")],
)
def test_what_cannot_be_is_refused_with_its_field(units, wrong, told):
    with pytest.raises(CommandError, match=told):
        printed(**{**SAID, **wrong})
    assert not User.objects.exists()


def test_where_somebody_serves_as_administrator_it_refuses_and_names_them(em):
    with pytest.raises(CommandError, match="Đỗ Thị Em"):
        printed(**SAID)
    assert User.objects.count() == 1


def test_an_administrator_whose_account_is_closed_does_not_count(em, units):
    User.objects.update(is_active=False)

    assert password_on(printed(**SAID))


def test_another_slip_for_the_only_administrator_who_forgot_the_password(em, client):
    slip = printed(new_slip="em")

    assert client.post("/sign-in/", {"login": "em", "password": password_on(slip)}).status_code == 302


def test_another_slip_is_for_administrators_alone(em, an):
    with pytest.raises(CommandError, match="“an”"):
        printed(new_slip="an")


def test_beside_the_start_it_is_silent_where_there_is_one_and_names_the_command_where_nobody_can_answer(em, terminal):
    assert printed(if_none=True) == ""

    User.objects.update(is_active=False)
    assert "manage.py first_administrator" in printed(if_none=True)


def test_createsuperuser_says_which_command_does_it(db):
    with pytest.raises(CommandError, match="manage.py first_administrator"):
        call_command("createsuperuser", username="x", noinput=True)
