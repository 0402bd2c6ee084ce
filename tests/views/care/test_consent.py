"""By what right data goes beyond the police: written down with its day, shown where it is given, taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, Consent
from tests.makers import TODAY, make_group, make_returnee
from tests.opened import opened


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Y Bhăm Niê")


def give(person, by, **changes):
    facts = {
        "purpose": "employer",
        "basis": "consent",
        "how": "signed",
        "given_on": TODAY - timedelta(days=9),
        **changes,
    }
    return actions.consent.give(consent=Consent(returnee=person, **facts), by=by)


def test_where_a_job_is_referred_to_the_page_says_by_what_right(person, an, signed_in):
    page = reverse("referral-add", args=[person.pk])
    before = signed_in(an).get(page).content.decode()

    give(person, an)
    after = signed_in(an).get(page).content.decode()

    assert "Chưa ghi cơ sở nào" in before
    assert "Chưa ghi cơ sở nào" not in after
    assert "Người đó đồng ý".lower() in after


def test_a_group_and_a_member_are_asked_for_consent_to_tell_helpers(person, an, signed_in):
    group = make_group(returnee=person, lead=an, members=[])
    give(person, an)

    for url in (reverse("group-form", args=[person.pk]), reverse("group-member-add", args=[group.pk])):
        assert reverse("returnee-consents", args=[person.pk]) in signed_in(an).get(url).content.decode()
    assert not Consent.objects.standing(TODAY, "helper").exists()


def test_from_the_day_it_is_taken_back_it_no_longer_holds(person, an, signed_in):
    consent = give(person, an)
    url, client = reverse("consent-end", args=[consent.pk]), signed_in(an)

    assert client.post(url, {**opened(client, url), "ended_on": f"{TODAY:%d/%m/%Y}"}).status_code == 302

    consent.refresh_from_db()
    assert (consent.stands(TODAY - timedelta(days=1)), consent.stands(TODAY)) == (True, False)
    assert AuditEvent.objects.filter(verb="consent.ended", returnee_id=person.pk).exists()


@pytest.mark.parametrize("wrong", [{"how": ""}, {"basis": "law", "note": ""}])
def test_consent_says_how_and_a_law_its_article(person, an, wrong):
    with pytest.raises(ValidationError):
        give(person, an, **wrong)
    consent = give(person, an)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**{"note": "", **wrong})
