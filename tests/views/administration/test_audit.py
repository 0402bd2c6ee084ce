from datetime import timedelta

import pytest

from cases import actions
from cases.models import DeadlineVersion
from tests.makers import TODAY, make_activity, make_judgment, make_returnee, make_unit_change

LOG = "/log-book/"


def verbs(response):
    return [line.event.verb for line in response.context["lines"]]


@pytest.fixture
def work(an, binh):
    """A file at Nam Đà with a visit, and one at Krông Nô."""
    person = make_returnee(by=an, full_name="Trần Văn Tám")
    make_activity(person, by=an)
    make_returnee(by=binh, full_name="Y Blu Niê")
    return person


def test_a_chief_reads_what_happened_in_the_commune_and_nothing_of_the_neighbour(anh, work, signed_in):
    response = signed_in(anh).get(LOG)

    assert {"activity.recorded", "returnee.registered"} <= set(verbs(response))
    assert "Trần Văn Tám" in response.content.decode()
    assert "Y Blu Niê" not in response.content.decode()


def test_a_reviewer_reads_the_log_of_all_communes_below(chi, work, signed_in):
    page = signed_in(chi).get(LOG).content.decode()

    assert "Trần Văn Tám" in page
    assert "Y Blu Niê" in page


def test_an_administrator_reads_of_accounts_and_units_and_of_no_person(em, work, an, signed_in):
    make_judgment(returnee=work, by=an, name="Cướp tài sản")

    response = signed_in(em).get(LOG)

    assert {event.split(".")[0] for event in verbs(response)} == {"user", "unit"}
    assert "Trần Văn Tám" not in response.content.decode()
    assert "Cướp" not in response.content.decode()


def test_the_opening_of_a_file_stands_in_the_log(anh, an, work, signed_in):
    signed_in(an).get(f"/people/{work.pk}/")

    assert verbs(signed_in(anh).get(f"{LOG}?group=opening")) == ["returnee.opened"]


def test_a_correction_shows_what_stood_there_before_and_after(em, an, signed_in):
    an.full_name = "Lê Văn Ân"
    actions.user.correct(user=an, by=em)

    page = signed_in(em).get(f"{LOG}?group=account").content.decode()

    assert '<del class="change-before">Lê Văn An</del>' in page
    assert '<ins class="change-after">Lê Văn Ân</ins>' in page


def test_the_log_is_filtered_by_day_both_ends_included(anh, work, signed_in):
    client = signed_in(anh)
    day, before = f"{TODAY:%d/%m/%Y}", f"{TODAY - timedelta(days=1):%d/%m/%Y}"

    assert verbs(client.get(f"{LOG}?since={day}&until={day}"))
    assert not verbs(client.get(f"{LOG}?until={before}"))


def test_the_log_is_filtered_by_who_and_what(anh, an, work, signed_in):
    client = signed_in(anh)
    actions.audit.record(by=anh, verb="returnee.corrected", target=work)

    assert verbs(client.get(f"{LOG}?actor=anh")) == ["returnee.corrected"]
    assert verbs(client.get(f"{LOG}?group=visit")) == ["activity.recorded"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=31/02/2026", "since"),
        ("since=02/01/2026&until=01/01/2026", "until"),
        (f"actor={'x' * 81}", "actor"),
        ("group=x", "group"),
    ],
)
def test_a_filter_that_is_none_is_told_and_the_log_stays(anh, work, signed_in, query, field):
    response = signed_in(anh).get(f"{LOG}?{query}")

    assert list(response.context["form"].errors) == [field]
    assert verbs(response)


def test_an_administrator_cannot_ask_for_the_files(em, work, signed_in):
    assert "group" in signed_in(em).get(f"{LOG}?group=opening").context["form"].errors


def test_a_page_number_of_minus_one_shows_a_page(anh, work, signed_in):
    assert verbs(signed_in(anh).get(f"{LOG}?after=-1"))


def test_the_log_is_paged(anh, work, signed_in):
    for _number in range(40):
        actions.audit.record(by=anh, verb="returnee.corrected", target=work)

    assert len(verbs(signed_in(anh).get(LOG))) == 30


def test_nothing_found_shows_the_way_back_to_all(anh, work, signed_in):
    response = signed_in(anh).get(f"{LOG}?until=01/01/1990")

    assert f'<a class="btn btn-secondary" href="{LOG}">' in response.content.decode()


@pytest.mark.parametrize("who", ["an", "binh", "giang"])
def test_the_log_is_not_for_officers_and_helpers(who, request, signed_in):
    assert signed_in(request.getfixturevalue(who)).get(LOG).status_code == 403


def test_an_administrator_reads_the_changes_of_units_and_deadlines(units, em, signed_in):
    make_unit_change(unit=units.nam_da, by=em, name="Xã Nam Đà Mới")
    version = DeadlineVersion(duty="contact", amount=20, valid_from=TODAY, source="Thông tư thử", certainty="V")
    actions.deadline_version.add(version=version, by=em)

    events = signed_in(em).get(f"{LOG}?group=unit").context["page_obj"].object_list

    assert {"unitchange", "deadlineversion"} <= {event.target_type for event in events}
