"""The sentence: judgments with their rows, typed without any script, by two people at once."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, Judgment, Obligation, Offence
from tests.makers import make_judgment, make_returnee

PARTS = ("offences", "additional_penalties", "obligations")


@pytest.fixture
def person(an):
    return make_returnee(by=an, completed_on=date(2026, 5, 1))


def management(initial=(0, 0, 0)):
    rows = {}
    for name, count in zip(PARTS, initial, strict=True):
        rows |= {f"{name}-TOTAL_FORMS": count + 3, f"{name}-INITIAL_FORMS": count}
        rows |= {f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 50}
    rows |= {f"obligations-{place}-state": "unknown" for place in range(initial[2], initial[2] + 3)}
    return rows


def typed(**changes):
    return {
        **management(),
        "uid": str(uuid4()),
        "number": "12/2021/HSST",
        "court": "Tòa án nhân dân huyện Krông Nô",
        "judged_on": "01/04/2021",
        "effective_on": "01/05/2021",
        "main_penalty": "prison",
        "months": "36",
        "offences-0-name": "Trộm cắp tài sản",
        "offences-0-article": "173",
        "offences-0-clause": "1",
        "additional_penalties-0-kind": "residence_ban",
        "obligations-0-kind": "court_fee",
        "obligations-0-state": "done",
        "obligations-0-amount": "200.000",
        **changes,
    }


def test_a_judgment_is_recorded_once_with_its_rows(person, an, signed_in):
    client, form = signed_in(an), typed()

    answers = [client.post(reverse("judgment-add", args=[person.pk]), form) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    judgment = Judgment.objects.get()
    assert (judgment.months, judgment.offences.get().article) == (36, "173")
    assert judgment.obligations.get().amount == 200_000
    assert judgment.additional_penalties.get().kind == "residence_ban"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"months": ""}, "months"),
        ({"months": "0"}, "months"),
        ({"months": "361"}, "months"),
        ({"effective_on": "01/03/2021"}, "effective_on"),
        ({"judged_on": "31/02/2021"}, "judged_on"),
        ({"main_done_on": "01/01/2021"}, "main_done_on"),
        ({"main_done_how": "served"}, "main_done_on"),
        ({"main_done_on": "01/01/2090"}, "main_done_on"),
        ({"months": "10000"}, "months"),
        ({"main_penalty": "life"}, "months"),
        ({"main_penalty": "forged"}, "main_penalty"),
        ({"clearance_decision_on": "02/05/2026"}, "clearance_decision_on"),
        ({"clearance_decision_on": "02/05/2023", "main_done_on": "03/05/2023"}, "clearance_decision_on"),
        ({"note": "x" * 10_000_000}, "note"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changes, field, person, an, signed_in):
    response = signed_in(an).post(reverse("judgment-add", args=[person.pk]), typed(**changes))

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Judgment.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"offences-0-name": ""},
        {"offences-0-chapter": "XXX"},
        {"offences-0-article": "9999"},
        {"offences-0-article": "12"},
        {"offences-0-act_on": "02/05/2021"},
        {"obligations-0-state": "open", "obligations-0-done_on": "02/05/2021"},
        {"obligations-0-amount": "nhiều"},
        {"additional_penalties-0-since": "02/01/2022", "additional_penalties-0-done_on": "01/01/2022"},
        {"offences-TOTAL_FORMS": "x"},
        {"offences-TOTAL_FORMS": "9999999"},
    ],
)
def test_a_wrong_row_saves_nothing_and_is_shown(changes, person, an, signed_in):
    response = signed_in(an).post(reverse("judgment-add", args=[person.pk]), typed(**changes))

    assert response.status_code == 200
    assert "invalid-feedback" in response.content.decode()
    assert not Judgment.objects.exists()


def test_the_court_decision_on_an_older_judgment_is_a_fact_of_it(an, signed_in):
    person = make_returnee(by=an, completed_on=date(2026, 5, 1))
    older = {"main_done_on": "01/02/2022", "main_done_how": "served", "clearance_decision_on": "02/05/2024"}

    assert signed_in(an).post(reverse("judgment-add", args=[person.pk]), typed(**older)).status_code == 302

    assert Judgment.objects.get().clearance_decision_on == date(2024, 5, 2)


def test_an_article_with_a_letter_is_an_article(person, an, signed_in):
    drugs = {"offences-0-article": " 256A ", "offences-0-name": "Sử dụng trái phép chất ma túy"}
    client = signed_in(an)

    assert client.post(reverse("judgment-add", args=[person.pk]), typed(**drugs)).status_code == 302

    assert Offence.objects.get().article == "256a"
    assert "Điều 256a" in client.get(reverse("returnee-sentence", args=[person.pk])).content.decode()


def test_an_older_code_is_told_by_its_chapter(person, an, signed_in):
    old = {"offences-0-article": "12", "offences-0-chapter": " xiv "}

    assert signed_in(an).post(reverse("judgment-add", args=[person.pk]), typed(**old)).status_code == 302

    assert Offence.objects.get().chapter == "XIV"


def test_the_tab_reads_like_the_paper(person, an, signed_in):
    judgment = make_judgment(returnee=person, by=an, number="12/2021/HSST")
    Obligation.objects.create(judgment=judgment, kind="compensation", state="open", amount=5_000_000)

    page = signed_in(an).get(reverse("returnee-sentence", args=[person.pk])).content.decode()

    for words in ("12/2021/HSST", "Trộm cắp tài sản", "5.000.000", "173"):
        assert words in page


def opened(client, judgment):
    response = client.get(reverse("judgment-edit", args=[judgment.pk]))
    form = response.context["form"]
    sent = {"opened": form["opened"].value(), "main_penalty": "prison", "months": "36", "effective_on": "01/05/2021"}
    rows = management((1, 0, 0))
    for name in ("name", "article", "clause", "chapter", "fault", "severity"):
        rows[f"offences-0-{name}"] = form.parts["offences"].forms[0][name].value() or ""
    return {**sent, **rows}


def save(client, judgment, form):
    return client.post(reverse("judgment-edit", args=[judgment.pk]), form)


def offences(judgment):
    return sorted(judgment.offences.values_list("name", flat=True))


def test_a_judgment_is_corrected_with_a_row_more_and_one_less(person, an, signed_in):
    judgment, client = make_judgment(returnee=person, by=an), signed_in(an)
    form = opened(client, judgment)

    added = {"months": "40", "offences-1-name": "Gây rối trật tự công cộng"}
    assert save(client, judgment, {**form, **added}).status_code == 302
    judgment.refresh_from_db()
    assert (judgment.months, offences(judgment)) == (40, ["Gây rối trật tự công cộng", "Trộm cắp tài sản"])
    assert AuditEvent.objects.filter(verb="judgment.parts_corrected").count() == 1


def test_a_row_ticked_is_taken_out(person, an, signed_in):
    judgment, client = make_judgment(returnee=person, by=an), signed_in(an)

    save(client, judgment, {**opened(client, judgment), "offences-0-DELETE": "on"})

    assert offences(judgment) == []


def meanwhile(judgment, by, name="Cướp giật tài sản", months=36):
    other = Judgment.objects.get(pk=judgment.pk)
    other.months = months
    parts = [Offence(name=name)]
    actions.judgment.correct(judgment=other, parts=parts, by=by)


def test_rows_only_the_other_changed_stay(person, an, anh, signed_in):
    judgment, client = make_judgment(returnee=person, by=an), signed_in(an)
    form = opened(client, judgment)
    meanwhile(judgment, anh)

    assert save(client, judgment, {**form, "months": "40"}).status_code == 302

    judgment.refresh_from_db()
    assert (judgment.months, offences(judgment)) == (40, ["Cướp giật tài sản"])


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Đánh bạc"), ("theirs", "Cướp giật tài sản")])
def test_rows_both_changed_are_chosen_between(choice, kept, person, an, anh, signed_in):
    judgment, client = make_judgment(returnee=person, by=an), signed_in(an)
    form = {**opened(client, judgment), "offences-0-name": "Đánh bạc"}
    meanwhile(judgment, anh)

    asked = save(client, judgment, form)
    assert "Cướp giật tài sản" in asked.content.decode()
    assert "Trần Quốc Anh" in asked.content.decode()
    chosen = {**form, "seen": asked.context["form"]["seen"].value(), "choose_offences": choice}
    assert save(client, judgment, chosen).status_code == 302

    assert offences(judgment) == [kept]


def test_a_wrong_row_is_shown_before_it_is_compared(person, an, anh, signed_in):
    judgment, client = make_judgment(returnee=person, by=an), signed_in(an)
    form = opened(client, judgment)
    meanwhile(judgment, anh)

    assert save(client, judgment, {**form, "offences-0-name": "", "offences-1-name": "Thêm"}).status_code == 200
    assert offences(judgment) == ["Cướp giật tài sản"]


@pytest.mark.parametrize(("who", "status"), [("binh", 404), ("chi", 403), ("em", 403), ("giang", 403)])
def test_nobody_else_corrects_a_judgment(who, status, person, an, request, signed_in):
    judgment = make_judgment(returnee=person, by=an)
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("judgment-edit", args=[judgment.pk])).status_code == status
    assert client.post(reverse("judgment-edit", args=[judgment.pk]), {}).status_code == status


def test_a_judgment_of_a_withdrawn_file_is_gone(person, an, anh, signed_in):
    judgment = make_judgment(returnee=person, by=an, effective_on=date(2021, 5, 1))
    actions.row.withdraw(row=person, reason="Nhầm", by=anh)

    assert signed_in(an).get(reverse("judgment-edit", args=[judgment.pk])).status_code == 404
