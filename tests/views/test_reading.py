"""What is read, searched, looked up or refused leaves one row in the log, and never a name that a page told."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from cases.models import AuditEvent
from cases.urls import urlpatterns
from cases.views import reading
from cases.views.casefile.withdrawal import WITHDRAWABLE
from tests.conftest import StrictClient
from tests.makers import make_activity, make_judgment, make_returnee, make_transfer

NUMBER = "067085012345"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36"


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Trần Văn Tám", identity_number=NUMBER)


@pytest.fixture
def rows(db):
    """The rows of the log that came since the test began to look."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def since():
        return list(AuditEvent.objects.filter(pk__gt=last).order_by("pk"))

    return since


def test_a_list_leaves_who_as_what_from_where_on_which_device(an, units, person, rows, signed_in):
    signed_in(an).get("/people/", {"status": "all"}, headers={"user-agent": CHROME}, REMOTE_ADDR="10.1.2.3")

    (row,) = rows()
    assert (row.verb, row.actor, row.role) == ("page.read", "Lê Văn An", "officer")
    assert row.unit_id == row.actor_unit_id == units.nam_da.pk
    assert (row.address, row.device) == ("10.1.2.3", "Chrome 109 · Windows")
    assert row.after == {"page": "returnee-list", "status": "all"}


def test_a_search_is_kept_as_it_was_asked_and_not_what_it_found(an, person, rows, signed_in):
    signed_in(an).get("/people/", {"q": "tam"})

    (row,) = rows()
    assert (row.verb, row.after) == ("page.searched", {"page": "returnee-list", "q": "tam"})
    assert "Trần" not in f"{row.label}{row.after}{row.reason}"


@pytest.mark.parametrize("typed", [NUMBER, "067 085 012 345", "067.085.012345"])
def test_a_number_looked_up_is_kept_by_its_last_digits_and_one_digest(an, person, rows, signed_in, typed):
    signed_in(an).get("/people/find/", {"q": typed})

    (row,) = rows()
    assert row.verb == "page.looked_up"
    assert row.after == {"page": "returnee-find", "q": "•••••••••345", "q_digest": reading.digest(NUMBER)}


def test_a_look_up_by_a_form_that_is_refused_is_in_the_log_too(anh, rows, signed_in):
    signed_in(anh).post("/people/sealed/", {"number": NUMBER, "reason": "Xác minh"})

    (row,) = rows()
    assert (row.verb, row.after["page"], row.after["number"]) == ("page.looked_up", "returnee-unseal", "•••••••••345")
    assert NUMBER not in f"{row.after}"


def test_of_a_card_nothing_but_the_number_is_kept(an, rows, signed_in):
    card = f"{NUMBER}||Trần Văn Tám|01011985|Nam|Thôn 1, Nam Đà|01012022"

    signed_in(an).post("/people/find/", {"card": card})

    (row,) = rows()
    assert (row.verb, row.after["card"]) == ("page.looked_up", "•••••••••345")
    assert "Tám" not in f"{row.after}"


def test_what_was_exported_holds_no_number_in_clear(an, anh, person, rows, signed_in):
    b"".join(signed_in(an).post(f"/excel/people/?q={NUMBER}", {"reason": "Đối chiếu"}).streaming_content)

    (row,) = rows()
    assert (row.verb, row.after["filter_q"]) == ("list.exported", "•••••••••345")


@pytest.mark.parametrize("made", [make_judgment, make_transfer])
def test_the_page_of_a_row_is_in_the_log_of_whose_file_it_is(made, an, units, person, rows, signed_in):
    given = {"to_unit": units.krong_no} if made is make_transfer else {}
    row = made(returnee=person, by=an, **given)
    route = "transfer-detail" if given else "judgment-edit"

    signed_in(an).get(reverse(route, args=[row.pk]))

    event = rows()[-1]
    assert (event.verb, event.returnee_id) == ("returnee.opened", person.pk)
    assert event.after == {"page": route, "row": row.pk}


def test_an_entry_of_several_people_is_in_the_log_of_each(an, person, rows, signed_in):
    other = make_returnee(by=an, full_name="Lê Thị Chín")
    activity = make_activity(person, other, by=an)

    signed_in(an).get(reverse("activity-edit", args=[activity.pk]))

    opened = [row.returnee_id for row in rows() if row.verb == "returnee.opened"]
    assert sorted(opened) == [person.pk, other.pk]


