import uuid

from cases.reports.work.recorded import recorded_uids
from tests.makers import make_activity, make_returnee


def test_what_somebody_made_is_recorded_and_nothing_else_is(an, anh):
    visit = make_activity(make_returnee(by=an), by=an)

    assert recorded_uids(an, [visit.uid, uuid.uuid4()]) == {visit.uid}
    assert recorded_uids(anh, [visit.uid]) == set()
