"""The dossier of a person in the browser: what lies in it, each form as a page and as a file, who may see which."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, DossierPaper
from cases.reports.dossier.checklist import last_quarter
from cases.reports.dossier.drafts import DRAFTS
from cases.views.dossier import drawing
from tests.makers import TODAY, make_activity, make_group, make_returnee
from tests.opened import opened
from tests.page_queries import recorded
from tests.reports.dossier.papers import make_known, words_of

QUARTER = last_quarter(TODAY)


@pytest.fixture
def person(an, giang):
    return make_known(an, giang, completed_on=QUARTER.start, presents_by=None)


def tab(person):
    return reverse("returnee-dossier", args=[person.pk])


def states(page):
    """The state of each paper of the list, by code and quarter."""
    return {(line.form.code, line.quarter): line.state for line, _links in page.context["rows_of_papers"]}


def test_the_signed_paper_is_on_file_two_taps_after_the_list_said_it_is_missing(person, an, signed_in):
    client = signed_in(an)
    assert states(client.get(tab(person)))["HCD-02", None] == "missing"

    url = reverse("dossier-paper-add", args=[person.pk, "HCD-02"])
    client.post(url, {**opened(client, url), "number": "12/PTT"})

    page = client.get(tab(person))
    assert states(page)["HCD-02", None] == "there"
    assert "12/PTT" in page.content.decode()
    assert DossierPaper.objects.get().on == TODAY
    assert "12/PTT" in client.get(reverse("dossier-paper", args=[person.pk, "HCD-01"])).content.decode()


def test_the_helpers_report_lies_there_once_a_quarter(person, an, signed_in):
    client = signed_in(an)
    url = reverse("dossier-paper-add", args=[person.pk, "HCD-08"])
    for _again in range(2):
        sent = {**opened(client, url), "uid": uuid4()}
        answer = client.post(url, sent)

    assert sent["quarter"] == f"{QUARTER.start}"
    assert "đã có trong hồ sơ" in answer.content.decode()
    assert states(client.get(tab(person)))["HCD-08", QUARTER] == "there"


def test_a_paper_that_was_recorded_by_mistake_is_missing_again(person, an, signed_in):
    paper = DossierPaper(returnee=person, code="HCD-05", on=TODAY)
    actions.dossier.add_paper(paper=paper, by=an)
    signed_in(an).post(reverse("row-withdraw", args=["dossier", paper.pk]), {"reason": "Nhầm người"})

    assert states(signed_in(an).get(tab(person)))["HCD-05", None] == "missing"


def test_before_somebody_presents_no_paper_is_asked_for_and_after_the_day_the_committee_reports(an, signed_in):
    person = make_returnee(by=an, presented=False, presents_by=TODAY - timedelta(days=1))
    page = signed_in(an).get(tab(person))

    assert set(states(page).values()) == {"later"}
    assert [line.form.code for line, _links in page.context["beside"]] == ["HCD-04"]


@pytest.mark.parametrize("code", ["HCD-01", "HCD-02", "HCD-05", "HCD-06", "HCD-07"])
def test_a_form_is_a_page_and_a_document_of_the_same_words_and_both_are_in_the_log(code, person, an, signed_in):
    client, url = signed_in(an), reverse("dossier-paper", args=[person.pk, code])
    page, file = client.get(url), client.post(url)

    shown = {line.strip() for line in page.content.decode().replace("<", "\n<").replace(">", ">\n").splitlines()}
    said = {word for word in words_of(file.content) if word and word != "\n"}
    assert file["Content-Type"] == drawing.DOCX
    assert said - shown == set()
    verbs = AuditEvent.objects.filter(returnee_id=person.pk).values_list("verb", flat=True)
    assert {"returnee.opened", "returnee.form_downloaded"} <= set(verbs)


def test_the_whole_set_is_handed_out_as_one_file(person, an, signed_in):
    file = signed_in(an).post(tab(person))

    assert {"BÌA HỒ SƠ TÁI HÒA NHẬP CỘNG ĐỒNG", "BÁO CÁO KẾT QUẢ GIÚP ĐỠ HẰNG QUÝ"} <= words_of(file.content)
    assert AuditEvent.objects.get(verb="returnee.form_downloaded").after == {"form": "all"}


def test_another_commune_sees_no_paper(person, binh, signed_in):
    client = signed_in(binh)
    addresses = [tab(person), *(reverse("dossier-paper", args=[person.pk, code]) for code in DRAFTS)]

    assert {answer.status_code for url in addresses for answer in (client.get(url), client.post(url))} == {404}


def test_a_helper_has_the_report_of_what_they_did_themselves_and_of_whom_they_help(person, an, giang, signed_in):
    client, url = signed_in(giang), reverse("helper-report", args=[person.pk])
    make_activity(person, by=giang, on=QUARTER.end)
    other = make_returnee(by=an, full_name="Lò Văn Khác")
    page, file = client.get(url).content.decode(), client.post(url)

    assert f"{QUARTER.end:%d/%m/%Y}" in page
    assert f"{TODAY - timedelta(days=100):%d/%m/%Y}" not in page  # an officer's visit
    assert not [word for word in ("1985", "067085000123", "Trộm", "Số 5") if word in "".join(words_of(file.content))]
    assert client.get(reverse("helper-report", args=[other.pk])).status_code == 404
    assert client.get(tab(person)).status_code == 403


def test_a_sealed_file_has_no_dossier_on_any_page(person, an, anh, signed_in):
    actions.returnee.close(returnee=person, reason="expunged", on=TODAY, by=anh, vouched=True)
    client = signed_in(anh)

    assert client.get(tab(person)).status_code == client.post(tab(person)).status_code == 404
    assert client.get(reverse("helper-report", args=[person.pk])).status_code == 404


def test_a_name_that_is_sealed_is_in_no_file_either(person, an, anh, signed_in):
    sealed = make_returnee(by=an, full_name="Đặng Quý Sửu")
    actions.returnee.close(returnee=sealed, reason="expunged", on=TODAY, by=anh, vouched=True)
    person.household_contact = "Đặng Quý Sửu"
    actions.returnee.correct(returnee=person, by=an)

    content = signed_in(an).post(reverse("dossier-paper", args=[person.pk, "HCD-02"])).content
    assert not [word for word in words_of(content) if "Đặng Quý Sửu" in word]


@pytest.mark.parametrize("code", ["HCD-03", "HCD-08", "HCD-09", "HCD-10", "HCD-11", "HCD-99", "PT71"])
def test_what_is_no_draft_here_or_not_due_is_no_address(code, person, an, signed_in):
    assert signed_in(an).get(reverse("dossier-paper", args=[person.pk, code])).status_code == 404


def test_the_list_and_a_form_ask_no_more_for_more_rows(person, an, giang, signed_in):
    client, form = signed_in(an), reverse("dossier-paper", args=[person.pk, "HCD-02"])
    addresses = (tab(person), form, reverse("helper-report", args=[person.pk]))
    few = [len(recorded(client, url)) for url in addresses]
    make_group(returnee=person, lead=an, members=[("women", giang), *[("front", f"Người {n}") for n in range(5)]])
    for code in ("HCD-01", "HCD-02", "HCD-05"):
        actions.dossier.add_paper(paper=DossierPaper(returnee=person, code=code, on=TODAY), by=an)

    for visit in range(3):
        make_activity(person, by=an, on=QUARTER.end - timedelta(days=visit))

    assert [len(recorded(client, url)) for url in addresses] == few
    assert max(few) <= 15


def test_a_quarter_that_is_none_is_refused_by_the_model(person, an):
    paper = DossierPaper(returnee=person, code="HCD-08", on=TODAY, quarter=date(2026, 2, 1))

    with pytest.raises(actions.row.ValidationError, match="ngày đầu quý"):
        actions.dossier.add_paper(paper=paper, by=an)


def test_a_report_of_a_quarter_is_not_dated_before_it_began(person, an):
    paper = DossierPaper(returnee=person, code="HCD-08", on=QUARTER.start - timedelta(days=1), quarter=QUARTER.start)

    with pytest.raises(actions.row.ValidationError) as refused:
        actions.dossier.add_paper(paper=paper, by=an)
    assert list(refused.value.message_dict) == ["on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        DossierPaper.objects.bulk_create([paper.stamp(an)])
