from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import PaperworkRequest
from tests.makers import TODAY, make_paperwork, make_returnee

LONG = "x" * 10_000_000


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def paper(person, an):
    return make_paperwork(returnee=person, by=an)


def day(value):
    return f"{value:%d/%m/%Y}"


def step_url(paper):
    return reverse("paperwork-step", args=[paper.pk])


def test_a_paper_is_added_once_however_often_it_is_sent(person, an, signed_in):
    client, url = signed_in(an), reverse("paperwork-add", args=[person.pk])
    sent = {"uid": client.get(url).context["form"]["uid"].value(), "kind": "insurance", "needed_on": day(TODAY)}

    for _twice in range(2):
        response = client.post(url, sent)

    assert response.url == reverse("returnee-paperwork", args=[person.pk])
    assert PaperworkRequest.objects.get().kind == "insurance"


@pytest.mark.parametrize(
    "wrong",
    [
        {"needed_on": day(TODAY + timedelta(days=1))},
        {"needed_on": "31/02/2026"},
        {"needed_on": ""},
        {"kind": "passport"},
        {"office": LONG},
        {"note": LONG},
    ],
    ids=["future", "no such day", "no day", "forged kind", "10 MB office", "10 MB note"],
)
def test_a_wrong_value_gets_an_answer_at_its_field(person, an, signed_in, wrong):
    url = reverse("paperwork-add", args=[person.pk])
    sent = {"kind": "identity", "needed_on": day(TODAY), "uid": "6f8c1f0e-1111-4222-8333-444455556666", **wrong}

    response = signed_in(an).post(url, sent)

    assert set(response.context["form"].errors) == set(wrong)
    assert not PaperworkRequest.objects.exists()


def test_one_tap_in_the_list_takes_the_next_step_today_and_comes_back(paper, an, signed_in):
    sent = {"step": "submitted", "on": day(TODAY), "next": "/paperwork/?state=needed"}

    response = signed_in(an).post(step_url(paper), sent)

    paper.refresh_from_db()
    assert (paper.state, paper.submitted_on) == ("submitted", TODAY)
    assert response.url == "/paperwork/?state=needed"


def test_a_tap_never_leads_off_the_site(paper, an, signed_in):
    sent = {"step": "submitted", "on": day(TODAY), "next": "https://elsewhere.example/"}

    response = signed_in(an).post(step_url(paper), sent)

    assert response.url == reverse("returnee-paperwork", args=[paper.returnee_id])


def test_a_step_takes_a_past_day_but_none_before_the_last_step_or_in_the_future(paper, an, signed_in):
    client = signed_in(an)
    for wrong in (TODAY + timedelta(days=1), paper.needed_on - timedelta(days=1)):
        response = client.post(step_url(paper), {"step": "submitted", "on": day(wrong)})
        assert "on" in response.context["form"].errors

    client.post(step_url(paper), {"step": "submitted", "on": day(paper.needed_on), "office": "Công an tỉnh"})

    paper.refresh_from_db()
    assert (paper.submitted_on, paper.office) == (paper.needed_on, "Công an tỉnh")


@pytest.mark.parametrize("step", ["issued", "handed_over", "refused", "pk"])
def test_a_forged_step_is_refused_in_words(paper, an, signed_in, step):
    response = signed_in(an).post(step_url(paper), {"step": step, "on": day(TODAY)})

    assert response.context["form"].errors
    paper.refresh_from_db()
    assert paper.state == "needed"


def test_a_refusal_needs_a_reason_and_shows_it_as_text(paper, an, signed_in):
    client = signed_in(an)
    response = client.post(step_url(paper), {"on": day(TODAY), "reason": " "})
    assert "reason" in response.context["form"].errors

    client.post(step_url(paper), {"on": day(TODAY), "reason": "<b>=1+1</b>"})

    page = client.get(step_url(paper)).content.decode()
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert "data-day" not in page


def test_the_list_has_the_longest_standing_first_and_leaves_closed_files_out(person, paper, an, anh, signed_in):
    newer = make_paperwork(returnee=person, by=an, needed_on=TODAY)
    closed = make_returnee(by=an, full_name="Y Tơr")
    make_paperwork(returnee=closed, by=an)
    actions.returnee.close(returnee=closed, on=TODAY, reason="died", by=anh)

    response = signed_in(an).get(reverse("paperwork-list"))

    assert list(response.context["page_obj"]) == [paper, newer]
    assert "tone-amber" in response.content.decode()


def test_the_list_is_filtered_by_state_kind_and_a_name_without_accents(person, paper, an, signed_in):
    client, url = signed_in(an), reverse("paperwork-list")

    def found(**asked):
        return list(client.get(url, asked).context["page_obj"])

    assert found(words="nguyen van dung", state="needed", kind="identity") == [paper]
    assert found(words="nobody") == found(state="issued") == found(kind="residence") == []
    assert found(state="nonsense", page="-1") == [paper]


def test_the_tab_shows_papers_under_way_and_finished(person, paper, an, signed_in):
    done = make_paperwork(returnee=person, by=an, kind="insurance")
    actions.paperwork.refuse(request=done, on=TODAY, reason="Thiếu giấy", by=an)

    context = signed_in(an).get(reverse("returnee-paperwork", args=[person.pk])).context

    assert list(context["under_way"]) == [paper]
    assert context["ended"] == [done]


def test_a_reviewer_reads_papers_without_buttons(paper, chi, signed_in):
    page = signed_in(chi).get(reverse("paperwork-list")).content.decode()

    assert paper.returnee.full_name in page
    assert 'name="step"' not in page


def test_a_paper_of_another_commune_or_of_a_withdrawn_file_is_not_found(paper, person, an, anh, binh, signed_in):
    assert signed_in(binh).get(step_url(paper)).status_code == 404
    assert signed_in(binh).post(step_url(paper), {"step": "submitted", "on": day(TODAY)}).status_code == 404

    actions.row.withdraw(row=person, by=anh, reason="Nhầm người")

    assert signed_in(an).get(step_url(paper)).status_code == 404


def test_who_may_only_read_may_not_write(paper, chi, giang, signed_in):
    for user in (chi, giang):
        assert signed_in(user).post(step_url(paper), {"step": "submitted", "on": day(TODAY)}).status_code == 403


def test_the_tab_leads_to_the_next_paper_and_the_form_has_it_chosen(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    url = f"{reverse('paperwork-add', args=[person.pk])}?kind=residence"

    assert url in client.get(reverse("returnee-paperwork", args=[person.pk])).content.decode()
    assert client.get(url).context["form"]["kind"].value() == "residence"
