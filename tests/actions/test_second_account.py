"""What an administrator opens of the cases, a second account confirms."""

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.access.permissions import Permission
from cases.models import AuditEvent, Posting, Returnee, Unit, User
from cases.reports.administration.second_account import confirmers, postings_to_confirm
from tests.makers import TODAY, make_returnee, make_user, make_waiting


@pytest.fixture
def second(units, em):
    """Another administrator beside Em."""
    return make_user("hoa", "Lê Thị Hòa", "administrator", units.province)


def stored(user):
    return User.objects.get(pk=user.pk)


def reset(user, by):
    actions.user.reset_password(user=stored(user), by=by)
    return Posting.objects.get(user=user)


@pytest.mark.parametrize(
    ("role", "place"), [("chief", "nam_da"), ("reviewer", "cluster"), ("administrator", "province")]
)
def test_an_appointed_superior_may_nothing_before_a_second_account_confirms(role, place, units, em, second, an):
    make_returnee(by=an)
    posting = make_waiting(getattr(units, place), role=role, by=em)
    user = stored(posting.user)
    assert (user.role, [each for each in Permission if user.may(each)], list(user.units())) == (None, [], [])
    assert not Returnee.objects.visible_to(user).exists()

    actions.posting.confirm(posting=posting, by=second)

    assert stored(user).role == role
    assert Returnee.objects.visible_to(stored(user)).exists() == (role != "administrator")


def test_an_officer_and_a_helper_wait_for_nobody(units, em, second):
    assert make_waiting(units.nam_da, role="officer", by=em).asked_by is None


def test_a_new_slip_for_a_superior_waits_and_for_an_officer_does_not(em, second, anh, an):
    assert reset(anh, em).asked_by == em
    assert stored(anh).role is None
    assert reset(an, em).asked_by is None


def test_other_slips_for_a_list_wait_too(units, em, second):
    posting = make_waiting(units.nam_da, by=None)
    assert posting.asked_by is None

    actions.user.renew_slips(users=[posting.user], by=em)

    assert Posting.objects.get(pk=posting.pk).asked_by == em


def test_a_new_unit_waits_again(units, em, second, chi):
    posting = Posting(user=chi, unit=units.province, role="reviewer", since=TODAY)

    actions.user.appoint(posting=posting, by=em)

    assert posting.asked_by == em


def test_who_asked_and_the_person_themselves_confirm_nothing(units, em, second):
    posting = make_waiting(units.province, role="reviewer", by=em)
    for user in (em, stored(posting.user)):
        with pytest.raises(ValidationError):
            actions.posting.confirm(posting=posting, by=user)
        assert list(postings_to_confirm(user, TODAY).first) == []

    assert Posting.objects.get(pk=posting.pk).asked_by == em


def test_an_administrator_with_a_new_slip_confirms_nothing_before_being_confirmed(units, em, second):
    posting = make_waiting(units.nam_da, by=em)
    reset(second, em)

    with pytest.raises(ValidationError):
        actions.posting.confirm(posting=posting, by=stored(second))


def test_reviewers_above_confirm_and_those_beside_or_below_do_not(units, em, second, anh, chi, dung):
    posting = make_waiting(units.cluster, role="reviewer", by=em)

    found = {user.username for user in (anh, chi, dung, second) if posting in postings_to_confirm(user, TODAY).first}

    assert found == {"dung", "hoa"}
    assert {user.username for user in confirmers(posting)} == found


def test_the_nearest_above_is_named_first(units, em, second, chi, dung):
    assert confirmers(make_waiting(units.nam_da, by=em)) == [chi, dung, second]


def test_the_first_administrator_acts_alone_until_there_is_a_second(units, em):
    assert make_waiting(units.nam_da, by=em).asked_by is None
    second = make_waiting(units.province, role="administrator", by=em, username="hoa")
    assert second.asked_by is None

    assert make_waiting(units.krong_no, by=em, username="hung").asked_by == em


def test_closing_the_second_administrator_does_not_bring_that_time_back(units, em, second):
    actions.user.deactivate(user=second, by=em, on=TODAY)

    assert make_waiting(units.nam_da, by=em).asked_by == em


def test_a_slip_made_at_the_machine_waits_for_nobody(em, second):
    reset(second, em)

    assert reset(second, None).asked_by is None


def test_an_administrator_who_waits_is_not_the_one_who_stays(em, second):
    reset(second, em)

    with pytest.raises(ValidationError) as refused:
        actions.user.deactivate(user=em, by=second, on=TODAY)

    assert refused.value.code == "last_administrator"


def test_the_log_says_who_asked_and_who_confirmed_and_a_second_tap_writes_nothing(units, em, second):
    posting = make_waiting(units.nam_da, by=em)

    for _tap in range(2):
        actions.posting.confirm(posting=posting, by=second)

    row = AuditEvent.objects.get(verb="user.posting_confirmed")
    assert (row.actor, row.before, row.target_id) == ("Lê Thị Hòa", {"asked_by": "Đỗ Thị Em"}, posting.pk)
    assert Unit.objects.get(pk=row.unit_id) == units.nam_da
