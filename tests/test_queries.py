"""Every list runs as many queries for five rows as for two, and no page more than its bound."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Crime, DeadlineVersion, Employer, GroupMeeting, Organisation, Posting, Returnee, User
from cases.urls import urlpatterns
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_employer,
    make_export,
    make_group,
    make_judgment,
    make_meeting,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
    make_transfer,
    make_unit,
    make_unit_change,
    make_user,
)
from tests.page_queries import recorded
from tests.views import test_constant_queries as province

LISTS = [
    ("home", "an"),
    ("home", "anh"),
    ("home", "chi"),
    ("home", "giang"),
    ("arrival-list", "an"),
    ("arrival-list", "chi"),
    ("arrival-sent", "an"),
    ("arrival-nobody", "dung"),
    ("returnee-list", "an"),
    ("returnee-list", "chi"),
    ("returnee-list", "giang"),
    ("force-grid", "an"),
    ("force-grid", "chi"),
    ("duplicate-list", "anh"),
    ("returnee-detail", "an"),
    ("returnee-sentence", "an"),
    ("returnee-clock", "an"),
    ("returnee-paperwork", "an"),
    ("returnee-dossier", "an"),
    ("report-form-list", "chi"),
    ("expungement-list", "an"),
    ("expungement-list", "chi"),
    ("returnee-work", "an"),
    ("returnee-needs", "an"),
    ("returnee-consents", "an"),
    ("returnee-notes", "an"),
    ("loan-list", "an"),
    ("returnee-group", "an"),
    ("returnee-history", "an"),
    ("returnee-readers", "anh"),
    ("sign-in-list", "an"),
    ("trip-show", "an"),
    ("task-list", "an"),
    ("coaching-list", "chi"),
    ("workload-list", "chi"),
    ("activity-add", "an"),
    ("import-list", "an"),
    ("meeting-list", "an"),
    ("meeting-detail", "an"),
    ("meeting-record", "an"),
    ("paperwork-list", "an"),
    ("transfer-list", "binh"),
    ("transfer-list", "chi"),
    ("caseload-list", "anh"),
    ("employer-list", "an"),
    ("report-show", "chi"),
    ("report-show", "dung"),
    ("report-silent", "chi"),
    ("report-document", "an"),
    ("report-document", "chi"),
    ("dashboard-show", "an"),
    ("dashboard-show", "dung"),
    ("dashboard-list", "chi"),
    ("reoffending-show", "chi"),
    ("reoffending-list", "chi"),
    ("user-list", "em"),
    ("rule-word-list", "em"),
    ("unit-list", "em"),
    ("unit-unallocated", "em"),
    ("audit-list", "anh"),
    ("outside-reading-list", "anh"),
    ("reading-review-list", "anh"),
    ("reading-review-list", "chi"),
    ("breach-list", "anh"),
    ("breach-list", "em"),
    ("retention-list", "anh"),
    ("error-list", "em"),
    ("job-list", "em"),
    ("arrival-detail", "an"),
    ("employer-detail", "an"),
    ("returnee-violations", "an"),
    ("rule-law", "em"),
    ("rule-list", "em"),
    ("shared-list", "em"),
    ("shared-detail", "em"),
    ("unit-change-list", "em"),
    ("unit-detail", "em"),
    ("unit-find", "an"),
    ("user-detail", "em"),
]
EVERY_PAGE = province.EVERY_PAGE  # queries, session and user included
MOST = {  # the row in the log included: pages opened all day, and what the largest figures are made of
    ("home", "an"): 10,
    ("home", "anh"): 12,
    ("home", "chi"): 12,
    ("returnee-list", "an"): 11,
    ("returnee-detail", "an"): 13,
    ("returnee-sentence", "an"): 12,
    ("returnee-clock", "an"): 11,
    ("returnee-needs", "an"): 10,
    ("returnee-paperwork", "an"): 10,
    ("returnee-work", "an"): 12,
    ("returnee-group", "an"): 13,
    ("returnee-violations", "an"): 10,
    ("returnee-history", "an"): 14,
    ("activity-add", "an"): 10,
    ("meeting-list", "an"): 9,
    ("paperwork-list", "an"): 9,
    ("expungement-list", "an"): 9,
    ("report-show", "dung"): 12,
    ("report-silent", "chi"): 14,
    ("dashboard-show", "dung"): 14,
    ("dashboard-list", "chi"): 15,
    ("reoffending-show", "chi"): 12,
}
OF_FIRST = {"meeting-detail": GroupMeeting, "employer-detail": Employer, "user-detail": User}
ELSEWHERE = {  # measured where their rows are at hand
    "campaign-figures": "tests/views/periodic/test_consolidation.py",
    "campaign-detail": "tests/views/periodic/test_campaign.py",
    "campaign-list": "tests/views/periodic/test_campaign.py",
    "reading-review-detail": "tests/views/administration/test_reading_review.py",
    "returnee-former": "test_the_history_of_a_file_handed_over_runs_a_constant_number_of_queries",
    "dossier-paper": "tests/views/dossier/test_person.py",
    "helper-report": "tests/views/dossier/test_person.py",
    "report-form": "tests/views/dossier/test_unit.py",
    "report-list": "tests/views/test_constant_queries.py",
    "submission-detail": "tests/views/periodic/test_submission.py",
    "submission-list": "tests/views/periodic/test_submission_version.py",
}
OF_ONE = {  # a page of one record that holds no rows, or a file
    "arrival-reply",
    "attachment-file",
    "breach-detail",
    "breach-letter",
    "device-state",
    "draft-recorded",
    "error-detail",
    "expungement-application",
    "expungement-guide",
    "import-bad-rows",
    "import-blank",
    "import-columns",
    "job-detail",
    "service-worker",
    "transfer-detail",
    "transfer-sheet",
    "trip-shell",
    "unit-change-blank",
    "unit-change-detail",
    "user-load-blank",
    "web-manifest",
}


@pytest.fixture(autouse=True)
def _nobody_idles(settings):
    """The sign-in notes once a minute that somebody is there: on a slow machine that would be a query of some page."""
    settings.IDLE_SECONDS = 24 * 60 * 60


def more_work(an, giang, units, start, count):
    """`count` people with everything that stands in lists, and as many accounts."""
    people = []
    for number in range(start, start + count):
        person = make_returnee(by=an, full_name=f"Người Thứ {number}")
        make_group(returnee=person, lead=an, members=[("women", giang), ("front", "Mai")])
        make_judgment(returnee=person, by=an)
        make_activity(person, by=an)
        make_paperwork(returnee=person, by=an)
        make_referral(returnee=person, by=an, employer=make_employer(by=an, name=f"Xưởng {number}"))
        make_transfer(returnee=person, to_unit=units.krong_no, by=an)
        user = make_user(f"nguoi{number}", f"Cán Bộ {number}", "officer", units.krong_no)
        make_export(by=user)
        make_unit_change(unit=new_unit(units, number), by=user)
        make_notice(returnee=make_returnee(by=an, full_name=f"Người Về {number}", presented=False), by=an)
        gone = make_notice(returnee=make_returnee(by=an, full_name=f"Người Đi {number}", presented=False), by=an)
        send_on(gone.returnee, an, units.krong_no)
        people.append(person)
    return people


def new_unit(units, number):
    return make_unit(kind="commune", code=f"9970{number}", name=f"Phường {number}", parent=units.cluster)


def send_on(person, by, unit):
    what = {"kind": "wrong_commune", "named_unit": unit, "on": TODAY, "uid": uuid.uuid4()}
    actions.arrival.answer(returnee=person, by=by, **what)


def address(route, person, units):
    """The page of a list: of one file, of the first meeting, of the first of its kind."""
    if route in OF_FIRST:
        return reverse(route, args=[OF_FIRST[route].objects.earliest("pk").pk])
    if route == "shared-detail":
        return reverse(route, args=["deadlines"])
    if route == "unit-detail":
        return reverse(route, args=[units.krong_no.pk])
    if route == "unit-find":
        return f"{reverse(route)}?q=phuong"
    if route == "arrival-detail":
        person = Returnee.objects.filter(presented_on=None).earliest("pk")
    of_one = route == "arrival-detail" or route.startswith("returnee-") and route != "returnee-list"
    return reverse(route, args=[person.pk] if of_one else [])


def work_on(person, an, units, start, count):
    """The tabs of one file grow too, what is awaited of another, the postings of the first user and the rules."""
    awaited = Returnee.objects.filter(presented_on=None).earliest("pk")
    for number in range(start, start + count):
        make_activity(person, by=an)
        make_judgment(returnee=person, by=an, number=f"{number}/HSST")
        make_paperwork(returnee=person, by=an)
        make_referral(returnee=person, by=an, employer=Employer.objects.first())
        crime = {"act_on": TODAY, "offence": f"Tội {number}", "severity": 1, "stage": "reported"}
        actions.violation.record(violation=Crime(returnee=person, **crime), by=an)
        actions.arrival.answer(
            returnee=awaited, by=an, kind="not_here", on=TODAY, uid=uuid.uuid4(), note=f"Lần {number}"
        )
        make_meeting(person, by=an)
        since = date(2025, 8, 1) + timedelta(days=number)
        actions.user.appoint(posting=Posting(user=an, unit=an.unit, role="officer", since=since), by=None)
        version = DeadlineVersion(duty="contact", amount=20 + number, valid_from=since, source="x", certainty="V")
        actions.deadline_version.add(version=version, by=an)


@pytest.mark.walk
def test_a_list_runs_a_constant_number_of_queries(request, units, an, giang, signed_in):
    users = {who: request.getfixturevalue(who) for who in sorted({who for _route, who in LISTS})}

    def count_all():
        """Everybody signs in anew: a posting made in between has ended what was open."""
        return {who: asked(signed_in(User.objects.get(pk=users[who].pk)), pages[who]) for who in users}

    people = more_work(an, giang, units, 0, 2)
    make_meeting(*people, by=an, present=people)
    work_on(people[0], an, units, 0, 1)
    pages = {who: {} for who in users}
    for route, who in LISTS:
        pages[who][route] = address(route, people[0], units)
    few = count_all()
    counts = {page: few[page[1]][page[0]] for page in LISTS}
    assert {page: count for page, count in counts.items() if count > MOST.get(page, EVERY_PAGE)} == {}

    everybody = people + more_work(an, giang, units, 2, 3)
    make_meeting(*everybody, by=an, present=everybody)
    work_on(people[0], an, units, 1, 3)

    assert count_all() == few


def test_saving_the_quick_log_asks_no_more_than_it_did(an, signed_in):
    """The session, the savepoints of two transactions and the look for the same visit among them.

    PostgreSQL waits for the same form and for the same work beside that.
    """
    person = make_returnee(by=an)
    sent = {"uid": uuid.uuid4(), "people": [person.pk], "kind": "review", "when": "today", "outcome": "met"}
    sent |= {"place": "home", "next_time": "same", "organisations": [Organisation.objects.first().pk]}

    asked_for = [sql for sql, _where in recorded(signed_in(an), reverse("activity-add"), sent)]

    assert len([sql for sql in asked_for if "pg_advisory_xact_lock" not in sql]) <= 23


def asked(client, pages):
    """How many queries each page runs, once it has been opened."""
    return {route: len(recorded(client, url)) for route, url in pages.items()}


def test_the_history_of_a_file_handed_over_runs_a_constant_number_of_queries(units, an, binh, signed_in):
    found = []
    for count in (2, 5):
        person = make_returnee(by=an, full_name=f"Người {count}")
        for number in range(count):
            make_activity(person, by=an, note=f"Lần {number}")
            make_judgment(returnee=person, by=an, number=f"{number}/HSST")
        make_accepted(transfer=make_transfer(returnee=person, to_unit=units.krong_no, by=an), by=binh)
        found.append(asked(signed_in(an), {"former": reverse("returnee-former", args=[person.pk])}))

    assert found[0] == found[1]


def is_read(view):
    return "POST" not in view.methods or view.as_file


def test_every_page_that_reads_is_measured():
    reads = {path.name for path in urlpatterns if path.name.endswith("-list") or is_read(path.callback)}
    measured = {route for route, _who in LISTS} | set(province.PAGES) | set(ELSEWHERE)

    assert reads - measured - OF_ONE == set(), "each needs its line in LISTS, with somebody who may open it"
    assert not measured & OF_ONE
