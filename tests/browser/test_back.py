"""The Back button, with the cache of whole pages on as in everybody's browser."""

import pytest
from django.urls import reverse

from cases.models import Activity, ActivityEntry
from tests.makers import make_returnee

LEFT = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


@pytest.fixture
def people(transactional_db, an):
    return [make_returnee(by=an, full_name=name) for name in ("Nguyễn Văn Dũng", "Lò Văn Pá")]


def save(visitor):
    with visitor.answered():
        visitor.page.click(".form-actions button >> nth=0")


def choose(visitor, person, checked=True):
    visitor.page.set_checked(f"input[name=people][value='{person.pk}']", checked, force=True)


def recorded():
    return set(ActivityEntry.objects.values_list("returnee__full_name", flat=True))


@pytest.fixture
def saved_once(people, visitor):
    """Officer An has logged a visit to the first of two people."""
    visitor.sign_in("an")
    visitor.open(reverse("activity-add"))
    choose(visitor, people[0])
    save(visitor)
    assert recorded() == {"Nguyễn Văn Dũng"}
    return visitor


@pytest.mark.parametrize("as_it_was_left", [True, False], ids=["kept whole", "asked anew"])
def test_back_and_another_person_are_two_records_and_both_are_told(saved_once, people, as_it_was_left):
    first = Activity.objects.get().uid
    saved_once.page.go_back()
    if as_it_was_left:  # a browser that kept the page shows the id of the form as well
        saved_once.page.evaluate(f"document.querySelector('[name=uid]').value = '{first}'; {LEFT}")
    else:  # the list has another order now: a tick put back by its place would be somebody else's
        assert saved_once.page.locator("input[name=people]:checked").count() == 0
    choose(saved_once, people[0], False)
    choose(saved_once, people[1])
    save(saved_once)
    if as_it_was_left:
        assert recorded() == {"Nguyễn Văn Dũng"}
        assert saved_once.sees("chưa được ghi")
        assert saved_once.breaches() == []
        with saved_once.answered():
            saved_once.page.click("button[name=besides]")

    assert saved_once.sees("Lò Văn Pá.")
    assert recorded() == {"Nguyễn Văn Dũng", "Lò Văn Pá"}


def test_the_same_visit_again_is_asked_and_counts_twice_on_purpose_only(saved_once, people):
    saved_once.open(reverse("activity-add"))
    choose(saved_once, people[0])
    save(saved_once)
    assert saved_once.sees("Việc này đã có bản ghi")
    assert Activity.objects.count() == 1

    with saved_once.answered():
        saved_once.page.click("button[name=besides]")
    assert Activity.objects.count() == 2


def test_back_after_signing_out_shows_the_sign_in(people, visitor):
    visitor.sign_in_by_form("an")
    visitor.open(reverse("returnee-detail", args=[people[0].pk]))
    visitor.open(reverse("account_logout"))
    with visitor.answered():
        visitor.page.click("main form[data-sign-out] button")
    for _step in range(2):
        visitor.page.go_back()
        assert not visitor.sees("Nguyễn Văn Dũng")
    assert "/sign-in/" in visitor.page.url