def test_a_page_without_the_right_is_in_the_log(an, units, rows, signed_in):
    signed_in(an).get("/users/")

    (row,) = rows()
    assert (row.verb, row.actor, row.after) == ("user.refused", "Lê Văn An", {"page": "user-list"})


def test_a_file_of_another_unit_that_is_asked_for_is_in_the_log_without_its_name(binh, person, rows, signed_in):
    signed_in(binh).get(f"/people/{person.pk}/")

    (row,) = rows()
    assert (row.verb, row.target_id) == ("user.not_found", binh.pk)
    assert row.after == {"page": "returnee-detail", "returnee_pk": person.pk}
    assert row.unit_id is None
    assert row.actor_unit_id == binh.unit.pk


def test_a_forged_form_is_in_the_log(an, person, rows):
    client = StrictClient(enforce_csrf_checks=True)
    client.force_login(an)

    client.post(f"/people/{person.pk}/edit/", {"full_name": "Kẻ Khác"})

    (row,) = rows()
    assert (row.verb, row.actor_id) == ("user.form_refused", an.pk)


def test_whoever_is_not_signed_in_fills_no_log(db, rows):
    client = StrictClient(enforce_csrf_checks=True)

    for _time in range(3):
        client.post("/sign-in/", {"login": "x", "password": "y"})
        client.get("/people/1/")
        client.get("/no-such-page/")

    assert [row.verb for row in rows()] == ["user.form_refused"]


def test_signing_out_is_in_the_log(an, rows, signed_in):
    signed_in(an).post("/sign-out/")

    assert [row.verb for row in rows()] == ["user.signed_out"]


def test_a_session_that_ended_by_itself_is_in_the_log(an, rows, signed_in, settings):
    client = signed_in(an)
    client.get("/rules/")
    settings.IDLE_SECONDS = -1

    client.get("/rules/")

    assert [row.verb for row in rows()] == ["user.timed_out"]


def test_what_wrote_a_row_of_its_own_leaves_no_second_one(an, person, rows, signed_in):
    signed_in(an).post(f"/people/{person.pk}/present/", {"presented_on": "01/01/2020"})

    assert "returnee.opened" in [row.verb for row in rows()]
    assert len(rows()) == 1


def test_a_reviewer_reads_of_searches_in_words(anh, an, person, signed_in):
    signed_in(an).get("/people/", {"q": "tam"})

    page = signed_in(anh).get("/log-book/?group=reading").content.decode()

    assert "Tìm kiếm" in page
    assert "tam" in page


def test_every_page_with_a_row_says_whose_or_names_nobody():
    known = {*reading.NAMELESS, *reading.WAY_TO_ROW, "row-withdraw"}
    of_no_one = {"activity-undo", "snooze-lift", "user-detail", "unit-allocate", "posting-confirm"}
    routes = [
        path for path in urlpatterns if "<int:pk>" in str(path.pattern) and "returnee_pk" not in str(path.pattern)
    ]
    others = {path.name for path in routes} - known - of_no_one

    assert {name.partition("-")[0] for name in others} <= {
        "user",
        "import",
        "employer",
        "meeting",
        "caseload",
        "submission",
        "milestone",
        "task",
        "reading",  # of a unit: its readers, nobody of the files
    }


def test_a_page_that_takes_back_a_record_of_somebody_is_in_the_log_of_their_file():
    of_somebody = {noun for noun, (model, _back) in WITHDRAWABLE.items() if hasattr(model, "returnee")}

    assert of_somebody == set(reading.WAY_TO_WITHDRAWN)


def test_names_that_are_listed_are_routes():
    names = {path.name for path in urlpatterns}

    assert reading.NAMELESS <= names
    assert set(reading.WAY_TO_ROW) <= names


def test_where_somebody_was_in_a_list_is_no_filter():
    sent = RequestFactory().get("/", {"after": "x", "page": "3", "status": "all", "q": ""}).GET

    assert reading.mask_numbers(sent) == {"status": "all"}
