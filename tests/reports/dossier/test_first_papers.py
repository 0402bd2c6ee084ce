"""Somebody presented: within five working days the first papers lie in the dossier, and until then it is a duty."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.models import DossierPaper, Holiday
from cases.reports.dossier.first_papers import FIRST, WATCHED
from cases.reports.work.duties import duties_for
from tests.makers import TODAY, make_returnee

ON = date(2026, 8, 20)


@pytest.fixture
def person(an):
    return make_returnee(by=an, completed_on=date(2026, 8, 13), presented_on=date(2026, 8, 14))


def dossier(person, user, on=ON):
    return [duty for duty in duties_for(person, user, on) if duty.key == "dossier"]


def test_the_dossier_is_due_five_working_days_after_the_presenting_worked_saturdays_counted(person, an):
    (duty,) = dossier(person, an)
    assert (duty.number, duty.latest, duty.bucket) == (len(FIRST), date(2026, 8, 21), "week")

    Holiday.objects.filter(day=date(2026, 8, 15)).delete()
    day = {"name": "Làm bù", "kind": Holiday.Kind.WORKED, "source": "Thử", "certainty": "V"}
    Holiday.objects.create(day=date(2026, 8, 15), **day)
    (duty,) = dossier(person, an)
    assert duty.latest == date(2026, 8, 20)


def test_what_lies_in_the_dossier_is_not_asked_for_and_with_the_last_paper_the_duty_goes(person, an):
    for left, code in zip(reversed(range(len(FIRST))), sorted(FIRST), strict=True):
        actions.dossier.add_paper(paper=DossierPaper(returnee=person, code=code, on=person.presented_on), by=an)
        assert [duty.number for duty in dossier(person, an)] == [left][: bool(left)]


def test_an_old_dossier_and_who_has_not_presented_are_no_duty_and_no_helper_has_one(person, an, giang):
    assert dossier(person, an, person.presented_on + WATCHED)
    assert dossier(person, an, person.presented_on + WATCHED + timedelta(days=1)) == []
    assert dossier(person, an, person.presented_on - timedelta(days=1)) == []
    assert dossier(person, giang) == []
    assert dossier(make_returnee(by=an, full_name="Lò Văn Chờ", presented=False), an, TODAY) == []


def test_who_helps_is_proposed_within_three_working_days_and_then_no_more(person, an):
    def proposals():
        return [duty for duty in duties_for(person, an, ON) if duty.key == "proposal"]

    (duty,) = proposals()
    assert (duty.latest, duty.bucket) == (date(2026, 8, 19), "overdue")

    actions.dossier.add_paper(paper=DossierPaper(returnee=person, code="HCD-06", on=person.presented_on), by=an)
    assert proposals() == []
