from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, Posting, User
from tests.makers import PASSWORD, TODAY, make_group, make_returnee, make_user

WEEK = timedelta(days=7)


def post(user, unit, role="officer", since=TODAY, **facts):
    return actions.user.appoint(posting=Posting(user=user, unit=unit, role=role, since=since, **facts), by=None)


def verbs(target):
    return list(AuditEvent.objects.filter(target_id=target.pk).order_by("pk").values_list("verb", flat=True))


def leads(user, *others):
    for number in range(1 + len(others)):
        make_group(returnee=make_returnee(by=user, full_name=f"Người Thứ {number}"), lead=user)


def test_a_new_account_has_a_posting_and_must_change_its_password(em, units):
    user = User(username="moi", full_name="Nguyễn Văn Mới")

    first = actions.user.engage(user=user, posting=Posting(unit=units.nam_da, role="officer", since=TODAY), by=em)

    stored = User.objects.get(username="moi")
    assert stored.check_password(first)
    assert stored.must_change_password
    assert stored.unit == units.nam_da


def test_the_one_time_password_stands_in_no_audit_row(em, units):
    user = User(username="moi", full_name="Nguyễn Văn Mới")

    first = actions.user.engage(user=user, posting=Posting(unit=units.nam_da, role="officer", since=TODAY), by=em)

    kept = [f"{row.before}{row.after}{row.label}{row.reason}" for row in AuditEvent.objects.all()]
    assert not [row for row in kept if first in row or "password" in row.replace("must_change_password", "")]


def test_an_account_without_a_valid_posting_is_not_made_at_all(em, units):
    user = User(username="moi", full_name="Nguyễn Văn Mới")

    with pytest.raises(ValidationError):
        actions.user.engage(user=user, posting=Posting(unit=units.nam_da, role="helper", since=TODAY), by=em)

    assert not User.objects.filter(username="moi").exists()


def test_one_time_passwords_differ_and_hold_nothing_that_looks_alike():
    made = {actions.user.one_time_password() for _number in range(200)}

    assert len(made) == 200
    assert not set("".join(made)) & set("il1o0O")


def test_a_record_account_lets_nobody_in(units, em):
    user = actions.user.open_record(user=User(username="cu", full_name="Cán Bộ Cũ"), by=em)

    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_a_corrected_name_is_found_and_audited_with_both_values(an, em):
    an.full_name = "Lê Văn Ân"

    actions.user.correct(user=an, by=em)

    row = AuditEvent.objects.get(verb="user.corrected")
    assert (row.before, row.after) == ({"full_name": "Lê Văn An"}, {"full_name": "Lê Văn Ân"})
    assert User.objects.search("le van an").get() == an


def test_a_correction_that_changes_nothing_leaves_no_row(an, em):
    actions.user.correct(user=an, by=em)

    assert "user.corrected" not in verbs(an)


def test_a_reset_ends_the_old_password_and_keeps_the_authenticator(an, em):
    Authenticator.objects.create(user=an, type="totp", data={})

    first = actions.user.reset_password(user=an, by=em)

    stored = User.objects.get(pk=an.pk)
    assert stored.check_password(first)
    assert not stored.check_password(PASSWORD)
    assert stored.authenticator_set.exists()


def test_a_reset_forgets_the_authenticator_where_the_phone_is_lost(an, em):
    Authenticator.objects.create(user=an, type="totp", data={})

    actions.user.reset_password(user=an, by=em, drop_codes=True)

    assert not an.authenticator_set.exists()
    assert verbs(an)[-2:] == ["user.password_reset", "user.code_switched_off"]


def test_a_reset_without_an_authenticator_says_nothing_of_codes(an, em):
    actions.user.reset_password(user=an, by=em, drop_codes=True)

    assert "user.code_switched_off" not in verbs(an)


def test_nobody_resets_the_own_password(em):
    with pytest.raises(ValidationError):
        actions.user.reset_password(user=em, by=em)


