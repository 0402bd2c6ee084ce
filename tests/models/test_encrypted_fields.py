"""Encrypted fields are written and read as ever, found by a whole value, and never asked for anything else."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, transaction

from cases.models import AuditEvent, Returnee, fields
from tests.makers import make_returnee
from tests.raw_rows import places_of

NUMBER, OLD, PHONE, HOUSEHOLD = "067093551207", "241355120", "0908771204", "0908771205"


@pytest.fixture
def person(an):
    known = {"identity_number": NUMBER, "old_identity_number": OLD, "phone": PHONE, "household_phone": HOUSEHOLD}
    return make_returnee(by=an, full_name="Nguyễn Văn Dũng", household_contact="Lù Thị Páo", **known)


def test_a_row_says_what_was_written_and_the_database_does_not(person):
    stored = Returnee.objects.get(pk=person.pk)

    assert (stored.identity_number, stored.old_identity_number, stored.phone) == (NUMBER, OLD, PHONE)
    assert (stored.household_contact, stored.household_phone) == ("Lù Thị Páo", HOUSEHOLD)
    assert places_of([NUMBER, OLD, PHONE, HOUSEHOLD, "Lù Thị Páo"]) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"identity_number": NUMBER},
        {"identity_number__in": [NUMBER, "067000000000"]},
        {"old_identity_number": OLD},
        {"phone": "+84 908.771.204"},
        {"household_phone": HOUSEHOLD},
    ],
)
def test_a_whole_value_is_found(asked, person, an):
    others = [make_returnee(by=an, full_name="Trần Thị Hoa", phone=phone) for phone in ("0908771299", "")]

    assert list(Returnee.objects.filter(**asked)) == [person]
    assert list(Returnee.objects.exclude(**asked)) == others


def test_empty_values_are_told_from_filled_ones(person, an):
    other = make_returnee(by=an, full_name="Trần Thị Hoa")

    assert list(Returnee.objects.filter(phone="")) == list(Returnee.objects.filter(identity_number=None)) == [other]
    assert list(Returnee.objects.exclude(phone="")) == [person]


@pytest.mark.parametrize("asked", ["identity_number__startswith", "phone__contains", "household_contact", "phone__gt"])
def test_what_the_database_cannot_answer_is_refused_in_words(asked, person):
    with pytest.raises(FieldError, match="encrypted"):
        list(Returnee.objects.filter(**{asked: "067"}))


def test_a_digest_goes_with_its_number_however_it_is_stored(person):
    Returnee.objects.filter(pk=person.pk).update(phone="0908771206", identity_number=None)
    assert list(Returnee.objects.filter(phone="0908771206")) == [person]
    assert not Returnee.objects.filter(identity_number=NUMBER).exists()

    person.phone = "0908771207"
    Returnee.objects.bulk_update([person], ["phone"])
    assert list(Returnee.objects.filter(phone="0908771207")) == [person]
    person.phone = "0908771208"
    person.save(update_fields=["phone"])
    assert list(Returnee.objects.filter(phone="0908771208")) == [person]


def test_a_second_open_file_with_a_number_is_refused_by_form_and_database(person, an):
    second = Returnee(full_name="Trần Văn Dũng", identity_number=NUMBER, unit=an.unit, completed_on=person.completed_on)
    with pytest.raises(ValidationError, match="đang mở"):
        second.validate_constraints()

    facts = {"sex": "male", "born_on": "1985", "file_number": "X-1"}
    for name, value in facts.items():
        setattr(second, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.stamp(an).save()


def test_every_name_of_an_encrypted_text_is_encrypted_in_the_log_too():
    encrypted = {
        field.name
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, fields.EncryptedText)
    }

    assert encrypted == fields.ENCRYPTED


def test_the_log_tells_the_number_that_it_has_encrypted(person):
    told = AuditEvent.objects.get(verb="returnee.registered", returnee_id=person.pk)
    stored = AuditEvent.objects.as_stored().get(pk=told.pk)

    assert told.after["identity_number"] == NUMBER
    assert stored.after_stored["identity_number"].startswith("enc1:")
    assert stored.after_stored["full_name"] == told.after["full_name"]


def test_a_line_of_the_log_whose_key_is_gone_says_so_and_the_rest_is_read(person, settings):
    settings.SECRET_KEY = "another-secret-" + "z" * 50

    told = AuditEvent.objects.get(verb="returnee.registered", returnee_id=person.pk)

    assert told.after["phone"] == "[mã hóa bằng khóa không còn ở đây]"
    assert told.after["hamlet"] == person.hamlet
