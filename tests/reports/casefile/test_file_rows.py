"""Every list of a file is read jointly as it is read alone, whoever's file was read before."""

from datetime import date
from functools import cached_property

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cases.reports.casefile.file_rows import FileRows
from cases.reports.dossier.records import DossierRecords
from tests.makers import make_activity, make_group, make_judgment, make_paperwork, make_returnee

pytestmark = [pytest.mark.both, pytest.mark.django_db]

LISTS = [
    name
    for name, found in vars(FileRows).items()
    if isinstance(found, cached_property) and str(found.func.__annotations__["return"]).startswith("QuerySet")
]


@pytest.fixture
def people(an, giang):
    found = [make_returnee(by=an, full_name=name) for name in ("Hồ Văn Sáng", "Hồ Văn Tối")]
    for number, person in enumerate(found):
        make_judgment(returnee=person, by=an)
        make_paperwork(returnee=person, by=an)
        make_group(returnee=person, lead=an, members=[("women", giang)])
        for _each in range(number + 1):
            make_activity(person, by=an)
    return found


def test_the_lists_of_one_file_after_another_are_their_own(people):
    for person in people:
        rows = FileRows(person)
        rows.read(LISTS)
        for name in LISTS:
            alone = getattr(FileRows(person), name)
            assert isinstance(alone, QuerySet)
            assert list(getattr(rows, name)) == list(alone), name
    assert [len(FileRows(person).entries) for person in people] == [1, 2]


def test_the_lists_of_the_papers_are_read_for_their_own_person_and_day(people):
    assert FileRows.__subclasses__() == [DossierRecords]
    members = []
    for day in (date(2019, 1, 1), date(2030, 1, 1)):
        for person in people:
            DossierRecords(person, day).read_all()
            (rows := DossierRecords(person, day)).read(("judgments", "members", "groups", "notices"))
            assert list(rows.judgments) == list(DossierRecords(person, day).judgments) != []
            assert list(rows.members) == list(DossierRecords(person, day).members)
            members.append(len(rows.members))
    assert members[0] < members[-1]


def test_a_list_is_put_into_words_once(people):
    first, second = map(FileRows, people)
    first.read(LISTS)

    with CaptureQueriesContext(connection) as queries:
        second.read(LISTS)

    assert {entry.returnee_id for entry in second.entries} == {people[1].pk}
    assert len(queries) <= 3  # the one question, and what some rows name beside themselves
