"""Any wrong record of a case is taken back with its reason, and never deleted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cases import actions
from cases.lib.photo import read_photo
from cases.models import (
    AdministrativeViolation,
    Appointment,
    Assessment,
    Attachment,
    AuditEvent,
    Confinement,
    CourtApplication,
    Crime,
    DossierPaper,
    Expungement,
    Loan,
    Need,
    PersonalTask,
    RecidivismFinding,
    SafetyFlag,
    SensitiveNote,
    Snooze,
    TrainingReferral,
)
from cases.views.casefile.withdrawal import WITHDRAWABLE
from tests.makers import (
    TODAY,
    make_activity,
    make_employer,
    make_group,
    make_judgment,
    make_meeting,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
)
from tests.pictures import jpeg

SMALLEST = {
    "administrative": lambda facts: AdministrativeViolation(**facts, act_on=TODAY, behaviour="Gây rối"),
    "crime": lambda facts: Crime(**facts, act_on=TODAY, offence="Trộm", severity=1, stage="reported"),
    "confinement": lambda facts: Confinement(**facts, kind="reformatory", begun_on=TODAY),
    "recidivism": lambda facts: RecidivismFinding(
        **facts, kind="recidivism", court="TAND", judgment_number="1", found_on=TODAY
    ),
    "need": lambda facts: Need(**facts, pathway="work", text="Việc làm", state_on=TODAY),
    "safety": lambda facts: SafetyFlag(**facts, kind="threatened", reason="Bị dọa đánh", since=TODAY),
    "assessment": lambda facts: Assessment(**facts, group="B", on=TODAY, reason="Chưa có việc"),
    "appointment": lambda facts: Appointment(**facts, kind="encouragement", on=TODAY),
    "snooze": lambda facts: Snooze(**facts, duty="contact", since=TODAY, until=TODAY, reason="Đi xa"),
    "expungement": lambda facts: Expungement(**facts, evidence="vneid", evidence_on=TODAY),
    "court": lambda facts: CourtApplication(**facts, court="TAND tỉnh", filed_on=TODAY),
    "dossier": lambda facts: DossierPaper(**facts, code="HCD-02", on=TODAY),
    "training": lambda facts: TrainingReferral(**facts, course="Hàn", referred_on=TODAY),
    "loan": lambda facts: Loan(**facts, lender="NHCSXH", amount=5_000_000, requested_on=TODAY),
}


def note(person, an):
    make_group(returnee=person, lead=an)
    return actions.sensitive_note.write(entry=SensitiveNote(returnee=person, text="Chỉ nói ở đây"), by=an)


def picture(person, an):
    row = Attachment(returnee=person, paperwork=make_paperwork(returnee=person, by=an))
    return actions.attachment.attach(attachment=row, photo=read_photo(jpeg()), by=an)


def task(person, an):
    return actions.task.add(task=PersonalTask(returnee=person, text="Gọi lại", due_on=TODAY), by=an)


MADE = {
    "note": note,
    "attachment": picture,
    "task": task,
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
    assert client.post(url, {"reason": "Lần nữa"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_reason == "Nhập nhầm người"


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


def test_whatever_is_taken_back_twice_by_a_double_tap_says_so_and_stays_taken_back_once(an, anh, signed_in):
    person, client, chief = make_returnee(by=an), signed_in(an), signed_in(anh)
    need = actions.row.add(row=Need(returnee=person, pathway="work", text="Việc làm", state_on=TODAY), by=an)
    put_off = {"duty": "contact", "since": TODAY, "until": TODAY + timedelta(days=7), "reason": "Đi làm xa"}
    snoozed = actions.activity.snooze(returnee=person, by=an, **put_off)
    steps = [
        (client, reverse("row-withdraw", args=["need", need.pk])),
        (client, reverse("activity-withdraw", args=[make_activity(person, by=an).pk])),
        (client, reverse("snooze-lift", args=[snoozed.pk])),
        (chief, reverse("returnee-withdraw", args=[person.pk])),
    ]
    for visitor, url in steps:
        first, second = (visitor.post(url, {"reason": "Ghi nhầm"}) for _time in range(2))
        assert (first.status_code, second.status_code, second.url) == (302, 302, first.url), url
        assert "Trước đó đã rút" in [str(said) for said in get_messages(second.wsgi_request)][-1]

    assert AuditEvent.objects.filter(verb__endswith=".withdrawn").count() == len(steps)


def test_what_another_has_taken_back_is_not_found(an, anh, signed_in):
    need = actions.row.add(row=Need(returnee=make_returnee(by=an), pathway="work", text="X", state_on=TODAY), by=an)
    actions.row.withdraw(row=need, by=an, reason="Ghi nhầm")

    assert signed_in(anh).post(reverse("row-withdraw", args=["need", need.pk]), {"reason": "X"}).status_code == 404
