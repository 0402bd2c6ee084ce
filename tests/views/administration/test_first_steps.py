"""What an empty system has its administrator do first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.access.permissions import Permission
from cases.law.deadlines import DeadlineKind
from cases.law.versions import Certainty
from cases.models import AuditEvent, Backup, DeadlineVersion, LetterheadCheck, Unit
from cases.reports.administration.first_steps import first_steps
from tests.makers import TODAY, make_returnee


def states(user):
    return [step.done for step in first_steps(user, TODAY)]


def confirm_deadlines(by):
    for duty in DeadlineKind:
        version = DeadlineVersion(duty=duty, amount=5, valid_from=TODAY, source="Thông tư", certainty=Certainty.READ)
        version.stamp(by).save()


def test_an_empty_system_tells_what_is_left(em):
    assert states(em) == [True, False, False, False, False]


def test_the_list_goes_when_all_is_done(em, an, signed_in):
    client = signed_in(em)
    assert "/units/letterhead/" in client.get("/").content.decode()

    client.post(reverse("letterhead-check"))
    confirm_deadlines(em)
    make_returnee(by=an)

    assert states(em) == []
    assert "/units/letterhead/" not in client.get("/").content.decode()


def test_a_unit_without_communes_of_today_is_left_to_do(em):
    Unit.objects.communes().update(valid_to=TODAY.replace(year=2025))

    assert states(em)[0] is False


def test_a_letterhead_found_right_is_to_be_looked_at_again_when_its_words_change(em, units, signed_in):
    client = signed_in(em)
    client.post(reverse("letterhead-check"))
    assert states(em)[1] is True
    assert AuditEvent.objects.get(verb="letterheadcheck.confirmed").actor_id == em.pk

    Unit.objects.filter(pk=units.province.pk).update(name="Thành phố Lâm Đồng")
    del em.posting

    assert states(em)[1] is False
    assert LetterheadCheck.objects.count() == 1


@pytest.mark.parametrize("place", range(5))
def test_every_step_leads_to_a_page_that_the_administrator_may_open(em, place, signed_in):
    step = first_steps(em, TODAY)[place]

    address = reverse(step.route, args=step.arguments) + step.query

    assert address in signed_in(em).get("/").content.decode()
    assert signed_in(em).get(address).status_code == 200
    assert em.may(Permission.USER_MANAGE)


@pytest.mark.parametrize(
    ("age", "verified", "told"),
    [
        (None, False, "Chưa có bản sao lưu"),
        (1, True, "Đã phục hồi thử"),
        (1, False, "Chưa phục hồi thử"),
        (3, True, "mỗi đêm"),
    ],
)
def test_the_home_of_the_administrator_tells_the_last_backup(em, signed_in, age, verified, told):
    if age:
        made_at = timezone.now() - timedelta(days=age)
        Backup.objects.create(name="x", made_at=made_at, seconds=1, size=12_340_000, people=1, is_verified=verified)

    page = signed_in(em).get("/").content.decode()

    assert told in page
    assert ("12,3 MB" in page) is bool(age)
    assert ("mỗi đêm" in page) is (age != 1)
