"""Every list as a workbook: what the page shows, as it is filtered; a reason, the log, who and when."""

import inspect
from datetime import datetime
from io import BytesIO

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cases.models import AuditEvent, Campaign, ListExport, Returnee, Submission, Unit
from cases.urls import urlpatterns
from cases.views.lists.registry import LISTS
from tests.makers import (
    TODAY,
    make_activity,
    make_campaign,
    make_employer,
    make_judgment,
    make_meeting,
    make_paperwork,
    make_returnee,
    make_sent,
    make_served,
    make_user,
)

REASON = "Đối chiếu với UBND xã"
# Whose list it is; every other one is An's
WHO = {
    **dict.fromkeys(("users", "units", "unit-changes"), "em"),
    **dict.fromkeys(("log", "alike", "caseloads"), "anh"),
    **dict.fromkeys(("nobody", "campaign", "consolidation"), "dung"),
}


def asked(name, **query):
    """What the page of a list is asked for, so that there is something on it."""
    of = {
        "register": lambda: Unit.objects.filter(code="24697"),
        "national": lambda: Unit.objects.filter(code="24697"),
        "campaign": Campaign.objects.all,
        "consolidation": Campaign.objects.all,
        "sent": lambda: Submission.objects.exclude(versions=None),
    }.get(name)
    about = {"of": f"{of().get().pk}"} if of else {}
    return {"indicator": "presented", "from": "01/01/2020", "to": f"{TODAY:%d/%m/%Y}", **about, **query}


def page_of(name):
    query = QueryDict(mutable=True)
    query.update(asked(name))
    return LISTS[name].address(query)


def take(client, name, **query):
    response = client.post(reverse("list-export", args=[name], query=query), {"reason": REASON})
    assert response.status_code == 200, name
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def rows(book):
    """The rows under the titles, as dictionaries; the foot left out."""
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    top = next(place for place, line in enumerate(lines) if all(line))
    body = lines[top + 1 : -2]
    return [dict(zip(lines[top], line, strict=True)) for line in body]


@pytest.fixture
def busy(an, dung, units):
    """Something in every list; a name that would be a formula."""
    people = [
        make_returnee(by=an, full_name="=HYPERLINK(1) Dũng", phone="0912345678", certificate_number="007"),
        make_returnee(by=an, full_name="K'Brôih Tiêng", presented=False),
        *(make_returnee(by=an, full_name="Bế Ích Quân", born_on="1985-02-03") for _twice in range(2)),
    ]
    for person in people[:2]:
        make_paperwork(returnee=person, by=an)
        make_judgment(returnee=person, by=an, number="12/2021/HS-ST")
    make_served(returnee=people[0], by=an, done_on=TODAY.replace(year=TODAY.year - 3))
    make_activity(people[0], by=an)
    make_meeting(*people, by=an, present=people)
    make_employer(by=an, name="@SUM xưởng")
    asked_for = make_campaign(unit=units.province, by=dung)
    make_sent(submission=asked_for.submissions.get(unit=units.nam_da), by=an)
    return people


PRINTED = {
    "consolidation",
    "report",
    "official",
    "overview",
    "reoffending",
    "sent",
}  # figures with totals, to be read as they are
# Lists that neither bear the name of one nor have pages
LISTS_TOO = {"arrival-nobody", "unit-unallocated", "campaign-detail"}
NOT_TAKEN = {  # of the program, not of the work, or figures: nobody is named and nobody is answered for
    "reoffending-show",
    *("error-list", "job-list", "report-form-list", "rule-word-list", "shared-list", "sign-in-list", "trip-show"),
    *("breach-list", "retention-list"),  # a register that names nobody; whom to forget is no list to carry away
    "task-list",  # one's own, for nobody else to read
    "workload-list",  # to help who needs it, not to carry people's figures away
    "coaching-list",  # five files to act on, no list to keep
    *("outside-reading-list", "reading-review-list"),  # signed where they are read; the log itself is taken away
}


def is_list(route):
    is_paged = "paginate(" in inspect.getsource(inspect.unwrap(route.callback))
    return route.name.endswith("-list") or (is_paged and "<" not in str(route.pattern))


def test_every_list_of_the_site_map_can_be_taken_away():
    lists = {route.name for route in urlpatterns if is_list(route)}

    assert len(lists) > 20
    assert (lists | LISTS_TOO) - NOT_TAKEN - {wanted.page for wanted in LISTS.values()} == set()


def test_every_list_is_offered_on_its_page_and_comes_as_a_workbook(busy, request, signed_in):
    for name in LISTS:
        client = signed_in(request.getfixturevalue(WHO.get(name, "an")))
        assert reverse("list-export", args=[name]) in client.get(page_of(name)).content.decode(), name
        book = take(client, name, **asked(name))
        foot = book.worksheets[0].oddFooter.left.text
        assert REASON in foot or any(REASON in str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))
        assert book.worksheets[0].auto_filter.ref or name in PRINTED, name

    assert set(ListExport.objects.values_list("name", flat=True)) == set(LISTS)


