"""Each sentence on the page of reoffending is held to the tables and the drawing beside it, for any people."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lib.percentage import ENOUGH
from cases.reports.dashboard import reoffending
from cases.reports.dashboard.cohorts import FollowedRelease, LossReason
from cases.reports.periodic.report_scope import Lens, ReportScope
from cases.views.dashboard.reoffending import page_context

pytestmark = pytest.mark.usefixtures("client")
ON = date(2026, 11, 24)
UNITS = {
    pk: SimpleNamespace(pk=pk, name=f"Xã {letter}", is_commune=True, kind="commune", path=f"1/{pk}/")
    for pk, letter in enumerate("ABCDE", start=2)
}
TOP = SimpleNamespace(pk=1, name="Tỉnh Một", is_commune=False, is_ministry=False, path="1/")
WHERE = ReportScope(
    TOP, Lens.AS_IS, tuple(UNITS.values()), UNITS, {1: TOP.path} | {pk: u.path for pk, u in UNITS.items()}
)
ASKED = SimpleNamespace(query={}, report=SimpleNamespace(where=WHERE))


@st.composite
def releases(draw):
    """One person released from a prison to a commune, and what is known since."""
    released = date(2016, 1, 1) + timedelta(days=draw(st.integers(0, 3900)))
    after = st.none() | st.integers(0, 1500).map(lambda days: released + timedelta(days=days))
    lost_on = draw(st.none() | after)
    return FollowedRelease(
        person=draw(st.integers(1, 10**6)),
        unit=draw(st.sampled_from([*UNITS])),
        released_on=released,
        presented=draw(st.sampled_from([True, True, True, False])),
        crime_on=draw(after),
        lost_on=lost_on,
        lost=lost_on and LossReason.MOVED,
    )


@st.composite
def populations(draw):
    """A few people as they come, and communes of many alike, so that some lie beyond chance."""
    people = draw(st.lists(releases(), max_size=30))
    for one in draw(st.lists(releases(), max_size=4)):
        people += [one] * draw(st.integers(1, 60))
    return people


def page_of(people, years):
    return page_context(reoffending.findings(people, WHERE, years, ON), ASKED)


def numbers(text):
    return [int(each) for each in re.findall(r"\d+", str(text).replace(".", ""))]


def total_of(page, base, part):
    """The figure at the foot of a table, as it is shown."""
    section = next(each for each in page["sections"] if each["base"] == base)
    title = str(reoffending.PART_WORDS[part])
    return next(each["count"] for each in section["total"]["cells"] if str(each["label"]) == title)


def cell_of(row, part):
    return next(each["count"] for each in row["cells"] if each["label"] == reoffending.PART_WORDS[part])


@settings(max_examples=150, deadline=None)
@given(populations(), st.sampled_from(reoffending.WINDOWS))
def test_a_unit_is_told_beyond_chance_just_where_its_row_is_outside_the_limits_of_that_row(people, years):
    page = page_of(people, years)
    said = page["cautions"]

    outside = set()
    for row in page["units"]:
        low, high = map(int, row["limits"].split("–"))
        count = cell_of(row, reoffending.CohortPart.REOFFENDED)
        outside |= {row["name"]} if not low <= count <= high else set()
        assert row["is_above"] == (count > high)

    named = {
        row["name"]
        for row in page["units"]
        for text in said
        if text.startswith(row["name"]) or f", {row['name']}" in text
    }
    assert named == outside
    is_all_within = any(text.startswith("Tất cả đơn vị") for text in said)
    assert is_all_within == (page["funnel"]["shown"] and not outside)


def released(unit, count, again):
    """So many people of a commune, of whom some did a new crime within the year."""
    day = date(2018, 1, 1)
    return [
        FollowedRelease(
            number, unit, day, presented=True, crime_on=day + timedelta(days=90) if number < again else None
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("own", "others", "limits", "said"),
    [
        ((11, 3), (400, 3), "0–2", "nhiều hơn"),
        ((11, 2), (400, 4), "0–2", None),
        ((20, 2), (200, 100), "3–16", "ít hơn"),
        ((20, 3), (200, 100), "3–16", None),
    ],
)
def test_one_person_beyond_the_limits_shown_is_told_and_the_limit_itself_is_not(own, others, limits, said):
    page = page_of(released(2, *own) + released(3, *others), reoffending.WINDOWS[0])

    row = next(row for row in page["units"] if row["name"] == "Xã A")
    told = [text for text in page["cautions"] if text.startswith("Xã A")]
    assert row["limits"] == limits
    assert len(told) == (1 if said else 0)
    assert all(said in text for text in told)
    assert any(text.startswith("Tất cả đơn vị") for text in page["cautions"]) is (said is None)


@settings(max_examples=150, deadline=None)
@given(populations(), st.sampled_from(reoffending.WINDOWS))
def test_every_number_of_a_sentence_stands_at_the_foot_of_the_table(people, years):
    page = page_of(people, years)
    foot = {part: total_of(page, reoffending.Base.COMPLETED, part) for part in reoffending.CohortPart}
    said = page["cautions"]

    unseen = next((text for text in said if "chưa trình diện" in text), None)
    assert (unseen is None) == (foot[reoffending.CohortPart.UNSEEN] == 0)
    if unseen:
        assert numbers(unseen) == [foot[reoffending.CohortPart.UNSEEN], foot[reoffending.CohortPart.RELEASED]]
    lost = next((text for text in said if "thôi được theo dõi" in text), None)
    assert (lost is None) == (foot[reoffending.CohortPart.CENSORED] == 0)
    if lost:
        assert numbers(lost) == [foot[reoffending.CohortPart.CENSORED], years]
    known = foot[reoffending.CohortPart.KNOWN]
    few = next((text for text in said if text.startswith("Mới rõ kết quả")), None)
    assert (few is not None) == (0 < known < ENOUGH)
    if few:
        assert numbers(few) == [known]
    shares = re.findall(r"[\d,]+ %", " ".join(str(each["total"]["rate"]) for each in page["sections"]))
    assert not shares or known >= ENOUGH
