import uuid

from cases.models import Returnee
from cases.reports.work.recorded import recorded_uids, unseen_people
from tests.makers import make_activity, make_returnee


def test_what_somebody_made_is_recorded_and_nothing_else_is(an, anh):
    visit = make_activity(make_returnee(by=an), by=an)

    assert recorded_uids(an, [visit.uid, uuid.uuid4()]) == {visit.uid}
    assert recorded_uids(anh, [visit.uid]) == set()


def test_who_is_not_in_sight_or_no_longer_is_told_by_id(an, binh, units):
    here, gone = make_returnee(by=an), make_returnee(by=an, full_name="Lê Thị Ba")
    Returnee.objects.filter(pk=gone.pk).update(unit=units.krong_no)
    asked = [str(here.pk), str(gone.pk), "999999", "9" * 30]

    assert unseen_people(an, asked) == [str(gone.pk), "999999"]
