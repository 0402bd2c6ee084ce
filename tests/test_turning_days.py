"""The pages at the moments at which a day, a month, a year or a state's year turns, in an order drawn anew each run."""

import os
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Activity
from tests.makers import make_activity, make_returnee

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = [date(2028, 2, 28), date(2028, 2, 29), date(2027, 2, 28), date(2026, 12, 31), date(2026, 12, 14)]
TURNS = [
    moment
    for day in DAYS
    for late in [datetime(day.year, day.month, day.day, 23, 59, tzinfo=HERE)]
    for moment in (late, late + timedelta(minutes=2))
]
PAGES = (
    *("home", "activity-add", "returnee-list", "arrival-list", "paperwork-list", "meeting-list", "meeting-record"),
    *("expungement-list", "report-show", "dashboard-show", "report-silent", "trip-show"),
)
OF_THE_FILE = ("detail", "clock", "dossier", "history", "work", "needs", "group", "violations", "edit")
# One order for every worker of a run, another the next time.
SEED = os.environ.get("SEED") or os.environ.get("PYTEST_XDIST_TESTRUNUID", "")[:6] or str(random.randrange(10**6))
print(f"order of the turning days: SEED={SEED}")
random.Random(SEED).shuffle(TURNS)


@pytest.fixture(params=TURNS, ids=lambda moment: f"{moment:%d-%m-%Y-%H%M}-{SEED}")
def moment(request, monkeypatch):
    """The clock stands: everything asks `timezone` for the time, as test_local_days proves."""
    monkeypatch.setattr(timezone, "now", lambda: request.param)
    return request.param


def test_work_of_the_day_is_logged_and_shown_on_its_day(moment, an, signed_in):
    person = make_returnee(by=an, completed_on=moment.date() - timedelta(days=200))
    make_activity(person, by=an, on=moment.date())

    activity = Activity.objects.get()
    assert activity.on == timezone.localdate(activity.created_at) == moment.date()
    client = signed_in(an)
    addresses = [*map(reverse, PAGES), *(reverse(f"returnee-{tab}", args=[person.pk]) for tab in OF_THE_FILE)]
    answers = {address: client.get(address, follow=True).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 200)
    page = client.get(reverse("activity-add"))
    assert page.context["form"].base_day == moment.date()


def test_a_form_opened_before_midnight_keeps_the_day_it_showed(an, signed_in, monkeypatch):
    late = datetime(2026, 12, 31, 23, 59, tzinfo=HERE)
    monkeypatch.setattr(timezone, "now", lambda: late)
    person = make_returnee(by=an, completed_on=date(2026, 6, 1))
    client = signed_in(an)
    form = client.get(reverse("activity-add")).context["form"]
    sent = {name: form[name].value() for name in ("uid", "kind", "when", "outcome", "place", "next_time", "shown_on")}

    monkeypatch.setattr(timezone, "now", lambda: late + timedelta(minutes=2))
    client.post(reverse("activity-add"), {**sent, "people": [person.pk]})

    assert Activity.objects.get().on == date(2026, 12, 31)
