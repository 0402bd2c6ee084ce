"""Two taps on one button, both under way at the same moment, make one record and no error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from cases import actions
from cases.models import AuditEvent, Employer, GroupMeeting, Need
from tests.makers import TODAY, make_returnee

UID = UUID("6f8c1f0e-1111-4222-8333-444455556666")


def need(person, by):
    row = Need(returnee=person, pathway="work", text="Việc làm", state_on=TODAY, uid=UID)
    return actions.need.record(need=row, by=by)


def meeting(person, by):
    row = GroupMeeting(unit=by.unit, on=TODAY, place="Nhà văn hóa", topic="Gặp gỡ quý", uid=UID)
    return actions.meeting.plan(meeting=row, invited=[person], by=by)


def employer(person, by):
    return actions.employment.add_employer(employer=Employer(unit=by.unit, name="Trại nấm", uid=UID), by=by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("tap", "model"), [(need, Need), (meeting, GroupMeeting), (employer, Employer)])
def test_two_taps_at_one_moment_make_one_record(tap, model, an):
    person = make_returnee(by=an)
    taps = 2 if connection.vendor == "postgresql" else 1  # a SQLite database in memory has one connection
    start = Barrier(taps)

    def tapped(_number):
        start.wait()
        made = tap(person, an)
        if taps > 1:
            connection.close()
        return made.pk

    if taps > 1:
        with ThreadPoolExecutor(taps) as pool:
            made = list(pool.map(tapped, range(2)))
    else:
        made = [tapped(number) for number in range(2)]

    assert made == [model.objects.get().pk] * 2
    assert AuditEvent.objects.filter(target_type=model._meta.model_name).count() == 1
