"""The chief confirms what an old register says as one list, with the paper stated once."""

from datetime import date

from django.urls import reverse

from cases import actions
from cases.models import Expungement
from tests.makers import TODAY, make_returnee, make_served

URL = "/clean-records/registers/"
DONE = date(2022, 1, 1)
PAPER = {"evidence": "database", "reference": "12/PV06", "evidence_on": f"{TODAY:%d/%m/%Y}"}


def said(by, name, cleared=True):
    person = make_returnee(by=by, full_name=name, completed_on=DONE, presented_on=DONE)
    if cleared:
        make_served(returnee=person, by=by, done_on=DONE)
    row = Expungement(returnee=person, evidence="register", evidence_on=date(2025, 2, 2))
    return actions.expungement.bring_evidence(expungement=row, by=by, vouched=True).pk


def test_everybody_is_ticked_and_one_paper_confirms_them(an, anh, signed_in):
    rows = [said(an, "Bùi Một"), said(an, "Bùi Hai")]
    client = signed_in(anh)
    assert URL in client.get(reverse("expungement-list"), {"show": "confirm"}).content.decode()
    assert client.get(URL).content.decode().count(" checked>") == 2

    for _again in range(2):
        assert client.post(URL, {**PAPER, "records": rows}).status_code == 302

    assert Expungement.objects.confirmed().count() == 2
    assert "checkbox" not in client.get(URL).content.decode()


def test_who_is_refused_is_told_beside_the_name_and_nothing_typed_is_lost(an, anh, signed_in):
    rows = [said(an, "Bùi Một"), said(an, "Bùi Hai", cleared=False)]
    page = signed_in(anh).post(URL, {**PAPER, "records": rows}).content.decode()

    assert page.count('class="tone-brick"') == 1
    assert "12/PV06" in page
    assert not Expungement.objects.confirmed().exists()


def test_who_was_ticked_is_ticked_still_where_the_paper_is_not_named_yet(an, anh, signed_in):
    first, *_others = [said(an, f"Bùi {x}") for x in ("Một", "Hai", "Ba")]
    page = signed_in(anh).post(URL, {**PAPER, "evidence": "", "records": [first]}).content.decode()

    assert page.count('name="records"') == 3
    assert page.count(" checked>") == 1
    assert f'name="records" value="{first}" checked>' in page


def test_an_officer_a_foreign_chief_and_a_form_without_a_tick_confirm_nobody(an, anh, binh, signed_in):
    own, foreign = said(an, "Bùi Một"), said(binh, "Bùi Hai")

    assert signed_in(an).get(URL).status_code == 403
    client = signed_in(anh)
    for records in ([], [foreign], ["x"], ["9" * 30], [own, foreign]):
        assert client.post(URL, {**PAPER, "records": records}).status_code == 200
    assert not Expungement.objects.confirmed().exists()


def test_a_file_that_ended_before_is_not_said_to_end_today_and_to_be_sealed(an, anh, signed_in):
    open_file, ended = (Expungement.objects.get(pk=said(an, f"Bùi {x}")) for x in ("Một", "Hai"))
    Expungement.objects.update(evidence="vneid")
    actions.returnee.close(returnee=ended.returnee, on=TODAY, reason="died", by=anh)
    client, told = signed_in(anh), "kết thúc từ hôm nay và được niêm phong"

    assert told in client.get(reverse("expungement-confirm", args=[open_file.pk])).content.decode()
    assert told not in client.get(reverse("expungement-confirm", args=[ended.pk])).content.decode()
