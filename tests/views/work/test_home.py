from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Appointment, Assessment, Returnee, Snooze
from tests.makers import TODAY, make_activity, make_group, make_judgment, make_paperwork, make_returnee, make_user

HOME = "/"


def page(client, query=""):
    return client.get(f"{HOME}{query}").content.decode()


def agreed(person, by, on):
    return actions.row.add(row=Appointment(returnee=person, kind="encouragement", on=on), by=by)


def keys(response, *names):
    """The duties in the rows of these lists."""
    lists = response.context["lists"]
    return [duty.key for name in names for row in lists[name].rows for duty in row.duties]


def test_home_of_an_officer_says_who_is_overdue_and_why(an, signed_in):
    person = make_returnee(by=an)
    make_activity(person, by=an, on=TODAY - timedelta(days=63))

    response = signed_in(an).get(HOME)

    assert keys(response, "overdue")[0] == "contact"
    assert "63" in response.content.decode()


def test_home_of_a_commune_without_a_file_leads_to_its_register_and_later_says_that_nothing_is_due(an, signed_in):
    client = signed_in(an)
    first = page(client)
    make_returnee(by=an, presented_on=TODAY, completed_on=TODAY)
    later = page(client, "?who=mine")

    assert "Chưa có hồ sơ nào ở đây" in first
    assert 'href="/import/"' in first
    assert "Chưa có hồ sơ nào ở đây" not in later


def test_one_tap_on_a_row_opens_the_quick_log_with_person_and_kind_chosen(an, signed_in):
    person = make_returnee(by=an)

    assert f"/log/?person={person.pk}&amp;kind=encouragement" in page(signed_in(an))


def test_files_of_a_colleague_show_only_under_the_whole_commune(an, units, signed_in):
    colleague = make_user("huy", "Huy", "officer", units.nam_da)
    person = make_returnee(by=an, full_name="Trần Văn Tám")
    make_group(returnee=person, lead=colleague)

    assert "Trần Văn Tám" not in page(signed_in(an))
    assert "Trần Văn Tám" in page(signed_in(an), "?who=all")
    assert "Trần Văn Tám" in page(signed_in(colleague))


def test_a_chief_sees_the_whole_commune_and_what_waits_for_approval(an, anh, signed_in):
    person = make_returnee(by=an)
    make_group(returnee=person, lead=an)
    actions.assessment.propose(
        assessment=Assessment(returnee=person, group="B", on=TODAY, reason="Chưa có việc"), by=an
    )

    context = signed_in(anh).get(HOME).context

    assert [row.returnee for row in context["assessments"]] == [person]
    assert not context["mine"]


def test_outcomes_not_presented_and_stuck_papers_stand_in_lists_of_their_own(an, signed_in):
    for name in ("Lê Văn Tư", "Lê Văn Năm"):
        make_activity(make_returnee(by=an, full_name=name), by=an)
    asked, waiting = Returnee.objects.order_by("pk")
    agreed(asked, an, TODAY - timedelta(days=2))
    make_paperwork(returnee=waiting, by=an)
    make_returnee(by=an, full_name="Lê Thị Sáu", presented=False)

    lists = signed_in(an).get(HOME).context["lists"]

    assert [len(lists[name].rows) for name in ("outcomes", "not_presented", "papers")] == [1, 1, 1]


def test_somebody_with_several_duties_has_one_row_with_all_of_them(an, signed_in):
    person = make_returnee(by=an)
    agreed(person, an, TODAY - timedelta(days=2))
    make_paperwork(returnee=person, by=an)

    response = signed_in(an).get(HOME)

    rows = [row for each in response.context["lists"].values() for row in each.rows]
    assert [row.person.pk for row in rows] == [person.pk]
    assert len(rows[0].duties) > 2
    assert response.content.decode().count('class="row-name"') == 1


def test_home_shows_twenty_rows_and_the_rest_behind_counted_links(an, signed_in, settings):
    settings.PAGE_SIZE = 22
    for number in range(23):
        make_returnee(by=an, full_name=f"Nguyễn Văn {number:02d}")
    client = signed_in(an)

    shown = page(client)
    behind = client.get(HOME, {"who": "all", "list": "overdue"})

    assert shown.count('class="row-name"') == 20
    assert "?who=mine&amp;list=overdue" in shown
    assert "23 người" in shown
    assert len(behind.context["page_obj"]) == 22
    assert behind.context["page_obj"].count == 23
    assert len(client.get(HOME, {"list": "overdue", "after": behind.context["page_obj"].next}).context["page_obj"]) == 1


