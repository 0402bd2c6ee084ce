from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.models import Notice, Placement, Returnee, User
from cases.reports.people import arrivals
from cases.reports.people.custody import CustodyBreach, CustodyState, prove


def test_in_the_demo_everybody_is_in_exactly_one_state_on_every_day_asked_about(told):
    for day in (told, told - timedelta(days=40), date(2025, 6, 30), date(2022, 4, 8)):
        proof = prove(day)

        assert proof.found == [], day
        assert proof.counts[CustodyState.HELD] > 90


def test_one_is_sent_on_and_some_wait(told):
    counts = prove(told).counts

    assert counts[CustodyState.BOUNCING] == 1
    assert counts[CustodyState.PENDING] > 5
    assert Notice.objects.awaited().filter(returnee__completed_on__gt=told).count() == 2


def test_the_reviewer_s_number_is_that_of_the_proof(told):
    counts = prove(told).counts
    province = User.objects.get(username="dung")

    assert arrivals.ages(province, told).total == counts[CustodyState.PENDING] + counts[CustodyState.BOUNCING]


def test_the_command_passes_and_names_a_breach_seeded_in_the_demo(told):
    out = StringIO()
    call_command("check_everybody_held", on=f"{told}", stdout=out)
    with transaction.atomic():
        person = Returnee.objects.managed(told).first()
        Placement.objects.filter(returnee=person, until=None).update(until=told - timedelta(days=1))

        (found,) = prove(told).found
        with pytest.raises(CommandError):
            call_command("check_everybody_held", on=f"{told}", stdout=out)
        transaction.set_rollback(True)

    passed, failed, named = out.getvalue().splitlines()
    assert passed != failed
    assert (found.facts.file_number, found.breaches) == (person.file_number, [CustodyBreach.NO_PLACEMENT])
    assert named.startswith(f"{person.file_number}: ")
