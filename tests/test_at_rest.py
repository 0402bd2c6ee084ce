"""A copy of the database tells no number, telephone or household contact, whichever way it came in."""

import io
import os
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import actions
from cases.jobs import queue
from cases.models import (
    AuditEvent,
    GroupMember,
    ImportRun,
    Loan,
    Notice,
    QueuedJob,
    Returnee,
    StagedRow,
    Transfer,
    TransferStep,
)
from tests.books import PERSON, book
from tests.makers import TODAY, make_accepted, make_group, make_returnee, make_transfer
from tests.raw_rows import places_of

pytestmark = pytest.mark.both
NUMBER, OTHER, PHONE, NEW, HOUSEHOLD, LATER = (
    *("067093551217", "067093551218", "0908771214", "0908771215", "0908771216", "0908771217"),
)
CONTACT = "Lù Thị Páo"
SECRET = (NUMBER, OTHER, PHONE, NEW, HOUSEHOLD, LATER, CONTACT)


@pytest.fixture
def person(an):
    known = {"identity_number": NUMBER, "phone": PHONE, "household_contact": CONTACT, "household_phone": HOUSEHOLD}
    return make_returnee(by=an, full_name="Nguyễn Văn Dũng", **known)


def test_a_correction_and_a_new_telephone_leave_nothing_in_clear(person, an):
    person.phone, person.identity_number = NEW, OTHER
    actions.returnee.correct(returnee=person, by=an)
    told = {"field": "phone", "number": LATER, "before": NEW, "uid": uuid4()}
    actions.returnee.give_phone(returnee=person, by=an, **told)

    assert AuditEvent.objects.filter(verb="returnee.corrected").count() == 2
    assert places_of(SECRET) == []


def test_a_handover_a_helper_and_a_loan_leave_nothing_in_clear(person, an, binh, units):
    group = make_group(returnee=person, lead=an, members=[("women", "Phạm Thị Loan")])
    GroupMember.objects.update(phone=NEW)
    loan = {"lender": "Ngân hàng Chính sách xã hội", "amount": 5_000_000, "requested_on": TODAY}
    actions.loan.request(loan=Loan(returnee=person, borrower=CONTACT, **loan), by=an)
    transfer = make_transfer(returnee=person, to_unit=units.krong_no, by=an, sender_phone=LATER)
    make_accepted(transfer=transfer, by=binh)

    sheet = TransferStep.objects.get(kind="accepted").sheet
    assert any(CONTACT in line and HOUSEHOLD in line for line in sheet["works"])
    assert any(NEW in line for line in sheet["helpers"])
    assert (group.members.get().phone, Loan.objects.get().borrower) == (NEW, CONTACT)
    assert Transfer.objects.get().sender_phone == LATER
    assert places_of(SECRET) == []


def test_a_workbook_that_waits_and_what_was_said_of_its_rows_leave_nothing_in_clear(an, signed_in):
    rows = [{**PERSON, "Số định danh": NUMBER, "Điện thoại": PHONE, "Giới tính": "trai"}]
    file = SimpleUploadedFile("so.xlsx", book(people=rows).getvalue())
    signed_in(an).post(reverse("import-list"), {"uid": str(uuid4()), "kind": "register", "file": file})

    run = ImportRun.objects.get()
    assert StagedRow.objects.get(sheet="Người").cells["identity_number"] == NUMBER
    assert bytes(run.content)[:2] == b"PK"
    assert places_of(SECRET) == []

    row = run.rows.get(sheet="Người")
    signed_in(an).post(reverse("import-row", args=[run.pk, row.pk]), {**row.cells, "sex": "Nam"})
    signed_in(an).post(reverse("import-detail", args=[run.pk]), {"do": "load"})
    assert Returnee.objects.get().identity_number == NUMBER
    assert places_of(SECRET) == []


def test_an_export_asked_for_and_prepared_leaves_nothing_in_clear(person, an):
    asked = {"name": "people", "query": f"q={NUMBER}", "rows": 1, "reason": "Đối chiếu với UBND"}
    job = queue.put(QueuedJob.Kind.EXPORT, "at-rest", asked, an)
    job.parts.create(number=1, content=f"{NUMBER} {CONTACT}".encode())

    assert QueuedJob.objects.get(pk=job.pk).arguments == asked
    assert bytes(job.parts.get().content) == f"{NUMBER} {CONTACT}".encode()
    assert places_of(SECRET) == []


def test_what_was_typed_when_the_session_ended_is_kept_and_told_by_nobody_else(person, an, signed_in):
    client = signed_in(an)
    client.get(reverse("home"))
    del client.cookies["sessionid"]
    client.post(reverse("returnee-edit", args=[person.pk]), {"phone": NEW, "household_contact": CONTACT})

    assert "typed" in client.session
    assert places_of(SECRET) == []


def test_a_list_of_notices_with_numbers_and_telephones_leaves_nothing_in_clear(an):
    notice = Notice(number="15/TB", dated_on=TODAY, received_on=TODAY, sender="Trại giam Một")
    known = {"identity_number": OTHER, "household_phone": HOUSEHOLD, "completed_on": TODAY + timedelta(days=20)}
    returnee = make_returnee(by=an, full_name="Trần Văn Hai", presented=False, **known)
    actions.arrival.announce(returnee=returnee, notice=notice, by=an, assign=False)

    assert places_of(SECRET) == []


def test_a_search_and_a_look_up_leave_nothing_in_clear(person, an, signed_in):
    client = signed_in(an)
    for words in (NUMBER, f"067***{NUMBER[-3:]}", PHONE, f"Dũng {PHONE}"):
        found = client.get(reverse("returnee-list"), {"q": words}).context["rows"]
        assert [row.person.pk for row in found] == [person.pk]
        client.get(reverse("returnee-find"), {"q": words})

    assert places_of(SECRET) == []


def test_a_look_beyond_the_scope_leaves_nothing_in_clear(person, binh, signed_in):
    client = signed_in(binh)
    client.get(reverse("outside-reading-ask", query={"number": NUMBER}))
    asked = {"number": NUMBER, "reason": "Đang gây rối ở chợ, cần biết ngay"}

    assert client.post(reverse("outside-reading-ask"), asked).url == reverse("returnee-detail", args=[person.pk])
    assert places_of(SECRET) == []


def test_the_picture_of_a_paper_is_stored_encrypted_and_shown_as_it_is(person, an):
    from cases.models import Attachment, Picture
    from tests.makers import make_paperwork

    paper = make_paperwork(returnee=person, by=an)
    shown = Attachment(returnee=person, paperwork=paper, kind="jpeg", size=9, width=1, height=1, sha256="0" * 64)
    shown.stamp(an).save()
    content = b"\xff\xd8\xff a face " + NUMBER.encode()
    Picture.objects.create(attachment=shown, content=content)

    assert bytes(Picture.objects.get().content) == content
    assert places_of([*SECRET, "a face"]) == []


def test_the_file_of_sqlite_is_its_owner_s_alone(tmp_path):
    file = tmp_path / "readable.sqlite3"
    file.touch(mode=0o644)
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{file}",
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
    }
    opened = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"
    subprocess.run([sys.executable, "-c", opened], cwd=settings.BASE_DIR, env=environment, check=True)

    assert file.stat().st_mode & 0o777 == 0o600


def test_an_upload_is_kept_as_it_came(an):
    content = io.BytesIO(b"PK anything").getvalue()
    run = ImportRun(kind="register", unit=an.unit, file_name="x.xlsx", file_hash="0" * 64, size=1, content=content)
    run.stamp(an).save()

    assert bytes(ImportRun.objects.get().content) == content
