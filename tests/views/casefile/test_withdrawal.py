"""Any wrong record of a case is taken back with its reason, and never deleted."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import (
    AdministrativeViolation,
    Appointment,
    Assessment,
    CourtApplication,
    Crime,
    DossierPaper,
    Expungement,
    Loan,
    Need,
    RecidivismFinding,
    Snooze,
    TrainingReferral,
)
from cases.views.casefile.withdrawal import WITHDRAWABLE
from tests.makers import (
    TODAY,
    make_employer,
    make_judgment,
    make_meeting,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
)

SMALLEST = {
    "administrative": lambda facts: AdministrativeViolation(**facts, act_on=TODAY, behaviour="Gây rối"),
    "crime": lambda facts: Crime(**facts, act_on=TODAY, offence="Trộm", severity=1, stage="reported"),
    "recidivism": lambda facts: RecidivismFinding(
        **facts, kind="recidivism", court="TAND", judgment_number="1", found_on=TODAY
    ),
    "need": lambda facts: Need(**facts, pathway="work", text="Việc làm", state_on=TODAY),
    "assessment": lambda facts: Assessment(**facts, group="B", on=TODAY, reason="Chưa có việc"),
    "appointment": lambda facts: Appointment(**facts, kind="encouragement", on=TODAY),
    "snooze": lambda facts: Snooze(**facts, duty="contact", since=TODAY, until=TODAY, reason="Đi xa"),
    "expungement": lambda facts: Expungement(**facts, evidence="vneid", evidence_on=TODAY),
    "court": lambda facts: CourtApplication(**facts, court="TAND tỉnh", filed_on=TODAY),
    "dossier": lambda facts: DossierPaper(**facts, code="HCD-02", on=TODAY),
    "training": lambda facts: TrainingReferral(**facts, course="Hàn", referred_on=TODAY),
    "loan": lambda facts: Loan(**facts, lender="NHCSXH", amount=5_000_000, requested_on=TODAY),
}
MADE = {
    "judgment": lambda person, an: make_judgment(returnee=person, by=an),
    "paperwork": lambda person, an: make_paperwork(returnee=person, by=an),
    "referral": lambda person, an: make_referral(returnee=person, by=an),
    "employer": lambda person, an: make_employer(by=an),
    "meeting": lambda person, an: make_meeting(person, by=an),
    "notice": lambda person, an: make_notice(returnee=person, by=an),
}


def make(noun, person, an):
    if noun in MADE:
        return MADE[noun](person, an)
    return actions.row.add(row=SMALLEST[noun]({"returnee": person, "uid": uuid4()}), by=an)


@pytest.mark.parametrize("noun", WITHDRAWABLE)
def test_every_kind_of_record_is_withdrawn_with_a_reason_and_stays(noun, an, signed_in):
    row, client = make(noun, make_returnee(by=an), an), signed_in(an)
    url = reverse("row-withdraw", args=[noun, row.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "   "}).status_code == 200
    assert client.post(url, {"reason": "Nhập nhầm người"}).status_code == 302

    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_reason) == (an, "Nhập nhầm người")
    assert client.post(url, {"reason": "Lần nữa"}).status_code == 404


@pytest.mark.parametrize("noun", WITHDRAWABLE)
def test_another_commune_withdraws_nothing(noun, an, binh, signed_in):
    row = make(noun, make_returnee(by=an), an)

    assert signed_in(binh).post(reverse("row-withdraw", args=[noun, row.pk]), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("noun", ["returnee", "activity", "user", "auditevent"])
def test_other_nouns_are_no_address(noun, an, signed_in):
    assert signed_in(an).get(reverse("row-withdraw", args=[noun, 1])).status_code == 404


def test_what_the_chief_approved_only_a_chief_takes_back(an, anh, signed_in):
    row = make("assessment", make_returnee(by=an), an)
    actions.assessment.approve(assessment=row, on=TODAY, by=anh)
    url = reverse("row-withdraw", args=["assessment", row.pk])

    assert signed_in(an).post(url, {"reason": "x"}).status_code == 403
    assert signed_in(anh).post(url, {"reason": "Nhầm nhóm"}).status_code == 302
