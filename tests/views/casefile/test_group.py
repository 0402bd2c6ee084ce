from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import GroupMember, HelperGroup, Organisation, Returnee
from tests.makers import TODAY, make_group, make_returnee, make_user

UID = "6f8c1f0e-1111-4222-8333-444455556666"


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def group(person, an, giang):
    return make_group(returnee=person, lead=an, members=[("women", giang), ("front", "Mai")])


def body(code):
    return Organisation.objects.get(code=code).pk


def sent_group(lead, *rows, **changes):
    sent = {"uid": UID, "lead": lead.pk, "since": f"{TODAY:%d/%m/%Y}", "members-TOTAL_FORMS": "5"}
    sent["members-INITIAL_FORMS"] = "0"
    for number, row in enumerate(rows):
        sent |= {f"members-{number}-{name}": value for name, value in row.items()}
    return {**sent, **changes}


def form_url(person):
    return reverse("group-form", args=[person.pk])


def test_a_group_is_formed_on_one_page_and_once(person, an, giang, signed_in):
    rows = [
        {"organisation": body("front"), "name": "Hoàng Văn Mai", "position": "Chủ tịch", "phone": "0912345678"},
        {"organisation": body("youth"), "name": ""},
        {"user": giang.pk},
    ]
    client = signed_in(an)
    assert len(client.get(form_url(person)).context["rows"].forms) == 5

    for _twice in range(2):
        response = client.post(form_url(person), sent_group(an, *rows))

    assert response.url == reverse("returnee-group", args=[person.pk])
    members = [(member.name, member.organisation.code) for member in HelperGroup.objects.get().members.all()]
    assert members == [("Hoàng Văn Mai", "front"), ("Vũ Hương Giang", "women")]
    assert Returnee.objects.visible_to(giang).get() == person


def test_a_line_half_filled_and_an_account_chosen_twice_are_refused(person, an, giang, signed_in):
    client = signed_in(an)
    half = client.post(form_url(person), sent_group(an, {"organisation": body("front"), "phone": "0912345678"}))
    twice = client.post(form_url(person), sent_group(an, {"user": giang.pk}, {"user": giang.pk}))

    assert half.context["rows"].forms[0].errors.keys() == {"name"}
    assert twice.context["rows"].non_form_errors()
    assert not HelperGroup.objects.exists()


def test_nobody_of_another_commune_can_lead_or_be_linked(person, an, binh, units, signed_in):
    stranger = make_user("hoa", "Lý Thị Hoa", "helper", units.krong_no, organisation="women")

    response = signed_in(an).post(form_url(person), sent_group(binh, {"user": stranger.pk}))

    assert "lead" in response.context["form"].errors
    assert "Hoa" not in response.content.decode()
    assert not HelperGroup.objects.exists()


def test_a_commune_without_helpers_asks_for_no_account(person, an, signed_in):
    assert "members-0-user" not in signed_in(an).get(form_url(person)).content.decode()

    signed_in(an).post(form_url(person), sent_group(an, {"organisation": body("front"), "name": "Mai"}))

    assert GroupMember.objects.get().user is None


@pytest.mark.parametrize("total", ["", "x", "5000", "-1"])
def test_a_forged_number_of_lines_is_answered(person, an, signed_in, total):
    response = signed_in(an).post(form_url(person), sent_group(an, **{"members-TOTAL_FORMS": total}))

    assert response.status_code in (200, 302)


def test_a_new_group_cannot_begin_before_the_present_one_or_in_the_future(group, person, an, signed_in):
    for wrong in (group.since - timedelta(days=1), TODAY + timedelta(days=1)):
        response = signed_in(an).post(form_url(person), sent_group(an, since=f"{wrong:%d/%m/%Y}"))
        assert "since" in response.context["form"].errors

    assert HelperGroup.objects.get().until is None


def test_the_tab_counts_members_against_the_size_and_keeps_earlier_groups(group, person, an, anh, signed_in):
    make_group(returnee=person, lead=anh, members=[("youth", "Y Thương")], since=TODAY)

    response = signed_in(an).get(reverse("returnee-group", args=[person.pk]))

    assert "1/5" in response.content.decode()
    assert [member.name for member in response.context["members"]] == ["Y Thương"]
    assert response.context["earlier"] == [group]


def test_a_member_is_added_once_however_often_it_is_sent(group, an, signed_in):
    url = reverse("group-member-add", args=[group.pk])
    sent = {"organisation": body("youth"), "name": "<i>Y Bham</i>", "since": f"{TODAY:%d/%m/%Y}", "uid": UID}
    client = signed_in(an)
    for _twice in range(2):
        response = client.post(url, sent)

    assert GroupMember.objects.filter(organisation__code="youth").count() == 1
    assert "&lt;i&gt;Y Bham" in client.get(response.url).content.decode()


def test_a_member_needs_a_name_and_a_day_of_the_group(group, an, giang, signed_in):
    url = reverse("group-member-add", args=[group.pk])
    early = f"{group.since - timedelta(days=1):%d/%m/%Y}"

    response = signed_in(an).post(
        url, {"organisation": body("women"), "name": " ", "user": giang.pk, "since": early, "uid": UID}
    )

    assert set(response.context["form"].errors) == {"user", "name", "since"}


def test_an_account_gives_the_member_its_name(person, an, giang, signed_in):
    group = make_group(returnee=person, lead=an)
    url = reverse("group-member-add", args=[group.pk])

    signed_in(an).post(url, {"organisation": body("women"), "user": giang.pk, "since": f"{TODAY:%d/%m/%Y}", "uid": UID})

    assert GroupMember.objects.get().name == giang.full_name


def test_a_member_ends_on_a_day_and_is_listed_as_former(group, person, an, signed_in):
    member = group.members.get(name="Mai")
    url, client = reverse("group-member-end", args=[member.pk]), signed_in(an)
    yesterday = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
    assert "on" in client.post(url, {"on": f"{member.since - timedelta(days=1):%d/%m/%Y}"}).context["form"].errors

    response = client.post(url, {"on": yesterday})

    assert client.get(response.url).context["former"] == [member]


def test_the_lead_changes_with_a_reason(group, an, anh, binh, signed_in):
    url, client = reverse("group-lead", args=[group.pk]), signed_in(an)
    for wrong in ({"lead": anh.pk}, {"lead": binh.pk, "reason": "x"}, {"lead": an.pk, "reason": "x"}):
        assert client.post(url, wrong).context["form"].errors

    client.post(url, {"lead": anh.pk, "reason": "Chuyển công tác"})

    group.refresh_from_db()
    assert group.lead == anh


def test_groups_of_another_commune_are_not_found(group, person, binh, signed_in):
    member, client = group.members.first(), signed_in(binh)

    for route, pk in (
        ("group-form", person.pk),
        ("group-member-add", group.pk),
        ("group-lead", group.pk),
        ("group-member-end", member.pk),
        ("returnee-group", person.pk),
    ):
        assert client.get(reverse(route, args=[pk])).status_code == 404


def test_a_helper_does_not_see_the_group(group, person, giang, signed_in):
    assert signed_in(giang).get(reverse("returnee-group", args=[person.pk])).status_code == 403
