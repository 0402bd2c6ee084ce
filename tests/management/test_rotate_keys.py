"""Keys are changed while the work goes on, go on where they were broken off, and a missing one is said in words."""

import io
import runpy
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases import actions, checks
from cases.management import rotation
from cases.models import AuditEvent, GroupMember, Returnee, TransferStep
from cases.reports.administration.audit_proof import SealProgress, breaks
from tests.makers import make_accepted, make_group, make_returnee, make_transfer

BEFORE, NOW = "the-key-of-before-" + "0123456789" * 4, "the-key-of-now-" + "9876543210" * 4
NUMBERS = [f"06709355123{digit}" for digit in range(4)]


@pytest.fixture
def people(an, binh, units, settings):
    settings.FIELD_KEYS = [BEFORE]
    made = [
        make_returnee(by=an, full_name=f"Nguyễn Văn {name}", identity_number=number, phone=f"090877123{number[-1]}")
        for name, number in zip(("Một", "Hai", "Ba", "Tư"), NUMBERS, strict=True)
    ]
    make_group(returnee=made[0], lead=an, members=[("women", "Phạm Thị Loan")])
    GroupMember.objects.update(phone="0908771239")
    make_accepted(transfer=make_transfer(returnee=made[3], to_unit=units.krong_no, by=an), by=binh)
    settings.FIELD_KEYS = [NOW, BEFORE]
    return made


def rotate(*words):
    out = io.StringIO()
    call_command("rotate_keys", *words, stdout=out)
    return out.getvalue()


def counted():
    return {name for model in rotation.tables() for name in rotation.counted_keys(model)}


def test_everything_is_put_under_the_new_key_and_the_old_one_may_go(people, settings):
    found = {person.pk: person.identity_number for person in Returnee.objects.all()}
    sheet = TransferStep.objects.get(kind="accepted").sheet
    assert [Returnee.objects.get(identity_number=number).pk for number in NUMBERS] == [each.pk for each in people]

    assert "được mã hóa lại" in rotate()

    settings.FIELD_KEYS = [NOW]
    settings.SECRET_KEY = "another-secret-" + "z" * 50
    assert {person.pk: person.identity_number for person in Returnee.objects.all()} == found
    assert [Returnee.objects.get(identity_number=number).pk for number in NUMBERS] == [each.pk for each in people]
    assert TransferStep.objects.get(kind="accepted").sheet == sheet
    assert GroupMember.objects.get().phone == "0908771239"
    rotate("--check")


def test_broken_off_half_way_both_keys_serve_and_it_goes_on_where_it_was(people, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 1)

    def killed(rows):
        if rows == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(Returnee, killed)

    assert len(rotation.counted_keys(Returnee)) == 2
    assert [Returnee.objects.get(identity_number=number).pk for number in NUMBERS] == [each.pk for each in people]
    assert [person.phone[:9] for person in Returnee.objects.all()] == ["090877123"] * 4
    with pytest.raises(SystemExit):
        rotate("--check")

    written = []
    rotation.rotate(Returnee, written.append)
    assert written[-1] == 2
    assert len(rotation.counted_keys(Returnee)) == 1


def test_run_again_it_writes_nothing(people):
    rotate()
    with connection.execute_wrapper(refuse_writes):
        assert "0 dòng" in rotate()


def refuse_writes(execute, sql, params, many, context):
    assert not sql.startswith("UPDATE"), sql
    return execute(sql, params, many, context)


def test_the_log_is_left_as_it_was_written_and_its_seals_hold(people, settings):
    before = list(AuditEvent.objects.as_stored().order_by("pk").values_list("before_stored", "after_stored"))
    list(actions.audit_seal.seal_all(now=timezone.now() + timedelta(days=1, hours=2)))

    rotate()
    settings.FIELD_KEYS = [NOW]  # the key of before is gone: the log says so, and is whole all the same

    assert list(AuditEvent.objects.as_stored().order_by("pk").values_list("before_stored", "after_stored")) == before
    assert [found for found in breaks(SealProgress()) if found.kind != "guard_missing"] == []


def test_without_the_key_nothing_is_rotated_and_the_reason_is_said(people, settings):
    settings.FIELD_KEYS = [NOW]

    with pytest.raises(CommandError, match="FIELD_KEYS"):
        rotate()


def test_without_the_key_a_page_says_so_in_words_and_shows_nobody(people, an, signed_in, settings):
    client = signed_in(an)
    client.raise_request_exception = False
    settings.FIELD_KEYS = [NOW]

    answer = client.get(reverse("returnee-detail", args=[people[0].pk]))

    assert answer.status_code == 503
    assert "FIELD_KEYS" in answer.content.decode()
    assert not any(number in answer.content.decode() for number in NUMBERS)


def test_a_server_does_not_start_without_the_key_of_its_records(people, settings):
    assert checks.missing_field_key() is None
    settings.FIELD_KEYS = [NOW]

    assert "FIELD_KEYS" in str(checks.missing_field_key().msg)
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        runpy.run_path(str(settings.BASE_DIR / "reintegration" / "wsgi.py"))


@pytest.mark.parametrize("key", ["short", "a" * 60])
def test_a_key_that_may_be_guessed_is_refused(key, settings):
    settings.FIELD_KEYS = [key]

    assert "FIELD_KEYS" in str(checks.weak_field_keys().msg)
