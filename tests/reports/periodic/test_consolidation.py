"""What communes reported, put together: accepted figures stay, people count once, what moved since stands beside."""

from datetime import timedelta

import pytest

from cases import actions
from cases.lib.period import Period
from cases.models import Unit, UnitChange, UnitPlan
from cases.reports.lists import consolidation as workbook
from cases.reports.lists.submissions import expected_submissions
from cases.reports.periodic import frozen
from cases.reports.periodic.comparison import AcceptedFigures
from cases.reports.periodic.consolidation import changes_of, consolidate
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_campaign,
    make_cell,
    make_document,
    make_employer,
    make_referral,
    make_returnee,
    make_sent,
    make_transfer,
    make_unit_change,
)

MOVED = ("managed_during", "transferred_in", "transferred_out", "managed_end")
LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))


@pytest.fixture
def campaign(an, units):
    return make_campaign(unit=units.cluster, by=an, period=LAST_MONTH)


@pytest.fixture
def person(an):
    return make_returnee(by=an, completed_on=LAST_MONTH.start - timedelta(days=60))


def accept(campaign, unit, *, by, reason=""):
    submission = campaign.submissions.get(unit=unit)
    version = make_sent(submission=submission, by=by, reason=reason)
    return actions.campaign.accept(submission=submission, version=version, by=by).accepted


def work(person, by, income):
    begun = dict.fromkeys(("referred_on", "accepted_on", "started_on"), LAST_MONTH.end)
    make_referral(returnee=person, by=by, employer=make_employer(by=by), monthly_income=income, **begun)


def whole(campaign, user):
    rows = expected_submissions(campaign, user).select_related("accepted")
    return consolidate(campaign.unit, campaign.period, rows, TODAY)


def reported(found, key):
    return next(line for line in found.figures if line.column.key == key)


def part(found, unit):
    return next(each for each in found.parts if each.unit == unit.pk)


def test_what_was_accepted_stays_whatever_the_records_say_later(campaign, person, an, anh, chi, units):
    make_activity(person, by=an, on=LAST_MONTH.end)
    accept(campaign, units.nam_da, by=anh)
    make_activity(person, by=an, on=LAST_MONTH.start)

    found = whole(campaign, chi)

    line = reported(found, "encouragement")
    assert (line.total, line.counted, line.change) == (1, 2, 1)
    assert [(column.key, then, now) for column, then, now in changes_of(part(found, units.nam_da))] == [
        ("encouragement", 1, 2)
    ]
    assert not found.is_whole
    assert found.changed == [part(found, units.nam_da)]


def test_what_was_not_accepted_is_counted_now(campaign, person, an, chi, units):
    make_activity(person, by=an, on=LAST_MONTH.end)

    found = whole(campaign, chi)

    assert reported(found, "encouragement").total == 1
    assert all(line.total == line.counted for line in found.figures)
    assert [each.version for each in found.parts] == [None, None]


def test_a_figure_by_hand_goes_up_as_it_was_written(campaign, person, an, anh, chi, units):
    days = {"start": LAST_MONTH.start, "end": LAST_MONTH.end, "signed_on": TODAY}
    document = make_document(by=anh, **days)
    make_cell(by=anh, document=document, indicator="managed_end", value=21, reason="Sổ giấy ghi khác")
    accept(campaign, units.nam_da, by=anh)

    found = whole(campaign, chi)

    line = reported(found, "managed_end")
    assert (line.total, line.counted, line.by_hand) == (21, 1, 1)
    assert part(found, units.nam_da).changed == []  # the records tell what they told
    (by_hand,) = [sheet for sheet in workbook.sheets(found) if sheet.name == "Nhập tay"]
    assert list(by_hand.rows) == [("Xã Nam Đà", line.column.title, 1, 21, "Sổ giấy ghi khác", anh.full_name)]


def test_somebody_of_two_communes_counts_once_and_came_from_nowhere(campaign, person, an, anh, binh, chi, units):
    moved_on = LAST_MONTH.start + timedelta(days=5)
    offer = make_transfer(returnee=person, to_unit=units.krong_no, by=an, on=moved_on)
    make_accepted(transfer=offer, by=binh, on=moved_on)
    accept(campaign, units.nam_da, by=anh)
    accept(campaign, units.krong_no, by=binh)

    found = whole(campaign, chi)

    told = {key: (reported(found, key).total, reported(found, key).added) for key in MOVED}
    assert told == {
        "managed_during": (1, 2),
        "transferred_in": (0, 1),
        "transferred_out": (0, 1),
        "managed_end": (1, 1),
    }
    assert all(line.total == line.counted for line in found.figures)
    assert found.is_whole


