import uuid
from datetime import date

from django.core.management import call_command

from cases import actions
from cases.law.duty_rules import DutyKind
from cases.models import DeadlineVersion, Notice
from cases.reports.casefile.residence import CheckRows, ResidenceCheck
from cases.reports.work.duties import duties
from cases.reports.work.duty_lists import work_lists
from tests.makers import make_notice, make_user

ON = date(2026, 11, 20)


def checks(on=ON):
    return CheckRows(Notice.objects.all(), on).found(DeadlineVersion.objects.table())


def test_three_working_days_after_the_notice_weekends_and_days_off_left_out(an):
    call_command("load_holidays", verbosity=0)
    friday = make_notice(by=an, number="1", received_on=date(2026, 11, 20), completed_on=date(2027, 1, 20))
    before_tet = make_notice(by=an, number="2", received_on=date(2026, 2, 12), completed_on=date(2027, 1, 20))

    found = checks()

    assert found[friday.returnee_id].by == date(2026, 11, 25)  # 24/11 is worked: the Code does not name it
    assert found[before_tet.returnee_id].by > date(2026, 2, 20)


def test_an_answer_ends_the_check_and_sending_on_begins_it_anew_elsewhere(an, units):
    person = make_notice(by=an, received_on=date(2026, 11, 2), completed_on=date(2026, 11, 10)).returnee
    for on, kind, named in (("2026-11-04", "confirmed", None), ("2026-11-16", "wrong_commune", units.krong_no)):
        day = date.fromisoformat(on)
        actions.arrival.answer(returnee=person, kind=kind, on=day, by=an, uid=uuid.uuid4(), named_unit=named)

    assert checks(date(2026, 11, 3))[person.pk] == ResidenceCheck(date(2026, 11, 2), date(2026, 11, 5))
    assert checks(date(2026, 11, 5)) == {}
    assert checks() == {person.pk: ResidenceCheck(date(2026, 11, 16), date(2026, 11, 19))}


def test_the_check_stands_on_the_officer_s_day_before_the_release_too(an, units):
    make_notice(by=an, received_on=date(2026, 11, 19), completed_on=date(2027, 1, 20))

    (duty,) = duties(an, ON)

    assert (duty.kind, duty.reason, duty.latest) == (DutyKind.RESIDENCE, "residence", date(2026, 11, 24))
    assert work_lists([duty]).residence == [duty]
    assert [row.kind for row in duties(make_user("huy", "Huy", "officer", units.krong_no), ON)] == []


def test_what_was_given_to_a_colleague_is_not_mine(an, anh, units):
    colleague = make_user("huy", "Huy", "officer", units.nam_da)
    notice = make_notice(by=anh, received_on=ON, completed_on=date(2026, 11, 10))
    notice.assigned_to = colleague
    actions.row.correct(row=notice, by=anh)

    assert duties(an, ON, mine=True) == []
    assert len(duties(an, ON)) == len(duties(colleague, ON, mine=True)) == 2
