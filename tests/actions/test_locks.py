"""Who holds a row lets others write of it: two officers at one person never wait for each other in a ring."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from cases import actions
from cases.models import Assessment, Returnee
from cases.views import pages
from tests.makers import TODAY, make_activity, make_returnee

SENT = SimpleNamespace(method="POST")


@pytest.mark.django_db(transaction=True)
def test_a_visit_is_logged_while_the_file_of_the_person_is_held(an, anh):
    """The visit keeps the facts of the person and asks for the person last; the file is held the other way round."""
    person = make_returnee(by=an)
    together = connection.vendor == "postgresql"  # a SQLite database in memory has one connection
    both = Barrier(2 if together else 1, timeout=20)

    def correct_file():
        held = pages.lock_row(SENT, Returnee.objects.get(pk=person.pk))
        both.wait()
        actions.row.add(row=Assessment(returnee=held, on=TODAY, group="A", reason="Đã đi làm"), by=an)

    def log_visit():
        make_activity(person, by=anh)
        both.wait()

    def write(change):
        try:
            with transaction.atomic():
                change()
        finally:
            if together:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        list((pool.map if together else map)(write, (correct_file, log_visit)))

    person = Returnee.objects.with_facts().get(pk=person.pk)
    assert (person.last_assessed_on, person.last_contact_on) == (TODAY, TODAY)
