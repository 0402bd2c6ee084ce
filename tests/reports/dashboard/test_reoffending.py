"""Cohorts, windows and losses: who counts where, and what may not be said."""

from datetime import date
from decimal import Decimal

import pytest

from cases import actions
from cases.lib.period import Period
from cases.models import Crime, Expungement
from cases.reports.dashboard import reoffending
from cases.reports.dashboard.caution import cautions
from cases.reports.dashboard.cohorts import Ending, FollowedRelease, LossReason, read, whole_years
from cases.reports.dashboard.reoffending import (
    Base,
    CohortFigures,
    CohortPart,
    ReoffendingFindings,
    Section,
    by_cohort,
    by_unit,
    count_cohort,
    drill_down,
    funnel,
)
from cases.reports.periodic.report_scope import where_of
from tests.makers import make_returnee, make_unit, make_user

ON = date(2026, 11, 24)
RELEASED = date(2020, 2, 29)


def follow(released_on=RELEASED, **changes):
    return FollowedRelease(person=1, unit=1, released_on=released_on, presented=True, **changes)


@pytest.mark.parametrize(
    ("crime_on", "years", "ending"),
    [
        (RELEASED, 1, Ending.REOFFENDED),  # the day of release belongs to the window
        (date(2021, 2, 27), 1, Ending.REOFFENDED),
        (date(2021, 2, 28), 1, Ending.FOLLOWED),  # the anniversary does not
        (date(2021, 2, 28), 2, Ending.REOFFENDED),
        (None, 2, Ending.FOLLOWED),
    ],
)
def test_a_window_holds_its_first_day_and_not_its_anniversary(crime_on, years, ending):
    assert follow(crime_on=crime_on).ending(years, ON) is ending


def test_who_is_lost_before_the_end_is_no_success():
    assert follow(lost_on=date(2021, 2, 27), lost=LossReason.DIED).ending(1, ON) is Ending.CENSORED
    assert follow(lost_on=date(2021, 2, 28), lost=LossReason.DIED).ending(1, ON) is Ending.FOLLOWED


def test_a_crime_counts_only_while_somebody_followed():
    moved = {"lost_on": date(2020, 6, 1), "lost": LossReason.MOVED}

    assert follow(crime_on=date(2020, 6, 1), **moved).ending(1, ON) is Ending.REOFFENDED
    assert follow(crime_on=date(2020, 6, 2), **moved).ending(1, ON) is Ending.CENSORED


def test_a_window_that_is_not_over_is_open():
    assert follow(released_on=date(2025, 12, 1)).ending(1, ON) is Ending.OPEN


def test_a_cohort_is_finished_when_the_windows_of_all_its_people_are_over():
    assert whole_years(ON, 2)[-1] == 2023
    assert whole_years(date(2027, 1, 1), 2)[-1] == 2024


@pytest.fixture
def register(lands):
    """People of the old commune `right`, today's `north`, released in 2020; one of 2025."""
    by = make_user("clerk", "Lê Văn An", "officer", lands.right, since=date(2018, 1, 1))
    chief = make_user("chief", "Trần Quốc Anh", "chief", lands.right, since=date(2018, 1, 1))
    people = {}
    for name in ("quiet", "fell", "absent", "cleared", "moved"):
        presented = None if name == "absent" else date(2020, 3, 5)
        people[name] = make_returnee(
            by=by, unit=lands.right, full_name=name, completed_on=date(2020, 3, 1), presented_on=presented
        )
    people["late"] = make_returnee(by=by, unit=lands.right, full_name="late", completed_on=date(2025, 2, 1))
    add = actions.row.add
    for stage, day in [("reported", 1), ("charged", 2), ("convicted", 3)]:
        crime = Crime(returnee=people["fell"], act_on=date(2021, 5, day), offence="x", severity=1, stage=stage)
        add(row=crime, by=by)
    proof = {"evidence": "slip_1", "evidence_on": date(2021, 6, 1)}
    Expungement(returnee=people["cleared"], confirmed_on=date(2021, 6, 2), confirmed_by=chief, **proof).stamp(by).save()
    actions.returnee.hand_over(returnee=people["moved"], to_unit=lands.far, on=date(2021, 1, 1), by=by)
    actions.unit.move_people(old=lands.right, new=lands.north, on=date(2025, 7, 1), by=by)
    lands.people = people
    return lands


def followed_at(unit, lens="as-is"):
    return read(where_of(unit, lens, Period(date(2015, 1, 1), ON), ON), ON)


def test_a_release_is_followed_across_the_reorganisation_and_lost_by_a_handover(register):
    found = {each.person: each for each in followed_at(register.north)}

    assert len(found) == 6
    fell, moved, cleared = (found[register.people[name].pk] for name in ("fell", "moved", "cleared"))
    assert (fell.crime_on, fell.convicted, fell.lost_on) == (date(2021, 5, 2), False, None)
    assert (moved.lost_on, moved.lost) == (date(2021, 1, 1), LossReason.MOVED)
    assert (cleared.lost_on, cleared.lost) == (date(2021, 6, 1), LossReason.CLEARED)
    assert followed_at(register.far) == []


