"""Photographs of papers: beside the paper they show, checked by their bytes, handed out as files, sealed too."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.actions import attachment as action
from cases.models import Attachment, AuditEvent, DossierPaper, Picture
from tests.makers import TODAY, make_paperwork, make_returnee
from tests.opened import opened
from tests.pictures import PLACE, jpeg, png, uploaded


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def paper(person, an):
    return make_paperwork(returnee=person, by=an)


def sent(client, person, paper, content, name="giay.jpg", **changes):
    url = f"{reverse('attachment-add', args=[person.pk])}?paper=paperwork-{paper.pk}"
    form = {**opened(client, url), "title": "Mặt trước", "file": uploaded(content, name), **changes}
    return client.post(url, form)


def test_a_photograph_is_kept_beside_the_paper_and_handed_out_as_a_file(person, paper, an, chi, signed_in):
    assert sent(signed_in(an), person, paper, jpeg()).status_code == 302
    row = Attachment.objects.get()
    assert (row.paperwork, row.dossier_paper, row.kind, row.width, row.height) == (paper, None, "jpeg", 80, 60)
    tab = signed_in(an).get(reverse("returnee-paperwork", args=[person.pk])).content.decode()
    file = reverse("attachment-file", args=[person.pk, row.pk])
    assert "Mặt trước" in tab
    assert file in tab

    answer = signed_in(chi).get(file)

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == f'attachment; filename="giay-to-{row.pk}.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == bytes(Picture.objects.get().content)
    assert PLACE not in answer.content
    assert AuditEvent.objects.filter(verb="returnee.opened", actor_id=chi.pk, after__page="attachment-file").exists()


def test_it_may_show_a_signed_paper_of_the_dossier(person, an, signed_in):
    signed = actions.dossier.add_paper(paper=DossierPaper(returnee=person, code="HCD-02", on=TODAY), by=an)
    client = signed_in(an)
    url = f"{reverse('attachment-add', args=[person.pk])}?paper=dossier-{signed.pk}"
    assert url in client.get(reverse("returnee-dossier", args=[person.pk])).content.decode()

    assert client.post(url, {**opened(client, url), "file": uploaded(png(), "a.png")}).status_code == 302

    assert Attachment.objects.get().dossier_paper == signed
    assert "HCD-02" in client.get(reverse("returnee-dossier", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"%PDF-1.7 that calls itself a picture", "giay.jpg", "không phải ảnh chụp"),
        (jpeg()[:300], "giay.jpg", "không đọc được đến hết"),
        (png(20, 20), "giay.png", "quá nhỏ"),
        (jpeg() + b"\0" * 4 * 1024 * 1024, "giay.jpg", "lớn hơn 4 MB"),
        (b"", "giay.jpg", "rỗng"),
    ],
)
def test_what_is_no_photograph_is_refused_by_name_and_nothing_is_kept(
    person, paper, an, signed_in, content, name, told
):
    page = sent(signed_in(an), person, paper, content, name).content.decode()

    assert told in page
    assert "Mặt trước" in page
    assert not Attachment.objects.exists()


def test_sent_twice_it_is_kept_once(person, paper, an, signed_in):
    uid = str(uuid4())
    for _time in range(2):
        assert sent(signed_in(an), person, paper, jpeg(), uid=uid).status_code == 302

    assert Picture.objects.count() == 1


def test_it_shows_no_paper_of_somebody_else(person, paper, an, signed_in):
    other = make_paperwork(returnee=make_returnee(by=an, full_name="Đinh Bá Lộc"), by=an)

    assert sent(signed_in(an), person, paper, jpeg(), of=f"paperwork-{other.pk}").status_code == 200
    assert not Attachment.objects.exists()


def test_of_one_person_so_many_are_kept_and_no_more(person, paper, an, signed_in, monkeypatch):
    monkeypatch.setattr(action, "MOST", 1)
    sent(signed_in(an), person, paper, jpeg())

    assert "Đã lưu 1 ảnh" in sent(signed_in(an), person, paper, png()).content.decode()
    assert Attachment.objects.count() == 1


def test_withdrawn_or_of_another_person_it_is_handed_out_no_more(person, paper, an, binh, signed_in):
    sent(signed_in(an), person, paper, jpeg())
    row, other = Attachment.objects.get(), make_returnee(by=an, full_name="Đinh Bá Lộc")
    assert signed_in(an).get(reverse("attachment-file", args=[other.pk, row.pk])).status_code == 404
    assert signed_in(binh).get(reverse("attachment-file", args=[person.pk, row.pk])).status_code == 404

    actions.row.withdraw(row=row, by=an, reason="Chụp nhầm")

    assert signed_in(an).get(reverse("attachment-file", args=[person.pk, row.pk])).status_code == 404


def test_it_is_sealed_with_the_file(person, paper, an, anh, signed_in):
    sent(signed_in(an), person, paper, jpeg())
    file = reverse("attachment-file", args=[person.pk, Attachment.objects.get().pk])
    type(person).objects.filter(pk=person.pk).update(closed_on=TODAY, close_reason="expunged")

    assert signed_in(an).get(file).status_code == 404
    chief = signed_in(anh)
    assert chief.get(file).status_code == 404
    chief.post(reverse("returnee-unseal"), {"number": person.file_number, "reason": "Đối chiếu"})
    assert chief.get(file).status_code == 200
