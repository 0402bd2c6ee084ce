"""A quarter in the life of one commune, day by day through its pages, from the notice to the report of the quarter.

Each form is drafted as a page and as a file; the file is opened, and left where `--basetemp` says.
"""

from datetime import date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from cases.models import Assessment, Organisation, Returnee
from cases.reports.work.duty_lists import list_of
from tests.makers import make_user
from tests.opened import opened
from tests.reports.dossier.papers import words_of

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NAME, ELSEWHERE = "Triệu Văn Quý", "Bàn Văn Tháng"
NOTICE = {
    "full_name": NAME,
    "sex": "male",
    "born_on": "12/05/1988",
    "hamlet": "Thôn Nam Thạnh",
    "address": "Số 9",
    "phone": "0912345671",
    "household_contact": "Triệu Thị Mẹ",
    "household_phone": "0912345672",
    "subject_type": "completed",
    "completed_on": "10/07/2026",
    "kind": "prison",
    "number": "88/TB-TG",
    "dated_on": "28/06/2026",
    "sender": "Trại giam Đắk P'lao",
    "received_on": "01/07/2026",
}


@pytest.fixture
def on(monkeypatch):
    """Let it be nine o'clock of a day."""

    def turn(text):
        day = datetime.strptime(text, "%d/%m/%Y").date()
        now = datetime.combine(day, time(9), tzinfo=VIETNAM)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return turn


@pytest.fixture
def papers(tmp_path):
    """Take a form away as a file, after it was looked at; the file opens and bears the words."""
    taken = {}

    def take(client, code, url, *words, looked_at=True):
        if looked_at:
            page = client.get(url).content.decode()
            assert all(word in page for word in words), code
        content = client.post(url).content
        taken[code] = content
        (tmp_path / f"{code}.docx").write_bytes(content)
        assert all(row._tr.trPr.findall(qn("w:cantSplit")) for row in rows_of(content)), code
        text = " ".join(words_of(content))
        assert all(word in text for word in words), code

    take.taken = taken
    return take


def rows_of(content):
    """The rows of every table, those of the signatures too: a name does not go to the next page alone."""
    return [row for table in Document(BytesIO(content)).tables for row in table.rows]


def send(client, url, **typed):
    answer = client.post(url, {**opened(client, url), **typed})
    assert answer.status_code == 302, {name: list(each) for name, each in answer.context["form"].errors.items()}
    return answer


def paper(person, code):
    return reverse("dossier-paper", args=[person.pk, code])


def states(client, person):
    page = client.get(reverse("returnee-dossier", args=[person.pk]))
    rows = [*page.context["rows_of_papers"], *page.context["beside"]]
    return {line.form.code: (line.state.value, line.by) for line, _links in rows if line.quarter is None}


def due(client, name):
    """What one list of the home page asks for, with its last day."""
    rows = client.get(reverse("home")).context["lists"][name].rows
    return {duty.key: duty.latest for row in rows for duty in row.duties if list_of(duty) == name}


def announce_and_check(an, units, signed_in, on, papers):
    # The notice, and that of somebody who belongs to another commune
    on("01/07/2026")
    send(signed_in(an), reverse("arrival-add"), **NOTICE)
    other = {"full_name": ELSEWHERE, "number": "89/TB-TG", "born_on": "1990", "phone": "", "household_phone": ""}
    send(signed_in(an), reverse("arrival-add"), **{**NOTICE, **other})
    person, elsewhere = (Returnee.objects.get(full_name=name) for name in (NAME, ELSEWHERE))
    assert due(signed_in(an), "residence") == {"residence": date(2026, 7, 6)}  # 3 working days after a Wednesday

    # The check of the residence; HCD-03 for the other one
    on("03/07/2026")
    send(signed_in(an), reverse("arrival-answer", args=[person.pk, "confirmed"]), note="Mẹ xác nhận đúng địa chỉ")
    answer = reverse("arrival-answer", args=[elsewhere.pk, "wrong_commune"])
    send(signed_in(an), answer, named_unit=units.krong_no.code, note="Đã theo vợ")
    papers(signed_in(an), "HCD-03", reverse("arrival-reply", args=[elsewhere.pk]), ELSEWHERE, "89/TB-TG")
    assert due(signed_in(an), "residence") == {}

    # Released; the day on the certificate passes; HCD-04
    on("10/07/2026")
    send(signed_in(an), reverse("returnee-edit", args=[person.pk]), presents_by="20/07/2026")
    on("20/07/2026")
    assert "HCD-04" not in states(signed_in(an), person)
    on("21/07/2026")
    assert due(signed_in(an), "not_presented") == {"presenting": date(2026, 7, 20)}
    papers(signed_in(an), "HCD-04", paper(person, "HCD-04"), NAME, "20/07/2026")
    return person


