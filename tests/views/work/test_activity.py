import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import Activity, Appointment, AuditEvent
from tests.makers import TODAY, make_activity, make_group, make_returnee

LOG = "/log/"
FUTURE = TODAY + timedelta(days=1)


def sent(*people, **changes):
    return {
        "uid": str(uuid.uuid4()),
        "people": [person.pk for person in people],
        "kind": "encouragement",
        "when": "today",
        "outcome": "met",
        "place": "home",
        "next_time": "none",
        **changes,
    }


def errors(response):
    assert response.status_code == 200
    assert not Activity.objects.exists()
    return response.context["form"].errors


def test_the_page_as_it_opens_is_ready_to_be_saved(an, signed_in):
    person = make_returnee(by=an)
    client = signed_in(an)

    form = client.get(f"{LOG}?person={person.pk}&kind=review").context["form"]
    checked = {
        option.name: option.value
        for name in ("kind", "when", "outcome", "place", "next_time")
        for option in form.options(name)
        if option.checked
    }
    bodies = [option.value for option in form.bodies() if option.checked]
    client.post(
        LOG,
        {
            **checked,
            "uid": form["uid"].value(),
            "people": [p.person.pk for p in form.picks if p.checked],
            "organisations": bodies,
        },
    )

    activity = Activity.objects.get()
    assert (activity.kind, activity.on, activity.place) == ("review", TODAY, "home")
    assert [body.code for body in activity.organisations.all()] == ["police"]
    assert [entry.returnee for entry in activity.entries.all()] == [person]


def test_two_people_in_one_entry_with_another_outcome_for_one(an, signed_in):
    met, absent = make_returnee(by=an), make_returnee(by=an, full_name="Lê Thị Ba")

    signed_in(an).post(LOG, sent(met, absent, attitude="good", **{f"outcome_{absent.pk}": "absent"}))

    rows = {entry.returnee: (entry.outcome, entry.attitude) for entry in Activity.objects.get().entries.all()}
    assert rows == {met: ("met", "good"), absent: ("absent", "")}


