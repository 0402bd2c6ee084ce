from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cases import actions
from cases.models import Appointment, AuditEvent, Returnee, Transfer, TransferStep
from cases.reports.work.duties import duties_for
from tests.makers import (
    TODAY,
    make_accepted,
    make_group,
    make_judgment,
    make_paperwork,
    make_referral,
    make_returnee,
    make_succession,
    make_transfer,
    make_unit,
    make_user,
)

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def person(an):
    return make_returnee(by=an, hamlet="Thôn Nam Tân", address="Số 5")


def test_a_file_changes_hands_only_when_it_is_accepted(person, an, binh, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    before = Returnee.objects.get(pk=person.pk).unit
    make_accepted(transfer=transfer, by=binh)

    assert before == units.nam_da
    person.refresh_from_db()
    assert person.unit == units.krong_no
    assert [(row.unit, row.until) for row in person.placements.all()] == [
        (units.nam_da, YESTERDAY),
        (units.krong_no, None),
    ]
    assert [step.kind for step in transfer.steps.all()] == ["proposed", "accepted"]
    assert transfer.accepted_on == TODAY


def test_the_new_home_is_written_and_the_old_address_forgotten(person, an, binh, units):
    make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an, hamlet="Bon Broih"), by=binh)

    person.refresh_from_db()
    assert (person.hamlet, person.address) == ("Bon Broih", "")


def test_what_is_due_moves_along_and_the_receiving_unit_forms_the_group(person, an, binh, units):
    make_group(returnee=person, lead=an)
    make_paperwork(returnee=person, by=an)
    make_referral(returnee=person, by=an)
    appointment = Appointment(returnee=person, kind="encouragement", on=TODAY + timedelta(days=2))
    actions.row.add(row=appointment, by=an)

    make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an), by=binh)

    person = Returnee.objects.with_facts().get(pk=person.pk)
    assert {duty.kind.value for duty in duties_for(person, binh, TODAY)} >= {"appointment", "paperwork", "group"}
    assert duties_for(person, an, TODAY) == []
    assert person.lead_id is None
    make_group(returnee=person, lead=binh, since=TODAY)
    assert "group" not in {duty.kind.value for duty in duties_for(person, binh, TODAY)}


def test_the_holder_hands_over_what_another_commune_asks_for(person, an, anh, binh, units):
    asked = Transfer(
        returnee=person,
        to_unit=units.krong_no,
        number="067085000123",
        on=TODAY,
        reason="Đang ở xã tôi",
        sender_name="Bình",
        sender_phone="0912345678",
    )
    actions.transfer.request(transfer=asked, on=TODAY, by=binh)
    make_accepted(transfer=asked, by=anh)

    person.refresh_from_db()
    assert person.unit == units.krong_no
    assert asked.from_unit == units.nam_da


def test_sent_twice_or_from_two_tabs_it_is_done_once(person, an, binh, units):
    uid = uuid4()
    first = make_transfer(returnee=person, to_unit=units.krong_no, by=an, uid=uid)
    again = make_transfer(returnee=person, to_unit=units.krong_no, by=an, uid=uid)
    other_tab = Transfer.objects.get(pk=first.pk)
    make_accepted(transfer=first, by=binh)
    make_accepted(transfer=other_tab, by=binh)

    assert again.pk == first.pk
    assert person.placements.count() == 2
    assert TransferStep.objects.count() == 2
    assert AuditEvent.objects.filter(verb="transfer.accepted").count() == 1