def present_and_propose(person, an, giang, signed_in, on, papers):
    # Presented on a Friday: five working days for the dossier, three for who helps
    on("24/07/2026")
    send(signed_in(an), reverse("arrival-answer", args=[person.pk, "arrived"]))
    assert states(signed_in(an), person)["HCD-02"] == ("due", date(2026, 7, 31))
    assert states(signed_in(an), person)["HCD-06"] == ("due", date(2026, 7, 29))
    assert due(signed_in(an), "dossiers") == {"dossier": date(2026, 7, 31), "proposal": date(2026, 7, 29)}
    for code in ("HCD-01", "HCD-02", "HCD-05"):
        papers(signed_in(an), code, paper(person, code), NAME)

    # The 5+1 is formed; proposal and decision, signed, lie in the dossier
    on("27/07/2026")
    member = {"members-TOTAL_FORMS": "2", "members-INITIAL_FORMS": "0", "members-0-user": giang.pk}
    front = Organisation.objects.get(code="front").pk
    beside = {"members-1-organisation": front, "members-1-name": "Mai Văn Trận"}
    send(signed_in(an), reverse("group-form", args=[person.pk]), lead=an.pk, **member, **beside)
    for code in ("HCD-06", "HCD-07"):
        papers(signed_in(an), code, paper(person, code), NAME, giang.full_name)
    assert "proposal" not in due(signed_in(an), "dossiers")
    for code in ("HCD-01", "HCD-02", "HCD-05", "HCD-06", "HCD-07"):
        send(signed_in(an), reverse("dossier-paper-add", args=[person.pk, code]), number=f"{code[-2:]}/QĐ")
        assert states(signed_in(an), person)[code][0] == "there"
    assert due(signed_in(an), "dossiers") == {}


def test_a_quarter_from_the_notice_to_the_report(an, anh, giang, units, signed_in, on, papers):
    person = announce_and_check(an, units, signed_in, on, papers)
    present_and_propose(person, an, giang, signed_in, on, papers)

    # The helper meets the person, and reports in the first five days of the quarter
    on("20/08/2026")
    log = reverse("activity-add") + f"?person={person.pk}"
    send(signed_in(giang), log, kind="encouragement", when="today", outcome="met", people=[person.pk])
    on("02/10/2026")
    assert "05/10/2026" in signed_in(giang).get(reverse("home")).content.decode()
    papers(signed_in(giang), "HCD-08", reverse("helper-report", args=[person.pk]), NAME)

    # A to D, proposed and approved; the list of the quarter
    send(signed_in(an), reverse("assessment-add", args=[person.pk]), group="B", on="30/09/2026", reason="Chưa có việc")
    approve = reverse("assessment-approve", args=[Assessment.objects.get().pk])
    assert signed_in(anh).post(approve).status_code == 302
    period = "?from=01/07/2026&to=30/09/2026"
    papers(signed_in(an), "HCD-09", reverse("report-form", args=["HCD-09"]) + period, NAME, "nhóm B: 1")

    # The figures of the month, and the report of the quarter
    month = "?from=15/08/2026&to=14/09/2026"
    papers(signed_in(an), "HCD-12", reverse("report-form", args=["HCD-12"]) + month, "HCD-12")
    quarter = "?from=15/06/2026&to=14/09/2026"
    assert signed_in(an).get(reverse("report-document") + quarter).status_code == 200
    papers(signed_in(an), "HCD-13", reverse("report-docx") + quarter, "Nam Đà", looked_at=False)

    assert sorted(papers.taken) == [f"HCD-{number:02}" for number in (*range(1, 10), 12, 13)]


def test_a_file_ends_or_moves_on_with_its_paper(an, anh, binh, units, signed_in, on, papers):
    on("01/10/2026")
    for name, number in ((NAME, "88/TB-TG"), (ELSEWHERE, "89/TB-TG")):
        send(signed_in(an), reverse("arrival-add"), **{**NOTICE, "full_name": name, "number": number})
    person, moved = (Returnee.objects.get(full_name=name) for name in (NAME, ELSEWHERE))
    for each in (person, moved):
        send(signed_in(an), reverse("arrival-answer", args=[each.pk, "arrived"]), on="12/07/2026")

    # Handover: five working days for the other commune
    to = {"to_unit": units.krong_no.code, "on": "01/10/2026", "reason": "Về ở với vợ", "sender_name": "An"}
    send(signed_in(an), reverse("transfer-add", args=[moved.pk]), **to, sender_phone="0912345678")
    assert "08/10/2026" in signed_in(binh).get(reverse("home")).content.decode()
    on("05/10/2026")
    chief = make_user("truong-krong-no", "Hoàng Thị Tám", "chief", units.krong_no)
    send(signed_in(chief), reverse("transfer-accept", args=[moved.transfers.get().pk]))
    papers(signed_in(binh), "HCD-10", paper(moved, "HCD-10"), ELSEWHERE)

    send(signed_in(anh), reverse("returnee-close", args=[person.pk]), close_reason="died", closed_on="05/10/2026")
    papers(signed_in(anh), "HCD-11", paper(person, "HCD-11"), NAME)
