"""The dated tables, and the small rules around them."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from cases.law.administrative import Sanction, clean_slate_on
from cases.law.chapters import CHAPTERS, chapter_of, is_article, number_of
from cases.law.deadlines import (
    DEADLINES,
    JOB_CHECKS,
    DeadlineKind,
    WorkCalendar,
    add_working_days,
    deadline,
    last_day,
)
from cases.law.facts import OffenceClass, PenaltyKind
from cases.law.severity import severity_of_frame
from cases.law.versions import Certainty, faults, in_force
from cases.law.waiting import RULE_SETS, Band, WaitColumn
from tests.law.cases import day


@pytest.mark.parametrize(
    ("article", "chapter"),
    [(107, None), (108, "XIII"), (122, "XIII"), (123, "XIV"), ("256a", "XX"), (" 391 ", "XXIV"), (392, "XXV")]
    + [(421, "XXVI"), (425, "XXVI"), (426, None), ("abc", None), (-173, None), ("", None)],
)
def test_an_article_stands_in_its_chapter(article, chapter):
    assert chapter_of(article) == chapter


@pytest.mark.parametrize(
    ("article", "known"),
    [(0, False), (1, True), ("1", True), (426, True), ("426a", True), (427, False), ("abc", False), ("-1", False)],
)
def test_the_code_has_articles_1_to_426(article, known):
    assert is_article(article) is known


@pytest.mark.parametrize(("article", "number"), [(173, 173), ("256a", 256), ("trộm", 0), ("", 0)])
def test_an_article_that_is_no_number_counts_as_0(article, number):
    assert number_of(article) == number


def test_the_chapters_follow_each_other_without_a_gap():
    assert [first for first, *_ in CHAPTERS[1:]] == [last + 1 for _, last, *_ in CHAPTERS[:-1]]


def test_every_rule_set_has_every_period_and_cites_it():
    for rules in RULE_SETS:
        assert {(wait.column, wait.band) for wait in rules.waits} == {(c, b) for c in WaitColumn for b in Band}
        assert all("Điều" in wait.legal_basis for wait in rules.waits)
    assert not list(faults(RULE_SETS))


def test_a_period_that_changed_names_the_law_that_changed_it():
    """The words beside it would be those of the older period."""
    for older, newer in pairwise(RULE_SETS):
        for was, wait in zip(older.waits, newer.waits, strict=True):
            assert was.months == wait.months or was.legal_basis != wait.legal_basis, newer.code


def test_a_certainty_is_kept_by_its_letter():
    assert [each.value for each in Certainty] == ["V", "S", "M"]


def test_what_was_not_read_in_the_law_of_2026_is_marked():
    read, marked = ({wait.column for wait in rules.waits if wait.certainty == "M"} for rules in RULE_SETS[:2])

    assert RULE_SETS[0].valid_from == date(2018, 1, 1)
    assert (read, marked) == (set(), {WaitColumn.JUVENILE})


def test_gaps_overlaps_and_an_open_future_are_reported():
    first, second = RULE_SETS[0], replace(RULE_SETS[1], valid_to=None)

    assert list(faults([replace(second, valid_from=day("02/01/2026")), first])) == [
        "no rule between BLHS-2018 and BLHS-2026"
    ]
    assert list(faults([first, replace(second, valid_from=day("31/12/2025"))])) == ["BLHS-2018 overlaps BLHS-2026"]
    assert list(faults([replace(first, valid_to=None), second])) == ["BLHS-2018 overlaps BLHS-2026"]
    assert list(faults([first])) == ["no rule after BLHS-2018"]
    assert list(faults([])) == []


def test_without_a_refusal_an_application_waits_for_nothing():
    assert RULE_SETS[0].next_application([]) is None


def test_before_the_first_version_the_first_is_used():
    assert in_force(RULE_SETS, date(2010, 1, 1)).code == "BLHS-2018"


@pytest.mark.parametrize(
    ("kind", "months", "severity"),
    [
        (PenaltyKind.FINE, None, OffenceClass.LESS_SERIOUS),
        (PenaltyKind.PRISON, 1, OffenceClass.LESS_SERIOUS),
        (PenaltyKind.PRISON, 36, OffenceClass.LESS_SERIOUS),
        (PenaltyKind.PRISON, 37, OffenceClass.SERIOUS),
        (PenaltyKind.PRISON, 84, OffenceClass.SERIOUS),
        (PenaltyKind.PRISON, 85, OffenceClass.VERY_SERIOUS),
        (PenaltyKind.PRISON, 180, OffenceClass.VERY_SERIOUS),
        (PenaltyKind.PRISON, 181, OffenceClass.EXTREMELY_SERIOUS),
        (PenaltyKind.PRISON, 240, OffenceClass.EXTREMELY_SERIOUS),
        (PenaltyKind.LIFE, None, OffenceClass.EXTREMELY_SERIOUS),
    ],
)
def test_article_9_the_class_follows_the_maximum_of_the_frame(kind, months, severity):
    assert severity_of_frame(kind, months) is severity


@pytest.mark.parametrize("months", [None, 0, 241])
def test_a_frame_that_cannot_be_is_refused(months):
    with pytest.raises(ValueError, match="1 to 240"):
        severity_of_frame(PenaltyKind.PRISON, months)


@pytest.mark.parametrize(
    ("sanction", "clean"),
    [(Sanction.WARNING, "16/07/2025"), (Sanction.OTHER, "16/01/2026"), (Sanction.MEASURE, "16/01/2027")],
)
def test_article_7_an_administrative_sanction_stops_counting(sanction, clean):
    assert clean_slate_on(sanction, day("15/01/2025")) == day(clean)


@pytest.mark.parametrize(
    ("since", "holidays", "last"),
    [
        ("02/02/2026", (), "05/02/2026"),
        ("05/02/2026", (), "10/02/2026"),
        ("13/02/2026", [f"{number}/02/2026" for number in range(16, 21)], "25/02/2026"),
    ],
)
def test_three_working_days_leave_out_weekends_and_holidays(since, holidays, last):
    rule = deadline(DeadlineKind.RESIDENCE_CHECK, day(since))

    assert last_day(rule, day(since), WorkCalendar(frozenset(map(day, holidays)))) == day(last)


IN_EXCHANGE = [
    ([], [], "07/04/2026"),
    ([], ["04/04/2026"], "06/04/2026"),
    (["03/04/2026"], ["04/04/2026", "05/04/2026"], "06/04/2026"),
    (["03/04/2026"], ["03/04/2026"], "07/04/2026"),
]


@pytest.mark.parametrize(("off", "worked", "last"), IN_EXCHANGE)
def test_a_day_worked_in_exchange_counts_whatever_else_it_is(off, worked, last):
    calendar = WorkCalendar(*(frozenset(map(day, days)) for days in (off, worked)))

    assert add_working_days(day("02/04/2026"), 3, calendar) == day(last)


@pytest.mark.parametrize(
    ("duty", "last"),
    [
        (DeadlineKind.PAPERWORK_STUCK, "01/05/2026"),
        (DeadlineKind.CONTACT, "01/05/2026"),
        (DeadlineKind.ASSESSMENT, "01/07/2026"),
        (DeadlineKind.PRESENTING, "16/04/2026"),
        (DeadlineKind.HELPER_PROPOSAL, "06/04/2026"),
        (DeadlineKind.DOSSIER, "08/04/2026"),
        (DeadlineKind.TAKEOVER, "08/04/2026"),
        (DeadlineKind.HELPER_REPORT, "05/04/2026"),
        (DeadlineKind.LOAN_LIST, "05/04/2026"),
        (DeadlineKind.DATABASE, "02/04/2026"),
    ],
)
def test_days_and_months_are_counted_from_the_day_after(duty, last):
    assert last_day(deadline(duty, day("01/04/2026")), day("01/04/2026")) == day(last)


@pytest.mark.parametrize(
    ("on", "report", "loans"), [("31/03/2026", "05/01/2026", "05/03/2026"), ("01/10/2026", "05/10/2026", "05/10/2026")]
)
def test_what_is_due_early_in_a_quarter_or_a_month_is_due_on_its_fifth_day(on, report, loans):
    found = [
        last_day(deadline(duty, day(on)), day(on)) for duty in (DeadlineKind.HELPER_REPORT, DeadlineKind.LOAN_LIST)
    ]

    assert found == [day(report), day(loans)]


@pytest.mark.parametrize(("hours", "last"), [(1, "02/04/2026"), (24, "02/04/2026"), (25, "03/04/2026")])
def test_hours_end_on_the_day_on_which_the_last_of_them_is_over(hours, last):
    rule = replace(deadline(DeadlineKind.DATABASE, day("01/07/2026")), amount=hours)

    assert last_day(rule, day("01/04/2026")) == day(last)


def test_one_working_day_from_a_friday_is_monday():
    assert add_working_days(day("03/04/2026"), 1) == day("06/04/2026")


def test_no_working_day_at_all_is_refused():
    with pytest.raises(ValueError, match="At least one"):
        add_working_days(day("01/04/2026"), 0)


def test_every_duty_has_one_line_of_versions_with_source_and_certainty():
    for duty in DeadlineKind:
        rows = [row for row in DEADLINES if row.duty is duty]
        assert rows
        assert not list(faults(rows))
        assert all(row.source for row in rows)
        assert rows[0].code == f"{duty}-{rows[0].valid_from}"
    assert [deadline(check, day("01/01/2026")).amount for check in JOB_CHECKS] == [7, 30, 90, 180]
