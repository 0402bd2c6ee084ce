from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import actions
from cases.law.deadlines import PLAIN_WEEKS, DeadlineKind
from cases.models import DeadlineVersion
from cases.reports.administration.days_off import last_day
from cases.reports.work.duties import intervals
from tests.makers import TODAY

FROM = TODAY - timedelta(days=10)


def enter(em, **changes):
    facts = {"duty": "contact", "amount": 20, "valid_from": FROM, "source": "Thông tư thử", "certainty": "V", **changes}
    return actions.deadline_version.add(version=DeadlineVersion(**facts), by=em)


def test_a_version_holds_from_its_day_on_and_not_before(em):
    enter(em)

    assert intervals(FROM).contact_until == 20
    assert intervals(FROM - timedelta(days=1)).contact_until == 30


def test_what_began_before_keeps_its_deadline(em):
    enter(em, duty="residence_check", amount=5, valid_from=date(2026, 6, 1))

    assert last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 5, 29), PLAIN_WEEKS) == date(2026, 6, 3)
    assert last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 6, 1), PLAIN_WEEKS) == date(2026, 6, 8)


def test_of_the_day_of_the_law_itself_the_version_entered_holds(em):
    enter(em, valid_from=date(2024, 5, 1))

    assert intervals(TODAY).contact_until == 20


def test_one_version_a_day_and_within_bounds(em):
    enter(em)

    for wrong in ({}, {"valid_from": TODAY, "amount": 0}, {"valid_from": TODAY, "amount": 367}):
        with pytest.raises(ValidationError):
            enter(em, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineVersion.objects.update(amount=0)


def test_an_administrator_enters_one_once_and_everybody_reads_it(em, an, signed_in):
    client, url = signed_in(em), reverse("shared-add", args=["deadlines"])
    uid = client.get(url).context["form"]["uid"].value()
    given = {"uid": uid, "duty": "contact", "amount": "20", "valid_from": "01/02/2026", "source": "Thông tư thử"}

    wrong = client.post(url, {**given, "certainty": "V", "amount": "0"})
    for _ in range(2):
        client.post(url, {**given, "certainty": "V"})

    assert wrong.status_code == 200
    assert "Thông tư thử" in wrong.content.decode()
    assert DeadlineVersion.objects.count() == 1
    page = signed_in(an).get(reverse("rule-list")).content.decode()
    assert "Thông tư thử" in page
    assert em.full_name in page
    assert signed_in(an).post(url, given).status_code == 403
