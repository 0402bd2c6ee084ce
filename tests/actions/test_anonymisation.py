"""Letting people be forgotten: who may be, what goes, what stays; the log proves itself afterwards."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from cases import actions
from cases.lib.field_cipher import is_sealed
from cases.models import (
    ActivityEntry,
    Anonymisation,
    AuditEvent,
    AuditSeal,
    ImportedRow,
    NameKey,
    ReportVersion,
    RetentionVersion,
    Returnee,
    SensitiveNote,
    audit_seal,
)
from cases.models.number_digests import KEYS
from cases.reports.administration.audit_proof import SealProgress, breaks
from cases.reports.people import retention
from tests.makers import TODAY, after_midnight, make_activity, make_campaign, make_judgment, make_returnee, make_sent

NAME, NUMBER, PHONE = "Hoàng Thị Ngân Giang", "067185004321", "0977555123"
OTHERS_PHONE = "0977555189"
LONG_AGO = TODAY - timedelta(days=4000)
LATER = TODAY.replace(year=TODAY.year + 5, day=1)


@pytest.fixture
def rule(em):
    facts = {"ending": "died", "years": 5, "warned": 3, "valid_from": date(2020, 1, 1), "certainty": "M"}
    return actions.retention_version.add(version=RetentionVersion(**facts, source="Danh mục hồ sơ của ngành"), by=em)


def closed(by, name=NAME, **changes):
    facts = {"completed_on": LONG_AGO, "presented_on": LONG_AGO, "born_on": "1985-03-09", **changes}
    person = make_returnee(by=by, full_name=name, **facts)
    actions.returnee.close(returnee=person, on=LONG_AGO + timedelta(days=300), reason="died", by=by)
    return person


@pytest.fixture
def person(an, rule):
    return closed(an, identity_number=NUMBER, phone=PHONE, note="Sống cùng mẹ", household_contact="Mai Thị Lụa")


def forget(*people, by):
    return actions.anonymisation.anonymise(people=[each.pk for each in people], by=by, on=TODAY)


def stored(person):
    return Returnee._base_manager.get(pk=person.pk)


def test_name_numbers_and_words_go_and_days_stay(person, anh):
    forget(person, by=anh)

    now = stored(person)
    assert (now.full_name, now.identity_number, now.phone, now.note) == ("Đã ẩn danh", None, "", "")
    assert (now.born_on, now.file_number) == ("1985", f"AD-{person.pk}")
    assert (now.completed_on, now.closed_on) == (person.completed_on, person.closed_on)
    assert not NameKey.objects.filter(returnee=person).exists()


def test_nobody_is_anonymised_before_the_time_nor_where_no_rule_says_so(an, anh, rule):
    recent, other = make_returnee(by=an), make_returnee(by=an)
    actions.returnee.close(returnee=recent, on=TODAY, reason="died", by=anh)
    actions.returnee.close(returnee=other, on=TODAY - timedelta(days=9), reason="left_country", by=anh)

    for each in (recent, other, make_returnee(by=an)):
        with pytest.raises(ValidationError):
            forget(each, by=anh)
    assert not Anonymisation.objects.exists()


def test_a_chief_anonymises_nobody_of_another_commune(person, binh):
    with pytest.raises(ValidationError):
        forget(person, by=binh)


def test_it_is_in_the_log_with_actor_and_rule_and_is_done_once(person, anh, rule):
    forget(person, by=anh)

    event = AuditEvent.objects.get(verb="returnee.anonymised")
    assert (event.actor, event.reason, event.after["years"]) == (anh.full_name, rule.source, 5)
    assert NAME not in f"{event.label} {event.after}"
    with pytest.raises(ValidationError):
        forget(person, by=anh)


def test_nothing_is_written_of_somebody_forgotten(person, anh):
    forget(person, by=anh)

    with pytest.raises(ValidationError):
        actions.returnee.reopen(returnee=stored(person), by=anh, reason="Nhầm")
    with pytest.raises(ValidationError):
        actions.row.add(row=SensitiveNote(returnee=stored(person), text="x"), by=anh)


def test_what_others_wrote_keeps_its_words_without_the_name(person, an, anh):
    other = make_returnee(by=an, full_name="Y Thương", note=f"Ở cạnh nhà {NAME}, gọi 0977 555 123")

    forget(person, by=anh)

    assert stored(other).note == "Ở cạnh nhà [đã ẩn danh], gọi [đã ẩn danh]"


def test_a_text_full_of_a_short_name_fits_its_column_still(an, anh, rule):
    person = closed(an, name="Y Sa")
    longest = Returnee._meta.get_field("address").max_length
    other = make_returnee(by=an, full_name="Y Thương", address=("Y Sa, " * longest)[:longest].rstrip(", "))

    forget(person, by=anh)

    address = stored(other).address
    assert (len(address), "Y Sa" in address) == (longest, False)


def test_who_was_met_beside_them_keeps_a_whole_file(person, an, anh):
    other = make_returnee(by=an, full_name="Y Thương", completed_on=LONG_AGO, household_contact="Mai Thị Lụa")
    both = make_activity(person, other, by=an, on=LONG_AGO + timedelta(days=9), note=f"{NAME} và Y Thương làm vườn")
    before = {field.attname: getattr(stored(other), field.attname) for field in Returnee._meta.concrete_fields}

    forget(person, by=anh)

    after = {field.attname: getattr(stored(other), field.attname) for field in Returnee._meta.concrete_fields}
    both.refresh_from_db()
    assert after == before
    assert both.note == "[đã ẩn danh] và Y Thương làm vườn"
    assert ActivityEntry.objects.filter(activity=both).count() == 2


def test_a_name_that_somebody_else_bears_is_left_where_others_wrote_it(person, an, anh):
    make_returnee(by=an, full_name=NAME)
    other = make_returnee(by=an, full_name="Y Thương", note=f"Em của {NAME}")

    forget(person, by=anh)

    assert stored(other).note == f"Em của {NAME}"


def seal():
    return list(actions.audit_seal.seal_all(now=after_midnight()))


def told_by_the_log(*names):
    rows = AuditEvent.objects.values_list("label", "before", "after", "reason")
    return [name for name in names if any(name in f"{row}" for row in rows)]


def test_the_sealed_log_names_nobody_and_still_proves_itself(person, an, anh):
    make_judgment(returnee=person, by=an, note=f"Án của {NAME}")
    make_returnee(by=an, full_name="Y Thương", note=f"Bạn của {NAME}")
    seal()
    assert told_by_the_log(NAME, NUMBER, PHONE) == [NAME, NUMBER, PHONE]

    forget(person, by=anh)

    progress = SealProgress()
    assert told_by_the_log(NAME, NUMBER, PHONE) == []
    assert [each for each in breaks(progress) if each.kind != "added"] == []
    assert progress.erased >= 3


def test_a_log_sealed_before_values_were_encrypted_proves_itself_as_well(person, anh, monkeypatch):
    monkeypatch.setattr(audit_seal, "EDITION", 1)
    monkeypatch.setattr(actions.audit_seal, "EDITION", 1)
    monkeypatch.setattr(AuditSeal._meta.get_field("edition"), "_get_default", lambda: 1)
    seal()
    assert list(breaks(SealProgress())) == []

    forget(person, by=anh)

    progress = SealProgress()
    assert [each for each in breaks(progress) if each.kind != "added"] == []
    assert progress.erased >= 1
    assert told_by_the_log(NAME, NUMBER, PHONE) == []


def test_the_telephone_of_another_stays_in_the_log_and_stays_encrypted(person, an, anh):
    other = make_returnee(by=an, full_name="Y Thương", phone=OTHERS_PHONE, note=f"Bạn của {NAME}")
    seal()

    forget(person, by=anh)

    event = AuditEvent.objects.as_stored().get(verb="returnee.registered", returnee_id=other.pk)
    assert event.after["phone"] == OTHERS_PHONE
    assert is_sealed(event.after_stored["phone"])
    assert [each for each in breaks(SealProgress()) if each.kind != "added"] == []


def test_a_number_goes_with_the_digest_it_is_found_by(person, anh):
    forget(person, by=anh)

    assert {getattr(stored(person), name) for name in KEYS} == {None}
    assert not Returnee._base_manager.filter(phone=PHONE).exists()


def test_a_row_changed_further_behind_a_receipt_is_named(person, an, anh):
    seal()
    forget(person, by=anh)
    row = AuditEvent.objects.filter(returnee_id=person.pk, verb="returnee.registered").get()

    QuerySet(AuditEvent).filter(pk=row.pk).update(reason="Người khác viết")

    assert ("changed", row.pk) in [(each.kind, each.row) for each in breaks(SealProgress())]


@pytest.mark.parametrize("change", [{"actor": "Người Khác"}, {"verb": "x"}])
def test_the_database_refuses_to_change_who_did_what_even_where_a_receipt_stands(person, anh, change):
    forget(person, by=anh)
    row = AuditEvent.objects.filter(returnee_id=person.pk, verb="returnee.registered").get()

    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(AuditEvent).filter(pk=row.pk).update(**change)


def test_the_database_refuses_to_change_a_row_without_a_receipt(an):
    make_returnee(by=an)

    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(AuditEvent).update(reason="x")


def test_a_report_that_was_sent_loses_the_name_and_keeps_its_figures(person, an, anh, units):
    submission = make_campaign(unit=units.cluster, by=an).submissions.get(unit=units.nam_da)
    document = actions.report_document
    sent = make_sent(submission=submission, by=anh, reason=f"Bổ sung {NAME}") if document else None

    forget(person, by=anh)

    now = ReportVersion.objects.get(pk=sent.pk)
    assert now.figures == sent.figures
    assert now.is_intact
    assert NAME not in now.reason


def run(*args):
    out = StringIO()
    call_command("anonymise", *args, stdout=out)
    return out.getvalue()


def test_the_command_lists_without_a_name_and_changes_nothing(person):
    told = run()

    assert f"{person.pk}" in told
    assert NAME not in told
    assert stored(person).full_name == NAME


def test_the_command_acts_for_a_chief_alone(person, an, anh):
    for args in (("--for-real",), ("--for-real", "--by", an.username), ("--for-real", "--dry-run")):
        with pytest.raises(CommandError):
            run(*args)

    run("--for-real", "--by", anh.username)

    assert stored(person).full_name == "Đã ẩn danh"


def test_a_chief_is_told_ahead(an, anh, rule):
    person = make_returnee(by=an, completed_on=LONG_AGO, presented_on=LONG_AGO)
    ended = date(TODAY.year - 5, TODAY.month, 1) + timedelta(days=60)
    actions.returnee.close(returnee=person, on=ended, reason="died", by=an)

    rules = RetentionVersion.objects.rules()
    (told,) = retention.kept_files(retention.files_to_tell(anh, TODAY, rules), TODAY, rules)

    assert (told.person, told.is_due) == (person, False)
    assert retention.count_to_tell(anh, TODAY, [rule]) == 1


def test_what_a_workbook_knew_of_its_rows_goes(person, an, anh):
    run_of = actions.import_run  # rows that were loaded are known by keys made of names
    assert run_of
    forget(person, by=anh)

    assert not ImportedRow.objects.filter(target_type="returnee", target_id=person.pk).exists()