def test_of_a_mean_every_job_weighs_the_same(campaign, person, an, anh, binh, chi, units):
    for by, incomes in ((an, (4_000_000,)), (binh, (7_000_000, 8_000_000))):
        for income in incomes:
            worker = make_returnee(by=by, completed_on=LAST_MONTH.start - timedelta(days=60))
            work(worker, by, income)
    accept(campaign, units.nam_da, by=anh)
    accept(campaign, units.krong_no, by=binh)

    line = reported(whole(campaign, chi), "mean_income")

    assert (line.total, line.counted, line.added) == (6_333_333, 6_333_333, None)


def test_a_commune_that_ended_within_the_period_is_a_part_by_its_records(an, anh, chi, em, units):
    """It was asked for nothing, and its people must not be lost to the whole."""
    merged_on = LAST_MONTH.start + timedelta(days=10)
    make_returnee(by=an, completed_on=LAST_MONTH.start - timedelta(days=60))
    plan = UnitPlan()
    new = plan.open(kind="commune", name="Xã Quảng Phú", code="24699", parent=units.cluster)
    for old in (units.nam_da, units.krong_no):
        plan.join(old, new)
    actions.unit_change.make(change=UnitChange(kind="merge", name="Xã Quảng Phú", on=merged_on), plan=plan, by=em)
    campaign = make_campaign(unit=units.cluster, by=chi, period=LAST_MONTH, units=Unit.objects.filter(code="24699"))

    found = whole(campaign, chi)

    assert {each.name: each.reported["managed_during"] for each in found.parts} == {"Xã Nam Đà": 1, "Xã Quảng Phú": 1}
    assert reported(found, "managed_during").total == 1
    assert reported(found, "transferred_in").total == 0


def test_a_province_counts_by_commune_however_many_units_lie_between(person, an, anh, dung, units):
    campaign = make_campaign(unit=units.province, by=an, period=LAST_MONTH)
    accept(campaign, units.nam_da, by=anh)

    found = whole(campaign, dung)

    assert [each.name for each in found.parts] == ["Xã Đắk Sắk", "Xã Krông Nô", "Xã Nam Đà"]  # by their codes
    assert reported(found, "managed_end").total == 1


def test_every_figure_of_parts_nobody_touched_is_that_of_the_records(campaign, an, anh, binh, chi, units):
    """Accepting changes nothing by itself: percentages, sums and means too."""
    for by in (an, binh):
        for number in range(3):
            worker = make_returnee(by=by, completed_on=LAST_MONTH.start - timedelta(days=60 - number))
            make_activity(worker, by=by, on=LAST_MONTH.end)
            work(worker, by, 4_000_000 + 500_000 * number)
    before = {line.column.key: line.counted for line in whole(campaign, chi).figures}

    accept(campaign, units.nam_da, by=anh)
    accept(campaign, units.krong_no, by=binh)

    assert {line.column.key: line.total for line in whole(campaign, chi).figures} == before


def test_the_period_before_is_what_was_accepted_not_what_the_records_say_since(person, an, anh, units):
    earlier = make_campaign(unit=units.cluster, by=an, period=LAST_MONTH.previous())
    days = {"start": LAST_MONTH.previous().start, "end": LAST_MONTH.previous().end, "signed_on": TODAY}
    document = make_document(by=anh, **days)
    make_cell(by=anh, document=document, indicator="managed_end", value=21, reason="Sổ giấy ghi khác")
    version = accept(earlier, units.nam_da, by=anh)
    make_activity(person, by=an, on=LAST_MONTH.previous().end)

    live = frozen.draft(units.nam_da, LAST_MONTH, TODAY)

    before = {key: line.before for key, line in live.comparison.by_key.items()}
    assert (before["managed_end"], before["encouragement"]) == (21, 0)
    assert live.comparison.accepted == AcceptedFigures(version.submission_id, 1, version.made_at)
    assert live.previous["managed_end"] == 21


def test_a_commune_that_was_renamed_keeps_what_it_had_accepted(person, an, anh, em, units):
    earlier = make_campaign(unit=units.cluster, by=an, period=LAST_MONTH.previous())
    accept(earlier, units.nam_da, by=anh)
    make_unit_change(unit=units.nam_da, by=em, on=LAST_MONTH.start, name="Phường Nam Đà")

    ward = Unit.objects.bearing("24697", TODAY)

    assert frozen.draft(ward, LAST_MONTH, TODAY).comparison.accepted is not None