def test_the_same_form_sent_twice_makes_one_record_and_one_appointment(an, signed_in):
    form, client = sent(make_returnee(by=an), next_time="same"), signed_in(an)

    answers = [client.post(LOG, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Activity.objects.count() == Appointment.objects.count() == 1


def test_the_answer_says_what_was_recorded_and_offers_to_undo_it(an, signed_in):
    person = make_returnee(by=an)

    page = signed_in(an).post(LOG, sent(person, next_time="same"), follow=True).content.decode()

    assert person.full_name in page
    assert f"{TODAY + timedelta(days=30):%d/%m/%Y}" in page
    assert f"/log/{Activity.objects.get().pk}/undo/" in page


def test_undo_takes_the_entry_and_the_appointment_back(an, signed_in):
    client = signed_in(an)
    client.post(LOG, sent(make_returnee(by=an), next_time="same"))
    activity = Activity.objects.get()

    response = client.post(f"/log/{activity.pk}/undo/?next=/log-book/")

    activity.refresh_from_db()
    assert response.status_code == 302
    assert activity.withdrawn_at
    assert not Appointment.objects.kept().exists()
    assert AuditEvent.objects.filter(verb="activity.withdrawn").exists()


def test_undo_is_for_the_maker_alone_and_only_shortly_after(an, anh, binh, signed_in):
    activity = make_activity(make_returnee(by=an), by=an)
    url = f"/log/{activity.pk}/undo/"

    assert signed_in(anh).post(url).status_code == 403
    assert signed_in(binh).post(url).status_code == 404
    assert signed_in(an).get(url).status_code == 405
    Activity.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    signed_in(an).post(url)
    assert Activity.objects.kept().exists()


def test_undo_pressed_twice_is_undone_once(an, signed_in):
    activity, client = make_activity(make_returnee(by=an), by=an), signed_in(an)

    for _ in range(2):
        client.post(f"/log/{activity.pk}/undo/")

    assert AuditEvent.objects.filter(verb="activity.withdrawn", returnee_id__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"when": "other", "on": f"{FUTURE:%d/%m/%Y}"}, "on"),
        ({"when": "other", "on": "31/02/2026"}, "on"),
        ({"when": "other", "on": "'; DROP TABLE"}, "on"),
        ({"when": "other", "on": ""}, "on"),
        ({"when": "other", "on": f"{TODAY - timedelta(days=201):%d/%m/%Y}"}, "on"),
        ({"when": "tomorrow"}, "when"),
        ({"kind": "paperwork"}, "detail"),
        ({"kind": "paperwork", "detail": "gold"}, "detail"),
        ({"kind": "punishment"}, "kind"),
        ({"outcome": "gone"}, "outcome"),
        ({"organisations": ["999"]}, "organisations"),
        ({"organisations": ["x"]}, "organisations"),
        ({"note": "a" * 10_000_000}, "note"),
        ({"next_time": "other", "next_on": ""}, "next_on"),
        ({"next_time": "other", "next_on": "tết"}, "next_on"),
        ({"next_time": "other", "next_on": f"{TODAY:%d/%m/%Y}"}, "next_on"),
        ({"next_time": "other", "next_on": f"{TODAY + timedelta(days=366):%d/%m/%Y}"}, "next_on"),
        ({"uid": "not-an-id"}, "uid"),
        ({"people": []}, "people"),
        ({"people": ["abc"]}, "people"),
        ({"people": ["9" * 30]}, "people"),
        ({"people": ["999999"]}, "people"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_bad_input_is_answered_at_its_field_and_nothing_is_written(changes, field, an, signed_in):
    person = make_returnee(by=an)

    assert list(errors(signed_in(an).post(LOG, sent(person, **changes)))) == [field]


def test_what_was_typed_stays_when_the_form_comes_back(an, signed_in):
    make_returnee(by=an)

    response = signed_in(an).post(LOG, sent(note="Gia đình khỏe"))

    assert "Gia đình khỏe" in response.content.decode()


@pytest.mark.parametrize("facts", [{"presented": True}, {"closed_on": TODAY, "close_reason": "other"}])
def test_somebody_of_another_commune_or_with_a_closed_file_cannot_be_logged(facts, an, binh, signed_in):
    by = an if "closed_on" in facts else binh
    person = make_returnee(by=by, **facts)

    assert list(errors(signed_in(an).post(LOG, sent(person)))) == ["people"]


def test_yesterday_and_a_past_day_are_recorded_on_that_day(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    past = TODAY - timedelta(days=70)

    client.post(LOG, sent(person, when="yesterday"))
    client.post(LOG, sent(person, when="other", on=f"{past:%d/%m/%Y}", next_time="same"))

    assert [row.on for row in Activity.objects.all()] == [TODAY - timedelta(days=1), past]
    assert Appointment.objects.get().on == TODAY + timedelta(days=30)


def test_another_day_and_another_kind_are_agreed_for_next_time(an, signed_in):
    day = TODAY + timedelta(days=9)
    form = sent(make_returnee(by=an), next_time="other", next_on=f"{day:%d/%m/%Y}", next_kind="legal_aid")

    signed_in(an).post(LOG, form)

    assert [(row.on, row.kind) for row in Appointment.objects.all()] == [(day, "legal_aid")]


def test_help_with_paperwork_names_the_paper_and_other_kinds_forget_it(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)

    client.post(LOG, sent(person, kind="paperwork", detail="insurance"))
    client.post(LOG, sent(person, detail="insurance"))

    assert sorted(Activity.objects.values_list("kind", "detail")) == [("encouragement", ""), ("paperwork", "insurance")]


def test_save_and_log_another_keeps_the_kind_and_the_way_back(an, signed_in):
    response = signed_in(an).post(LOG, sent(make_returnee(by=an), again="1", kind="review", next="/people/"))

    assert response.url.startswith(f"{LOG}?kind=review")


@pytest.mark.parametrize(
    "way",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/nowhere/", "/log/", "\\\\evil", "http:///x"],
)
def test_the_way_back_never_leads_away(way, an, signed_in):
    response = signed_in(an).post(LOG, sent(make_returnee(by=an), next=way))

    assert response.url == reverse("home")


def test_the_form_goes_back_to_the_page_it_was_opened_from(an, signed_in):
    form = signed_in(an).get(LOG, headers={"referer": "http://testserver/?who=all"}).context["form"]

    assert form["next"].value() == "/?who=all"


@pytest.mark.parametrize(
    "query", ["person=abc&kind=x", "person=-1", "person=99999999999999999999", "person=²", "next=//x"]
)
def test_nonsense_in_the_address_is_passed_over(query, an, signed_in):
    make_returnee(by=an)

    assert signed_in(an).get(f"{LOG}?{query}").status_code == 200


def test_with_nobody_to_log_for_the_page_says_what_to_do(an, signed_in):
    assert "empty-title" in signed_in(an).get(LOG).content.decode()


def test_a_helper_logs_encouragement_for_those_helped_and_nothing_else(an, giang, signed_in):
    helped, other = make_returnee(by=an), make_returnee(by=an, full_name="Lê Thị Ba")
    make_group(returnee=helped, lead=an, members=[("women", giang)])
    client = signed_in(giang)

    assert list(errors(client.post(LOG, sent(other)))) == ["people"]
    assert list(errors(client.post(LOG, sent(helped, kind="review")))) == ["kind"]
    form = client.get(LOG).context["form"]
    assert [option.label for option in form.bodies() if option.checked] == ["Phụ nữ"]
    said = client.post(LOG, sent(helped), follow=True).content.decode()
    assert f"{helped.full_name}." in said
    activity = Activity.objects.get()
    assert activity.created_by == giang
    client.post(reverse("activity-undo", args=[activity.pk]))
    assert not Activity.objects.kept().exists()


def test_a_helper_corrects_what_they_logged_themselves_and_nothing_else(an, giang, signed_in):
    person = make_returnee(by=an)
    make_group(returnee=person, lead=an, members=[("women", giang)])
    own, other = make_activity(person, by=giang), make_activity(person, by=an, kind="review")
    client, url = signed_in(giang), reverse("activity-edit", args=[own.pk])

    form = client.get(url).context["form"]
    assert "review" not in dict(form.fields["kind"].choices)
    changed = {**opened(form), "kind": "counselling_vocational", "note": "Hẹn thứ bảy"}
    assert client.post(url, changed).url == reverse("returnee-detail", args=[person.pk])
    own.refresh_from_db()
    assert (own.kind, own.note) == ("counselling_vocational", "Hẹn thứ bảy")
    assert client.get(reverse("activity-edit", args=[other.pk])).status_code == 404
    assert reverse("activity-withdraw", args=[own.pk]) not in client.get(url).content.decode()


def opened(form):
    """What a browser would send of a form nobody touched."""
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def test_a_helper_is_told_that_somebody_has_recorded_it_and_nothing_else(an, giang, signed_in):
    helped, other = make_returnee(by=an), make_returnee(by=an, full_name="Lê Thị Ba")
    make_group(returnee=helped, lead=an, members=[("women", giang)])
    make_activity(helped, other, by=an, note="Khác lạ", result="Đã hẹn")
    client = signed_in(giang)

    answer = client.post(LOG, sent(helped))

    question, page = answer.context["form"].question, answer.content.decode()
    assert [(line.by, line.url) for line in question.lines] == [("Đã có người ghi", "")]
    assert helped.full_name in question.lines[0].what
    assert [said for said in (other.full_name, an.full_name, "Khác lạ", "Đã hẹn") if said in page] == []
    client.post(LOG, {**sent(helped), "besides": question.besides})
    assert Activity.objects.count() == 2


def test_a_part_that_was_withdrawn_is_no_reason_to_ask(an, signed_in):
    one, other = make_returnee(by=an), make_returnee(by=an, full_name="Lê Thị Ba")
    activity = make_activity(one, other, by=an)
    actions.activity.withdraw(activity=activity, people=[other], by=an, reason="Nhầm")

    assert signed_in(an).post(LOG, sent(other)).status_code == 302
    assert signed_in(an).post(LOG, sent(one)).context["form"].question


def test_save_and_log_another_outlives_the_question(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    make_activity(person, by=an)
    asked = client.post(LOG, {**sent(person), "again": "1"})
    question = asked.context["form"].question
    assert 'name="pressed" value="again"' in asked.content.decode()

    pressed = {"besides": question.besides, "pressed": question.pressed}
    answer = client.post(LOG, {**sent(person), **pressed})
    plain = client.post(LOG, {**sent(person), "besides": f"{Activity.objects.first().pk},{question.besides}"})

    assert (answer.url.startswith(LOG), plain.url.startswith(LOG)) == (True, False)


def test_where_nobody_is_kept_the_quick_log_leads_to_a_new_file(an, giang, signed_in):
    new_file = f'href="{reverse("returnee-find")}"'

    assert new_file in signed_in(an).get(reverse("activity-add")).content.decode()
    assert new_file not in signed_in(giang).get(reverse("activity-add")).content.decode()
