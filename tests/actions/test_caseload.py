import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.lib.sharing import spread
from cases.models import AuditEvent, HelperGroup, Notice
from cases.reports.work import caseload
from tests.makers import TODAY, make_group, make_notice, make_returnee, make_user


@pytest.fixture
def colleagues(units):
    return [make_user(f"officer{n}", f"Cán Bộ {n}", "officer", units.nam_da) for n in range(2)]


def lead_some(an, officer, count):
    for number in range(count):
        make_group(returnee=make_returnee(by=an, full_name=f"Người {officer.pk} {number}"), lead=officer, by=an)


def led(officer):
    return HelperGroup.objects.current().filter(lead=officer).count()


def test_each_case_goes_to_whoever_leads_fewest():
    given = spread(range(5), {"a": 3, "b": 0, "c": 1})

    assert [taker for _item, taker in given] == ["b", "b", "c", "b", "c"]
    with pytest.raises(ValueError, match="nobody"):
        spread([1], {})


def test_a_caseload_is_shared_in_one_step(an, anh, colleagues):
    first, second = colleagues
    lead_some(an, an, 5)
    lead_some(an, first, 2)

    given = actions.caseload.share_out(giver=an, takers=colleagues, by=anh)

    assert (led(an), led(first), led(second)) == (0, 4, 3)
    assert given == {first: 2, second: 3}
    assert AuditEvent.objects.filter(verb="group.lead_changed").count() == 5
    assert actions.caseload.share_out(giver=an, takers=colleagues, by=anh) == {first: 0, second: 0}


def test_nobody_of_another_commune_takes_over(an, anh, binh, colleagues):
    lead_some(an, an, 2)

    for wrong in ([binh], [*colleagues, binh], [], [an]):
        with pytest.raises(ValidationError):
            actions.caseload.share_out(giver=an, takers=wrong, by=anh)
    assert led(an) == 2


def test_a_posting_does_not_end_before_the_cases_are_handed_over(an, anh, em, colleagues):
    lead_some(an, an, 1)
    with pytest.raises(ValidationError):
        actions.user.withdraw_posting(posting=an.posting, on=TODAY, by=em)
    with pytest.raises(ValidationError):
        actions.user.deactivate(user=an, on=TODAY, by=em)

    actions.caseload.share_out(giver=an, takers=colleagues[:1], by=anh)
    actions.user.deactivate(user=an, on=TODAY, by=em)

    assert not an.is_active


def test_who_is_announced_goes_along_and_counts(an, anh, colleagues):
    first, second = colleagues
    lead_some(an, an, 1)
    lead_some(an, first, 2)
    for number in range(3):
        make_notice(by=an, full_name=f"Người Chờ {number}", assign=True)
    Notice.objects.update(assigned_to=an)

    shown = caseload.preview(anh, an, colleagues)
    given = actions.caseload.share_out(giver=an, takers=colleagues, by=anh)

    assert [(load.officer, load.now, load.after) for load in shown] == [(first, 2, 3), (second, 0, 3)]
    assert given == {first: 1, second: 3}
    assert set(Notice.objects.values_list("assigned_to", flat=True)) <= {first.pk, second.pk}
    assert caseload.preview(anh, an, colleagues)[0].after == 3