def test_a_list_that_is_none_is_the_home_page(an, signed_in):
    assert "lists" in signed_in(an).get(HOME, {"list": "x", "after": "y"}).context


def test_a_snoozed_duty_is_not_on_the_list(an, signed_in):
    person = make_returnee(by=an)
    until = TODAY + timedelta(days=5)
    actions.row.add(row=Snooze(returnee=person, duty="contact", since=TODAY, until=until, reason="Đi làm xa"), by=an)

    assert "contact" not in keys(signed_in(an).get(HOME), "overdue", "week", "later")


def test_nothing_due_says_what_will_stand_here(an, signed_in):
    assert "empty-title" in page(signed_in(an))


def test_a_reviewer_sees_communes_most_overdue_first_and_who_is_silent(an, binh, chi, signed_in):
    make_returnee(by=an, full_name="Nguyễn Văn Một")
    met = make_returnee(by=binh, full_name="Nguyễn Văn Hai", completed_on=TODAY - timedelta(days=40))
    make_activity(met, by=binh, on=TODAY)

    context = signed_in(chi).get(HOME).context

    assert [row["name"] for row in context["communes"]] == ["Xã Nam Đà", "Xã Krông Nô"]
    assert [row["person"].name for row in context["silent"]] == ["Nguyễn Văn Một"]


def test_a_reviewer_of_the_cluster_sees_nobody_outside_it(chi, units, signed_in):
    outside = make_user("son", "Sơn", "officer", units.dak_sak)
    make_returnee(by=outside, full_name="Người Ngoài Cụm")

    assert "Người Ngoài Cụm" not in page(signed_in(chi))


def test_an_administrator_sees_accounts_and_no_case(an, em, signed_in):
    make_returnee(by=an)

    shown = page(signed_in(em))

    assert "Lê Văn An" in shown
    assert "Nguyễn Văn Dũng" not in shown


def test_a_helper_sees_contact_and_next_meeting_of_those_helped_and_no_word_of_crime(an, giang, signed_in):
    person = make_returnee(by=an, phone="0912345678", household_contact="Bà Lan")
    make_judgment(returnee=person, by=an)
    make_returnee(by=an, full_name="Người Không Liên Quan")
    make_group(returnee=person, lead=an, members=[("women", giang)])
    agreed(person, an, TODAY + timedelta(days=3))

    shown = page(signed_in(giang))

    assert "0912 345 678" in shown
    assert "Bà Lan" in shown
    assert (TODAY + timedelta(days=3)).strftime("%d/%m/%Y") in shown
    assert "Người Không Liên Quan" not in shown
    assert "Trộm" not in shown


def test_a_helper_sees_first_who_waits_longest_for_their_organisation(an, giang, signed_in):
    an.phone = "0988000111"
    an.save()
    people = [make_returnee(by=an, full_name=name) for name in ("Một Gặp", "Hai Lâu", "Ba Hẹn", "Bốn Chưa")]
    for person in people:
        make_group(returnee=person, lead=an, members=[("women", giang)])
    for person, days in zip(people[:2], (3, 50), strict=True):
        make_activity(person, by=giang, on=TODAY - timedelta(days=days)).organisations.add(giang.posting.organisation)
    make_activity(people[3], by=an)  # met by the police alone
    agreed(people[2], an, TODAY + timedelta(days=2))

    shown = signed_in(giang).get(HOME)

    assert [person.full_name for person in shown.context["rows"]] == ["Ba Hẹn", "Bốn Chưa", "Hai Lâu", "Một Gặp"]
    assert "0988 000 111" in shown.content.decode()
    assert [entry.returnee.full_name for entry in shown.context["logged"]] == ["Một Gặp", "Hai Lâu"]


@pytest.mark.parametrize("who", ["an", "anh", "chi", "giang"])
def test_home_runs_as_many_queries_for_five_people_as_for_two(who, request, an, giang, signed_in):
    visitor = signed_in(request.getfixturevalue(who))

    def one_more(number):
        person = make_returnee(by=an, full_name=f"Nguyễn Văn {number}")
        make_group(returnee=person, lead=an, members=[("women", giang)])
        make_paperwork(returnee=person, by=an)
        agreed(person, an, TODAY + timedelta(days=number))

    def count():
        with CaptureQueriesContext(connection) as queries:
            visitor.get(HOME)
        return len(queries)

    for number in range(2):
        one_more(number)
    visitor.get(HOME)
    few = count()
    for number in range(2, 5):
        one_more(number)

    assert count() == few


def test_a_name_of_html_is_shown_as_text(an, signed_in):
    make_returnee(by=an, full_name="<script>alert(1)</script>")

    assert "<script>alert" not in page(signed_in(an))
