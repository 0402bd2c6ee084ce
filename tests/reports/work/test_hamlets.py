"""Whoever has something due, by hamlet: all told at once, or only those who are looked at."""

from datetime import timedelta

from cases.reports.work import duties
from cases.reports.work.duty_lists import PRESSING, person_lists, told_lists, work_lists
from cases.reports.work.hamlets import hamlet_rows
from tests.makers import TODAY, make_activity, make_returnee

HAMLETS = ("Thôn 10", "Thôn 2", "", "Thôn Ba", "Thôn 2")


def test_hamlets_stand_in_the_order_of_their_numbers_and_whoever_has_none_last(an):
    for number, hamlet in enumerate(HAMLETS):
        person = make_returnee(by=an, full_name=f"Đinh Văn {number}", hamlet=hamlet)
        make_activity(person, by=an, on=TODAY - timedelta(days=60 + number))
    people = duties.people_of(an, TODAY)
    lists = person_lists(work_lists(duties.duties(an, TODAY)))
    by_id = {row.person.pk: row for each in lists.values() for row in each.rows}
    later = told_lists(
        ((name, row.person.pk) for name in PRESSING for row in lists[name].rows), lambda ids: [by_id[pk] for pk in ids]
    )

    for found in (lists, later):
        rows, counts = hamlet_rows(found, people)
        assert [row.person.hamlet for row in rows[0:9]] == ["Thôn 2", "Thôn 2", "Thôn 10", "Thôn Ba", ""]
        assert [row.person.name for row in rows[0:2]] == ["Đinh Văn 4", "Đinh Văn 1"]  # the longest silence first
        assert counts == {"Thôn 2": 2, "Thôn 10": 1, "Thôn Ba": 1, "": 1}
