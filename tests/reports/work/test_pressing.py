"""What the database says presses most of each person is what all their duties, told one by one, say."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from cases.forms.quick_log import MEETINGS
from cases.models import (
    Appointment,
    Assessment,
    DeadlineVersion,
    HelperGroup,
    JobCheck,
    JobReferral,
    Notice,
    PaperworkRequest,
    Placement,
    Returnee,
    Snooze,
    Verdict,
)
from cases.reports.work import duties, duty_lists, pressing
from tests.makers import TODAY, make_activity, make_employer

pytestmark = pytest.mark.both
PEOPLE = 70


def ago(days):
    return TODAY - timedelta(days=days)


class History:
    """Invents people and what was done with them, so that every kind of duty is there, overdue, soon and put off."""

    def __init__(self, seed, by):
        self.dice, self.by = random.Random(seed), by
        self.stamp = {"created_by": by, "changed_by": by}
        self.employer = make_employer(by=by)

    def one_of(self, *choices):
        return self.dice.choice(choices)

    def some_day(self, first, last):
        return ago(self.dice.randint(-last, -first))

    def row(self, model, person, **facts):
        row = model(returnee=person, **facts, **self.stamp)
        row.save()
        return row

    def invent(self, number):
        completed = self.some_day(-700, -1)
        presented = self.one_of(
            None, completed, min(completed + timedelta(days=9), TODAY), ago(self.dice.randint(0, 30))
        )
        person = Returnee(
            full_name=f"Người {self.one_of('An', 'Bình', 'Cường')}",
            file_number=f"PR-{number}",
            sex="male",
            born_on="1980",
            unit=self.by.unit,
            completed_on=completed,
            presents_by=self.one_of(None, completed + timedelta(days=20)),
            presented_on=presented and max(presented, completed),
            **self.stamp,
        )
        person.save()
        reason = self.one_of("intake", "transfer")
        self.row(Placement, person, unit=person.unit, since=person.completed_on, reason=reason)
        for invent in self.dice.sample((self.work, self.desk, self.notice, self.record, self.lead), 3):
            invent(person)
        return person

    def work(self, person):
        for _each in range(self.dice.randint(0, 3)):
            self.row(Appointment, person, kind="review", on=self.some_day(-40, 40))
        if self.one_of(True, False):
            make_activity(person, by=self.by, on=max(self.some_day(-60, 0), person.completed_on))
        if self.one_of(True, False):
            started = self.some_day(-220, 0)
            facts = {"referred_on": started, "accepted_on": started, "started_on": self.one_of(None, started)}
            referral = self.row(JobReferral, person, employer=self.employer, job="Thợ mộc", **facts)
            for day in self.dice.sample((7, 30, 90, 180), self.dice.randint(0, 2)):
                if referral.started_on:
                    JobCheck(referral=referral, day=day, on=TODAY, still_working=True, **self.stamp).save()

    def desk(self, person):
        needed = self.some_day(-90, 0)
        submitted = self.one_of(None, min(needed + timedelta(days=25), TODAY))
        self.row(PaperworkRequest, person, kind="identity", needed_on=needed, submitted_on=submitted)
        group, approved = self.one_of("A", "D"), self.one_of(None, TODAY)
        about = {"approved_on": approved, "approved_by": approved and self.by, "reason": "Theo dõi"}
        self.row(Assessment, person, group=group, on=self.some_day(-150, 0), **about)

    def notice(self, person):
        day = self.some_day(-20, 3)
        self.row(Notice, person, number="15/TB", dated_on=day, received_on=day, sender="Trại giam Một")

    def record(self, person):
        status = self.one_of("running", "eligible_unconfirmed", "hold")
        answer = {"route": self.one_of("court", "police"), "steps": []}
        due_on = self.some_day(-40, 120)
        Verdict(returnee=person, on=TODAY, status=status, due_on=due_on, facts={}, answer=answer, cause="review").save()

    def lead(self, person):
        since = min(person.completed_on, TODAY)
        self.row(HelperGroup, person, lead=self.by, since=since)

    def put_off(self, found):
        for duty in self.dice.sample(found, len(found) // 5):
            person = Returnee.objects.get(pk=duty.person.pk)
            self.row(Snooze, person, duty=duty.key, since=TODAY, until=TODAY + timedelta(days=60), reason="Đi vắng")


@pytest.mark.parametrize("seed", range(3))
def test_home_and_quick_log_say_of_many_what_all_their_duties_say(seed, an, monkeypatch):
    history = History(seed, an)
    for number in range(PEOPLE):
        history.invent(number)
    history.put_off(duties.duties(an, TODAY))

    for on in (TODAY, TODAY + timedelta(days=25), ago(20)):
        for mine in (False, True):
            told, entered = duties.duties(an, on, mine=mine), DeadlineVersion.objects.of_duties()
            whole = duty_lists.person_lists(duty_lists.work_lists(told))
            with monkeypatch.context() as many:
                many.setattr(duties, "FEW", 0)
                found = pressing.home_lists(an, on, mine, entered)

                assert rows_of(found) == rows_of(whole)
            assert shown_of(found) == shown_of(whole)
            assert meetings_said(an, on, mine) == meetings_told(told)
            assert sum(len(each.rows) for each in whole.values()) > PEOPLE // 4


def rows_of(lists):
    return {each.name: [row.person.pk for row in each.rows[:]] for each in lists.values()}


def shown_of(lists):
    return {
        each.name: ([duty.key for row in each.shown for duty in row.duties], each.is_cut) for each in lists.values()
    }


def meetings_told(told):
    """The day of the most pressing meeting of each person."""
    return {duty.person.pk: duty.latest for duty in reversed(told) if duty.kind in MEETINGS}


def meetings_said(user, on, mine):
    """As the database says it; SQLite is not asked."""
    people = duties.people_of(user, on, mine)
    if connection.vendor == "sqlite":
        return meetings_told(duties.duties(user, on, mine=mine))
    return {one.pk: one.meet_by for one in pressing.read_pressing(people, user, on) if one.meet_by}