def test_the_file_holds_what_the_page_shows_and_no_more(busy, an, signed_in):
    client = signed_in(an)

    assert [row["Họ và tên"] for row in rows(take(client, "people", q="tieng"))] == ["K'Brôih Tiêng"]
    assert [row["Họ và tên"] for row in rows(take(client, "people", status="not_presented"))] == ["K'Brôih Tiêng"]
    assert len(rows(take(client, "people"))) == 4


def test_names_are_text_zeros_are_kept_and_days_are_days(busy, an, signed_in):
    book = take(signed_in(an), "people", q="dung")
    cells = {cell.value: cell for row in book.worksheets[0].iter_rows() for cell in row}
    (row,) = rows(book)

    assert cells["=HYPERLINK(1) Dũng"].data_type == "s"
    assert row["Điện thoại"] == "0912345678"
    assert row["Lần gặp riêng gần nhất"] == datetime.combine(TODAY, datetime.min.time())


def test_the_list_of_files_tells_what_people_look_for(an, signed_in):
    facts = {"born_on": "1985-02-03", "identity_number": "067085000001", "completed_on": TODAY, "presented_on": TODAY}
    make_judgment(returnee=make_returnee(by=an, **facts), by=an)

    (row,) = rows(take(signed_in(an), "people"))

    day = datetime.combine(TODAY, datetime.min.time())
    told = ["Giới tính", "Ngày sinh", "Số định danh", "Ngày chấp hành xong", "Ngày trình diện", "Bản án trong hồ sơ"]
    assert [row[title] for title in told] == ["Nam", "03/02/1985", "067085000001", day, day, 1]


def test_a_file_needs_a_reason_and_is_logged_with_its_filters(busy, an, anh, signed_in):
    client = signed_in(an)
    response = client.post(reverse("list-export", args=["people"]), {"reason": ""})

    assert "is-invalid" in response.content.decode()
    assert not ListExport.objects.exists()
    take(client, "people", q="tieng", page="2")
    event = AuditEvent.objects.visible_to(anh).get(verb="list.exported")
    assert (event.actor, event.reason) == ("Lê Văn An", REASON)
    assert event.after == {"list": "people", "rows": 1, "filter_q": "tieng"}


def test_the_log_does_not_say_where_in_the_list_somebody_was(busy, an, signed_in, settings):
    settings.PAGE_SIZE = 1
    client = signed_in(an)
    key = client.get(reverse("returnee-list"), {"status": "all"}).context["page_obj"].next

    take(client, "people", status="all", after=key)
    take(client, "people", status="all", before=key)

    assert [taken.filters for taken in ListExport.objects.all()] == [{"status": "all"}] * 2


def test_no_offence_and_no_sentence_leaves_with_a_list(busy, request, signed_in):
    for name in set(LISTS) - {
        "log",
        "register",
    }:  # the log names the judgment on its page too, the register is all of it
        book = take(signed_in(request.getfixturevalue(WHO.get(name, "an"))), name, **asked(name))
        said = " ".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
        assert not [word for word in ("Trộm cắp", "12/2021/HS-ST", "Điều 173", "36 tháng") if word in said], name


@pytest.mark.parametrize(("who", "name", "status"), [
    ("giang", "people", 403), ("em", "people", 403), ("an", "users", 403), ("an", "log", 403), ("chi", "loans", 403),
    ("chi", "people", 200), ("an", "no-such", 404), ("em", "users", 200),
])  # fmt: skip
def test_a_list_leaves_only_with_who_may_see_it(who, name, status, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("list-export", args=[name])).status_code == status
    response = client.post(reverse("list-export", args=[name]), {"reason": REASON})
    response.getvalue()  # a file is read to its end
    assert response.status_code == status


def test_a_file_holds_the_scope_of_who_takes_it(busy, binh, signed_in):
    make_returnee(by=binh, full_name="Y Thương Niê")

    assert [row["Họ và tên"] for row in rows(take(signed_in(binh), "people"))] == ["Y Thương Niê"]


def test_a_file_runs_a_constant_number_of_queries(busy, request, an, units, signed_in):
    clients = {name: signed_in(request.getfixturevalue(WHO.get(name, "an"))) for name in LISTS}

    def counted():
        found = {}
        for name, client in clients.items():
            with CaptureQueriesContext(connection) as queries:
                take(client, name, **asked(name))
            found[name] = len(queries)
        return found

    counted()
    few = counted()
    for number in range(3):
        person = make_returnee(by=an, full_name=f"Người Thứ {number}", certificate_number="1")
        make_paperwork(returnee=person, by=an)
        make_activity(person, by=an)
        make_served(returnee=person, by=an, done_on=TODAY.replace(year=TODAY.year - 3))
        make_meeting(person, by=an, present=[person])
        make_employer(by=an, name=f"Xưởng {number}")
        make_user(f"nguoi{number}", f"Cán Bộ {number}", "officer", units.krong_no)

    assert counted() == few


def test_who_was_sealed_is_named_in_no_file(busy, an, signed_in):
    client = signed_in(an)
    Returnee.objects.filter(pk=busy[0].pk).update(closed_on=TODAY, close_reason="expunged")

    for name in (
        "people",
        "paperwork",
        "loans",
        "clean-records",
        "silent",
        "figure",
        "overview",
        "reoffending",
        "sent",
    ):
        book = take(client, name, **asked(name, status="all"))
        said = " ".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
        assert "HYPERLINK" not in said, name
