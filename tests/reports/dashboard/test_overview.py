"""The measures of a dashboard: who counts in each, of whom, and which unit stands first."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.lib.period import Period
from cases.models import Activity, Assessment, Expungement, JobCheck, JobReferral, Organisation
from cases.reports.dashboard.measure import by_unit
from cases.reports.dashboard.measure_people import FLOW
from cases.reports.dashboard.measure_record import RECORD
from cases.reports.dashboard.overview import ATTENTION, measures, most_first, places_of, worst
from cases.reports.dashboard.snapshot import UnitSnapshot, caseload
from cases.reports.periodic.report_scope import where_of
from tests.makers import (
    TODAY,
    make_activity,
    make_group,
    make_paperwork,
    make_referral,
    make_returnee,
    make_served,
    make_user,
)


def standing_of(unit, on=TODAY):
    return UnitSnapshot(where_of(unit, "as-was", Period(on, on), on), on)


def counted(unit, key, on=TODAY):
    standing = standing_of(unit, on)
    return next(measure for measure in measures(standing) if measure.key == key).count(standing)


def numbers(unit, key, on=TODAY):
    found = counted(unit, key, on)
    return len(found.found), len(found.base)


def ago(days):
    return TODAY - timedelta(days=days)


def test_thirty_days_without_a_contact_are_thirty_days(an, units):
    for days in (29, 30, 89, 90):
        make_activity(make_returnee(by=an), by=an, on=ago(days))

    assert [numbers(units.nam_da, f"silent-{days}") for days in (30, 60, 90)] == [(3, 4), (2, 4), (1, 4)]


def test_who_was_never_met_waits_since_presenting(an, units):
    make_returnee(by=an, completed_on=ago(64), presented_on=ago(60))
    make_activity(make_returnee(by=an, completed_on=ago(64), presented_on=ago(59)), by=an, outcome="absent")

    assert numbers(units.nam_da, "silent-60") == (1, 2)
    assert [line.mark for line in counted(units.nam_da, "silent-60").found] == ["never"]


def test_a_force_answers_for_the_people_it_helps(an, giang, units):
    people = [make_returnee(by=an) for _ in range(3)]
    for person in people[:2]:
        make_group(returnee=person, lead=an, members=[("women", giang)], since=ago(60))
    met = Activity(kind="encouragement", on=ago(5))
    entries = [actions.activity.PersonOutcome(people[0], outcome="met")]
    women = Organisation.objects.filter(code="women")
    actions.activity.record(activity=met, entries=entries, organisations=list(women), by=an)
    make_activity(people[1], by=an, on=ago(1))

    assert [numbers(units.nam_da, f"force-women-{days}") for days in (30, 60, 90)] == [(1, 2), (1, 2), (0, 2)]
    assert [line.person for line in counted(units.nam_da, "force-women-60").found] == [people[1].pk]


def test_a_paper_stands_still_where_its_last_step_left_it(an, units):
    person = make_returnee(by=an)
    make_paperwork(returnee=person, by=an, needed_on=ago(90), submitted_on=ago(30), office="Công an xã")
    make_paperwork(returnee=person, by=an, kind="insurance", needed_on=ago(90), submitted_on=ago(29))
    make_paperwork(returnee=person, by=an, kind="residence", needed_on=ago(90), refused_on=ago(80), refusal_reason="x")

    found = counted(units.nam_da, "papers-stuck")

    assert (len(found.found), len(found.base)) == (1, 2)
    assert most_first(places_of(found)) == [(("identity", "Công an xã"), 1)]


def begin(person, by, started, ended=None, income=None):
    referral = make_referral(returnee=person, by=by, referred_on=started)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=started, by=by, monthly_income=income)
    if ended:
        actions.employment.report_outcome(referral=referral, state="ended", on=ended, by=by)
    return referral


def ask(by, referral, day, on, working=True):
    check = JobCheck(referral=referral, day=day, on=on, still_working=working)
    actions.employment.record_check(job_check=check, by=by)


def test_a_job_kept_for_ninety_days_lasted_ninety_days(an, units):
    person = make_returnee(by=an, completed_on=ago(400))
    ask(an, begin(person, an, ago(90), income=6_000_000), 90, TODAY)
    ask(an, begin(person, an, ago(89), income=9_000_000), 90, TODAY)
    begin(person, an, ago(200), ended=ago(110), income=4_000_000)
    begin(person, an, ago(200), ended=ago(111))

    found = counted(units.nam_da, "jobs-90")

    assert (len(found.found), len(found.base)) == (2, 3)
    assert (found.mean, len(found.known)) == (6_000_000, 1)  # who has left earns there no longer


@pytest.mark.parametrize(
    ("answers", "kept", "unasked"),
    [
        ({}, [0, 0, 0], 1),
        ({7: True}, [0, 0, 0], 1),
        ({30: True}, [1, 0, 0], 1),
        ({90: True}, [1, 1, 0], 1),
        ({180: True}, [1, 1, 1], 0),
        ({7: True, 30: False}, [0, 0, 0], 0),
        ({7: False}, [0, 0, 0], 0),
        ({30: True, 90: True, 180: False}, [1, 1, 0], 0),
    ],
)
def test_a_job_is_kept_as_far_as_somebody_asked(answers, kept, unasked, an, units):
    person = make_returnee(by=an, completed_on=ago(400))
    referral = begin(person, an, ago(200))
    for day, working in answers.items():
        ask(an, referral, day, ago(200 - day), working)

    assert [numbers(units.nam_da, f"jobs-{days}") for days in (30, 90, 180)] == [(count, 1) for count in kept]
    assert numbers(units.nam_da, "jobs-unasked") == (unasked, 1)


def test_a_check_made_late_shows_that_the_job_lasted_till_then(an, units):
    referral = begin(make_returnee(by=an, completed_on=ago(400)), an, ago(100))
    ask(an, referral, 30, ago(5))

    assert [numbers(units.nam_da, f"jobs-{days}")[0] for days in (30, 90)] == [1, 1]


def test_groups_are_of_everybody_managed(an, anh, units):
    person = make_returnee(by=an)
    make_returnee(by=an)
    facts = {"group": "C", "on": ago(3), "reason": "x", "approved_by": anh, "approved_on": ago(2)}
    actions.row.add(row=Assessment(returnee=person, **facts), by=an)

    assert numbers(units.nam_da, "group-c") == (1, 2)
    assert numbers(units.nam_da, "group-none") == (1, 2)
    assert numbers(units.nam_da, "group-c", on=ago(3)) == (0, 2)


def test_a_file_stands_at_one_step_of_the_way_to_a_clean_record(an, units):
    people = {}
    for name, left in {"over": 0, "soon": 30, "later": 31, "far": 400}.items():
        done = ago(730 - left + 1)
        people[name] = make_returnee(by=an, full_name=name, completed_on=done)
        make_served(returnee=people[name], by=an, done_on=done)
    make_returnee(by=an)  # no judgment entered
    proof = Expungement(returnee=people["over"], evidence="vneid", evidence_on=TODAY)

    before = {key: numbers(units.nam_da, f"record-{key}")[0] for key in ("over", "soon", "later", "incomplete")}
    actions.expungement.bring_evidence(expungement=proof, on=TODAY, by=an)

    assert before == {"over": 1, "soon": 1, "later": 1, "incomplete": 1}
    assert numbers(units.nam_da, "record-over") == (0, 5)
    assert numbers(units.nam_da, "record-confirm") == (1, 5)


def test_work_is_logged_in_time_or_not(an, units):
    person = make_returnee(by=an)
    for days in (0, 1, 3, 7, 8, 90):
        make_activity(person, by=an, on=ago(days))

    assert [numbers(units.nam_da, f"logged-{days}") for days in (1, 3, 7)] == [(2, 5), (3, 5), (4, 5)]


def test_the_worst_unit_stands_first_and_units_add_up(an, binh, units):
    for by, days in [(an, 5), (an, 70), (binh, 80), (binh, 90)]:
        make_activity(make_returnee(by=by), by=by, on=ago(days))
    standing = standing_of(units.cluster)
    whole = counted(units.cluster, "silent-60")

    rows = by_unit(whole.measure, standing)

    assert [(name, len(each.found), len(each.base)) for _row, name, each in rows] == [
        ("Xã Krông Nô", 2, 2),
        ("Xã Nam Đà", 1, 2),
    ]
    assert sum(len(each.found) for _row, _name, each in rows) == len(whole.found) == 3


def test_a_unit_with_nobody_has_empty_measures(units):
    standing = standing_of(units.dak_sak)

    assert [measure.key for measure in measures(standing) if measure.part == "forces"] == []
    assert {len(measure.count(standing).base) for measure in measures(standing)} == {0}
    assert {measure.count(standing).share for measure in measures(standing)} == {None}


def test_the_caseload_is_counted_at_the_end_of_each_day(an, units):
    closed = make_returnee(by=an, completed_on=ago(40), presented_on=ago(30))
    actions.returnee.close(returnee=closed, on=ago(10), reason="died", by=an)
    moved = make_returnee(by=an, completed_on=ago(40), presented_on=ago(20))
    actions.returnee.hand_over(returnee=moved, to_unit=units.krong_no, on=ago(5), by=an)
    where = where_of(units.nam_da, "as-was", Period(TODAY, TODAY), TODAY)

    assert caseload(where, [ago(31), ago(30), ago(20), ago(11), ago(10), ago(6), ago(5)]) == [0, 1, 2, 2, 1, 1, 0]


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2025, 7, 1)])
def test_an_old_district_is_seen_on_a_day_of_its_time(on, lands):
    clerk = make_user("clerk", "Lê Văn An", "officer", lands.right, since=date(2020, 1, 1))
    days = {"completed_on": date(2025, 1, 1), "presented_on": date(2025, 1, 2)}
    make_returnee(by=clerk, unit=lands.right, **days)
    actions.unit.move_people(old=lands.right, new=lands.north, on=date(2025, 7, 1), by=clerk)

    assert numbers(lands.district, "silent-90", on)[1] == (on.month == 6)
    assert numbers(lands.cluster, "silent-90", on)[1] == (on.month == 7)


def test_whom_nobody_holds_counts_at_the_unit_that_should_know(an, binh, units):
    make_returnee(by=an)
    make_returnee(by=an, presented=False)
    make_returnee(by=binh, presented=False)
    make_returnee(by=an, presented=False, completed_on=TODAY + timedelta(days=9))

    assert numbers(units.nam_da, "nobody-held") == (1, 2)
    assert numbers(units.cluster, "nobody-held") == (2, 3)


@pytest.mark.parametrize(("unit", "count"), [("north", 1), ("cluster", 1), ("new", 2), ("south", 0)])
def test_whom_an_ended_unit_still_has_counts_where_its_place_was_taken(unit, count, lands):
    clerk = make_user("clerk", "Lê Văn An", "officer", lands.right, since=date(2020, 1, 1))
    for unit_of_old in (lands.right, lands.divided):
        make_returnee(by=clerk, unit=unit_of_old, completed_on=date(2025, 1, 1), presented_on=date(2025, 1, 2))

    found = counted(getattr(lands, unit), "nobody-held")

    assert (len(found.found), len(found.base)) == (count, count)
    assert len(by_unit(found.measure, standing_of(lands.new))) == 2


def test_who_came_and_went_adds_up_for_the_unit_and_for_each_below(an, binh, units):
    made = [make_returnee(by=an, completed_on=ago(days), presented_on=ago(days)) for days in (400, 300, 200)]
    actions.returnee.close(returnee=made[0], on=ago(10), reason="died", by=an)
    actions.returnee.hand_over(returnee=made[1], to_unit=units.krong_no, on=ago(5), by=an)
    actions.returnee.hand_over(returnee=made[2], to_unit=units.dak_sak, on=ago(5), by=an)

    def flow(unit):
        return [numbers(unit, measure.key)[0] for measure in FLOW]

    assert flow(units.nam_da) == [1, 2, 0, 1, 2, 0]
    assert flow(units.krong_no) == [0, 0, 1, 0, 0, 1]
    assert flow(units.cluster) == [1, 2, 0, 1, 1, 1]
    moved_out = counted(units.cluster, "flow-transferred-out").measure
    assert [len(each.found) for _row, _name, each in by_unit(moved_out, standing_of(units.cluster))] == [2]


def test_a_job_that_a_check_found_left_lasted_no_longer_and_earns_nothing(an, units):
    person = make_returnee(by=an, completed_on=ago(400))
    ask(an, begin(person, an, ago(200), income=6_000_000), 180, ago(20))
    begin(person, an, ago(200), income=8_000_000)
    left = JobReferral.objects.order_by("pk").last()
    for day, working in ((30, True), (90, False)):
        check = JobCheck(referral=left, day=day, on=ago(200 - day), still_working=working, monthly_income=9_000_000)
        actions.employment.record_check(job_check=check, by=an)

    found = counted(units.nam_da, "jobs-started")

    assert [numbers(units.nam_da, f"jobs-{days}")[0] for days in (30, 90, 180)] == [2, 1, 1]
    assert (len(found.found), found.mean, len(found.known)) == (2, 6_000_000, 1)


def test_every_open_file_stands_at_one_step_of_the_way(an, units):
    for done in (ago(731), ago(720), ago(660), ago(300)):
        make_served(returnee=make_returnee(by=an, completed_on=done), by=an, done_on=done)
    make_returnee(by=an)

    steps = [numbers(units.nam_da, measure.key) for measure in RECORD]

    assert sum(count for count, _of in steps) == steps[0][1] == 5


def test_a_commune_stands_first_where_the_most_people_need_attention_with_the_reasons(an, binh, units):
    both = make_returnee(by=an, completed_on=ago(300))
    make_paperwork(returnee=both, by=an, needed_on=ago(40))
    make_returnee(by=an, presented=False)
    make_returnee(by=binh, completed_on=ago(300))
    standing = standing_of(units.cluster)

    rows = worst(ATTENTION.count(standing), standing)

    assert [(row.name, row.people, row.of) for row in rows] == [("Xã Nam Đà", 2, 2), ("Xã Krông Nô", 1, 1)]
    assert [*rows[0].reasons.values()] == [1, 1, 1, 0]


def test_of_few_people_there_is_no_share(an, units):
    for _ in range(19):
        make_returnee(by=an)
    few = counted(units.nam_da, "silent-60").share
    make_returnee(by=an)

    assert few is None
    assert counted(units.nam_da, "silent-60").share == 100


def test_before_a_unit_existed_there_is_nothing_to_compare_with(units):
    where = where_of(units.nam_da, "as-was", Period(TODAY, TODAY), TODAY)

    assert caseload(where, [date(2025, 6, 30), date(2025, 7, 1)]) == [None, 0]
    assert standing_of(units.nam_da, date(2025, 8, 1)).year.start == date(2025, 7, 1)
