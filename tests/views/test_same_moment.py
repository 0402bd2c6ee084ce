"""Two officers send the same work at one moment, each from a form of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Activity, Need
from cases.views import question
from tests.makers import make_returnee
from tests.opened import opened

VISIT = {"kind": "encouragement", "when": "today", "outcome": "met"}
NEED = {"pathway": "work", "text": "Việc làm", "state": "not_started"}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("route", "model", "typed"), [("activity-add", Activity, VISIT), ("need-add", Need, NEED)])
def test_the_second_of_two_is_asked_about_the_first(route, model, typed, an, anh, signed_in, monkeypatch):
    person = make_returnee(by=an)
    url = reverse(route, args=[] if route == "activity-add" else [person.pk])
    both = Barrier(2, timeout=20)
    find = question.twice.find_alike

    def find_slowly(*args, **more):
        found = find(*args, **more)
        try:
            both.wait(timeout=2)  # where nobody waits, both have looked before either saves
        except Exception:
            both.reset()
        return found

    def send(form):
        visitor, sent = form
        try:
            return visitor.post(url, sent).status_code
        finally:
            if connection.vendor == "postgresql":
                connection.close()

    visitors = [signed_in(an), signed_in(anh)]
    forms = [(each, {**opened(each, url), **typed, "people": [person.pk]}) for each in visitors]
    monkeypatch.setattr(question.twice, "find_alike", find_slowly)
    with ThreadPoolExecutor(2) as pool:
        together = pool.map if connection.vendor == "postgresql" else map  # SQLite in memory has one connection
        answered = list(together(send, forms))

    assert sorted(answered) == [200, 302]
    assert model.objects.count() == 1