def test_whoever_comes_second_reads_what_the_first_did(person, an, binh, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    stale = Transfer.objects.get(pk=transfer.pk)
    actions.transfer.withdraw(transfer=transfer, reason="Nhầm xã", on=TODAY, by=an)

    with pytest.raises(ValidationError, match="Lê Văn An"):
        make_accepted(transfer=stale, by=binh)
    with pytest.raises(ValidationError, match="Lê Văn An"):
        actions.transfer.refuse(transfer=stale, reason="Không ở đây", on=TODAY, by=binh)
    person.refresh_from_db()
    assert person.unit == units.nam_da


def test_after_a_refusal_it_can_be_offered_again(person, an, binh, units):
    first = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    with pytest.raises(ValidationError):
        make_transfer(returnee=person, to_unit=units.dak_sak, by=an)
    actions.transfer.refuse(transfer=first, reason="Không ở xã tôi", on=TODAY, by=binh)

    assert make_transfer(returnee=person, to_unit=units.dak_sak, by=an).is_open
    assert first.steps.last().reason == "Không ở xã tôi"


def test_no_answer_without_its_reason(person, an, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)

    for step in (actions.transfer.refuse, actions.transfer.withdraw):
        with pytest.raises(ValidationError):
            step(transfer=transfer, reason=" ", on=TODAY, by=an)


def test_days_and_units_that_cannot_be_are_refused(person, an, binh, units):
    since = person.completed_on
    with pytest.raises(ValidationError):
        make_transfer(returnee=person, to_unit=units.krong_no, by=an, on=since)
    for wrong in (units.nam_da, units.cluster):
        with pytest.raises(ValidationError):
            make_transfer(returnee=person, to_unit=wrong, by=an)
    later = make_transfer(returnee=person, to_unit=units.krong_no, by=an, on=TODAY + timedelta(days=4))
    with pytest.raises(ValidationError):
        make_accepted(transfer=later, by=binh)


def test_a_file_closed_meanwhile_stays(person, an, binh, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    actions.returnee.close(returnee=person, on=TODAY, reason="died", by=an)

    with pytest.raises(ValidationError):
        make_accepted(transfer=transfer, by=binh)
    assert not Transfer.objects.pending().exists()


def test_a_receiver_merged_meanwhile_takes_over_in_its_successor(person, an, units, em):
    small = make_unit(kind="commune", code="24999", name="Xã nhỏ", parent=units.province)
    transfer = make_transfer(returnee=person, to_unit=small, by=an)
    make_succession(small, units.dak_sak, on=YESTERDAY)
    chief = make_user("chief", "Mai Văn Sáu", "chief", units.dak_sak)
    assert Transfer.objects.pending().answered_by(chief.units()).get() == transfer
    make_accepted(transfer=Transfer.objects.get(pk=transfer.pk), by=chief)

    person.refresh_from_db()
    assert person.unit == units.dak_sak


def test_the_sheet_is_kept_as_it_was_and_names_no_offence(person, an, binh, units):
    make_judgment(returnee=person, by=an, name="Cướp giật tài sản")
    make_group(returnee=person, lead=an, members=[("women", "Chị Lan")])
    transfer = make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an), by=binh)
    make_paperwork(returnee=Returnee.objects.get(pk=person.pk), by=binh)

    sheet = transfer.steps.last().sheet
    assert sheet["lead"] == "Lê Văn An"
    assert sheet["helpers"][0].startswith("Chị Lan")
    assert "Cướp" not in str(sheet)
    assert sheet["due"] == TransferStep.objects.get(kind="accepted").sheet["due"]
    assert len(sheet["due"]) == 2


def test_steps_are_never_changed(person, an, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)
    step = transfer.steps.get()

    for wrong in (step.save, step.delete, TransferStep.objects.all().delete):
        with pytest.raises(TypeError):
            wrong()
    if connection.vendor == "postgresql":
        for sql in ("UPDATE cases_transferstep SET reason = 'x'", "DELETE FROM cases_transferstep"):
            with pytest.raises(Exception, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


@pytest.mark.parametrize(
    "wrong",
    [{"state": "accepted"}, {"accepted_on": TODAY}, {"sender_phone": ""}, {"reason": ""}, {"number": "067085000123"}],
    ids=str,
)
def test_the_database_refuses_a_transfer_that_cannot_be(wrong, person, an, units):
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an)

    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(to_unit=units.nam_da)