def test_both_bases_are_counted_and_an_unfinished_year_stands_in_no_row(register):
    people = followed_at(register.north)

    everybody = by_cohort(people, 2, ON)[0]
    presented = by_cohort(reoffending.of_base(Base.PRESENTED, people), 2, ON)[0]

    assert [row.key for row in by_cohort(people, 2, ON)[:4]] == [2023, 2022, 2021, 2020]
    row = next(row for row in by_cohort(people, 2, ON) if row.key == 2020)
    assert row.figures == {
        CohortPart.RELEASED: 5,
        CohortPart.UNSEEN: 1,
        CohortPart.KNOWN: 2,
        CohortPart.REOFFENDED: 1,
        CohortPart.CONVICTED: 0,
        CohortPart.CENSORED: 2,
    }
    assert (row.rate, row.whole) == (None, 3)
    assert everybody.figures[CohortPart.RELEASED] == presented.figures[CohortPart.RELEASED] == 0


def test_units_stand_by_name_and_add_up_to_the_whole(register):
    where = where_of(register.new, "as-is", Period(date(2015, 1, 1), ON), ON)
    people = read(where, ON)

    rows = by_unit(people, where, 2, ON)

    assert [row.name for row in rows] == ["Xã bắc"]
    assert rows[0].figures == count_cohort("", None, people, 2, ON).figures


def group_of(known, reoffended, name="Xã", key=1, **others):
    figures = {
        CohortPart.KNOWN: known,
        CohortPart.REOFFENDED: reoffended,
        **{CohortPart(part): count for part, count in others.items()},
    }
    return CohortFigures(name, key, dict.fromkeys(CohortPart, 0) | figures)


def shown(total=None, rows=(), unfinished=None):
    """What the page shows of a unit, of these totals and these units below."""
    total = total or group_of(820, 25)
    sections = {base: Section(base, [], total) for base in Base}
    return ReoffendingFindings(2, sections, funnel(rows), reoffending.curve([], ON), unfinished)


def test_whoever_never_presented_is_not_known_unless_for_a_crime():
    absent = {"released_on": RELEASED, "person": 1, "unit": 1, "presented": False}

    assert FollowedRelease(**absent).ending(1, ON) is Ending.UNSEEN
    assert FollowedRelease(**absent, crime_on=date(2020, 5, 1)).ending(1, ON) is Ending.REOFFENDED
    assert drill_down(CohortPart.KNOWN, [FollowedRelease(**absent), follow()], 1, ON) == [follow()]


def test_a_rate_of_everybody_stands_on_all_who_were_not_lost():
    people = [follow()] * 20 + [FollowedRelease(person=2, unit=1, released_on=RELEASED, presented=False)] * 20
    people += [follow(crime_on=date(2020, 5, 1))] * 10

    assert count_cohort("", None, people, 1, ON).rate == 20
    assert count_cohort("", None, reoffending.of_base(Base.PRESENTED, people), 1, ON).rate == Decimal("33.33")


def test_below_twenty_people_there_is_no_percentage():
    assert group_of(19, 1).rate is None
    assert group_of(20, 1).rate == 5


def test_a_unit_beyond_chance_is_named_and_the_others_are_not_ranked():
    rows = [group_of(100, 2, f"Xã {number}", number) for number in range(8)] + [group_of(20, 9, "Xã Lạ", 9)]

    dots = funnel(rows).dots
    said = " ".join(cautions(shown(rows=rows)))

    assert [dot.row.name for dot in dots if dot.is_above] == ["Xã Lạ"]
    assert "Xã Lạ" in said
    assert "Xã 3" not in said


def test_what_may_not_be_concluded_follows_from_the_figures():
    few = " ".join(cautions(shown(group_of(12, 1, released=14, unseen=2), unfinished=2025)))
    many = cautions(shown(group_of(200, 1)))

    assert "12 người" in few
    assert "2025" in few
    assert "2 trong 14" in few
    assert len(many) == 1


def test_a_line_ends_where_fewer_than_twenty_are_followed():
    people = [follow(crime_on=date(2020, 3, 15))] * 5 + [follow()] * 19

    steps = reoffending.curve(people, ON).steps

    assert [(step.month, step.at_risk) for step in steps] == [(1, 24)]
    assert reoffending.curve(people[5:], ON).steps == []
    absent = [FollowedRelease(person=2, unit=1, released_on=RELEASED, presented=False)] * 99
    assert reoffending.curve([*people, *absent], ON).steps == steps


def test_the_list_behind_a_figure_is_what_was_counted():
    people = [follow(crime_on=date(2020, 5, 1), convicted=True), follow(crime_on=date(2020, 5, 1)), follow()]

    for part, count in count_cohort("", None, people, 1, ON).figures.items():
        assert len(drill_down(part, people, 1, ON)) == count


def test_the_list_of_a_month_of_the_curve_is_who_stood_under_risk():
    people = [follow(crime_on=date(2020, 3, 15))] * 5 + [follow()] * 25
    steps = reoffending.curve(people, ON).steps

    assert steps
    for step in steps:
        assert len(reoffending.under_risk(people, step.month, ON)) == step.at_risk


def test_a_unit_nobody_came_home_to_has_empty_rows(units):
    alone = make_unit(kind="commune", code="99999", name="Xã Trống", parent=units.province)

    assert followed_at(alone) == []
    assert all(not any(row.figures.values()) for row in by_cohort([], 2, ON))
    assert funnel([]).dots == []