def test_a_new_posting_ends_the_old_one_the_day_before(an, units):
    post(an, units.krong_no)

    assert [(row.unit, row.until) for row in an.postings.all()] == [
        (units.krong_no, None),
        (units.nam_da, TODAY - timedelta(days=1)),
    ]


def test_a_posting_may_not_begin_before_the_open_one(an, units):
    with pytest.raises(ValidationError, match=r"01/07/2025"):
        post(an, units.krong_no, since=an.posting.since)


def test_a_posting_may_not_overlap_one_that_has_ended(an, units, em):
    actions.user.withdraw_posting(posting=an.posting, on=TODAY, by=em)

    with pytest.raises(ValidationError) as refused:
        post(an, units.krong_no, since=TODAY)
    assert "since" in refused.value.error_dict

    assert post(an, units.krong_no, since=TODAY + timedelta(days=1)).pk


def test_who_leads_cases_is_not_posted_to_another_commune(an, units):
    leads(an)

    with pytest.raises(ValidationError):
        post(an, units.krong_no)


def test_who_leads_cases_does_not_become_an_administrator(an, units):
    leads(an)

    with pytest.raises(ValidationError):
        post(an, units.nam_da, role="administrator")


def test_who_leads_cases_may_become_chief_of_the_same_commune(an, units):
    leads(an)

    assert post(an, units.nam_da, role="chief").pk


def test_the_last_administrator_gets_no_other_role(em, units):
    with pytest.raises(ValidationError):
        post(em, units.province, role="reviewer")


def test_an_administrator_beside_another_may_get_another_role(em, units):
    make_user("hai", "Đỗ Thị Hai", "administrator", units.province)

    assert post(em, units.province, role="reviewer").pk


def test_an_administrator_may_be_posted_elsewhere_as_administrator(em, units):
    assert post(em, units.cluster, role="administrator").pk


def test_a_caseload_goes_to_a_colleague_of_the_commune(an, anh, em):
    leads(an, "two")

    assert actions.user.hand_over(user=an, to=anh, by=em) == 2
    assert actions.user.led_groups(anh).count() == 2
    assert not actions.user.led_groups(an).exists()


def test_a_caseload_does_not_go_to_another_commune(an, binh, em):
    leads(an)

    with pytest.raises(ValidationError):
        actions.user.hand_over(user=an, to=binh, by=em)


def test_a_caseload_does_not_go_to_a_closed_account_nor_to_a_helper(an, anh, giang, em):
    leads(an)
    User.objects.filter(pk=anh.pk).update(is_active=False)

    assert not actions.user.heirs(an).exists()


def test_an_account_that_leads_cases_is_not_closed(an, em):
    leads(an)

    with pytest.raises(ValidationError):
        actions.user.deactivate(user=an, by=em, on=TODAY)
    assert User.objects.get(pk=an.pk).is_active


def test_a_closed_account_has_no_open_posting(an, em):
    actions.user.deactivate(user=an, by=em, on=TODAY)

    assert [row.until for row in an.postings.all()] == [TODAY]
    assert verbs(an)[-1] == "user.deactivated"


def test_a_posting_still_to_come_ends_with_the_account(an, em, units):
    post(an, units.krong_no, since=TODAY + WEEK)

    actions.user.deactivate(user=an, by=em, on=TODAY)

    assert not an.postings.filter(until=None).exists()


def test_nobody_closes_the_own_account_nor_the_last_administrator_s(em, units):
    other = make_user("hai", "Đỗ Thị Hai", "administrator", units.province)
    with pytest.raises(ValidationError):
        actions.user.deactivate(user=em, by=em, on=TODAY)
    actions.user.deactivate(user=other, by=em, on=TODAY)

    with pytest.raises(ValidationError, match="Đỗ Thị Em"):
        actions.user.deactivate(user=em, by=other, on=TODAY)


def test_a_closed_account_opens_again_once(an, em):
    actions.user.deactivate(user=an, by=em, on=TODAY)

    actions.user.activate(user=an, by=em)
    actions.user.activate(user=an, by=em)

    assert User.objects.get(pk=an.pk).is_active
    assert verbs(an).count("user.activated") == 1
