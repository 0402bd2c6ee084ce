from datetime import timedelta

from cases.reports import duties, silence, work_lists
from tests.makers import TODAY, make_activity, make_paperwork, make_returnee


def test_who_has_desk_work_only_is_not_told_as_overdue_and_never_more_people_than_duties(an, chi):
    late = make_returnee(by=an, full_name="Ba Lặng")
    make_activity(late, by=an, on=TODAY - timedelta(days=70))
    desk = make_returnee(by=an, full_name="Hai Giấy")
    make_activity(desk, by=an)
    make_paperwork(returnee=desk, by=an, needed_on=TODAY - timedelta(days=90))

    told = {person.name: person.is_overdue for person in silence.people(chi, TODAY, chi.unit)}
    facts = duties.case_facts(chi, TODAY, duties.people_of(chi, TODAY))
    load = work_lists.by_commune(chi, facts, duties.due(facts, chi, TODAY), TODAY)

    assert told == {"Ba Lặng": True, "Hai Giấy": False}
    assert sum(told.values()) <= sum(row.overdue for row in load)
