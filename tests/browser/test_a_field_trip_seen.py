"""What is seen of Đi thôn, on and without a network: at every size, enlarged, dark, in forced colours."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases import actions
from cases.models import Appointment
from tests.browser import test_a_field_trip as trip
from tests.browser import ways
from tests.makers import TODAY, make_group, make_meeting, make_paperwork, make_referral

people, line, phone = trip.people, trip.line, trip.phone


def faults(phone, what):
    return ways.faults(phone.visitor, what, whole=True)


@pytest.fixture
def busy(people, an, giang):
    """Somebody of whom everything is to be done."""
    person = people[0]
    make_group(returnee=person, lead=an, members=[("women", giang)])
    make_paperwork(returnee=person, by=an)
    referral = make_referral(returnee=person, by=an, referred_on=TODAY - timedelta(days=40))
    for state, ago in (("accepted", 39), ("started", 35)):
        day = TODAY - timedelta(days=ago)
        actions.employment.report_outcome(referral=referral, state=state, on=day, by=an)
    actions.row.add(row=Appointment(returnee=person, kind="encouragement", on=TODAY - timedelta(days=2)), by=an)
    make_meeting(*people[:4], by=an, on=TODAY - timedelta(days=1))
    return person


def test_every_page_of_the_trip_is_whole_in_every_way_to_look_at_it(phone, people, busy, line, an, units):
    page, wrong = phone.page, []
    phone.visitor.sign_in_by_form("an")
    phone.visitor.open(reverse("trip-show"))
    expect(page.locator("[data-part=mark]")).to_be_visible()
    wrong += faults(phone, "1 mark")
    phone.mark_here()
    line.cut()
    phone.visitor.open(reverse("returnee-list"))
    wrong += faults(phone, "2 locked")
    phone.open_hamlet()
    phone.tap("[data-meeting] summary")
    phone.tap(f"[data-person='{busy.pk}'] [data-put-off]")
    phone.tap(f"[data-person='{busy.pk}'] [data-new-phone]")
    wrong += faults(phone, "3 people")
    page.reload()
    phone.open_hamlet()
    for one in people[:2]:
        phone.tap(f"[data-person='{one.pk}'] [data-pick]")
    wrong += faults(phone, "4 several")
    phone.tap("[data-several] [data-outcome=met]")
    phone.log(people[2], "absent")
    actions.returnee.hand_over(returnee=people[1], to_unit=units.krong_no, on=TODAY, by=an)
    line.mend()
    page.evaluate("() => TripSend()")
    trip.wait_until(page, lambda: set(phone.states()) == {"Cần xem lại", "Đã ghi nhận"})
    page.locator("[data-entry-list] > li").last.locator("[data-mend]").tap()
    phone.tap("[data-with-unsent] summary")
    wrong += faults(phone, "5 entries")
    phone.visitor.open(reverse("home"))
    expect(page.locator("[data-trip-bar]")).to_be_visible()
    wrong += faults(phone, "6 home with the outbox")
    assert wrong == []
