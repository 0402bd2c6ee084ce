"""Measures of work: papers standing still, jobs that last, how soon work is logged."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from cases.models.employment import CHECK_DAYS
from cases.reports.dashboard.measure import Measure, OverviewPart, filled
from cases.reports.dashboard.measure_people import older_lines
from cases.reports.dashboard.snapshot import ENTRIES_DAYS, JOBS_DAYS, UnitSnapshot
from cases.reports.periodic.report_line import ReportLine

STUCK = 30  # days without a step
KEPT = (30, 90, 180)  # days a job lasts
LOGGED = (1, 3, 7)  # days from the event to its entry

PAPERS = (
    Measure(
        "papers-stuck",
        OverviewPart.PAPERS,
        filled(gettext_lazy("Without a step for %(days)s days"), days=STUCK),
        filled(
            gettext_lazy(
                "Papers needed and neither handed over nor refused whose last step lies %(days)s days or more back; of "
                "all papers on their way."
            ),
            days=STUCK,
        ),
        lambda standing: older_lines(STUCK, standing.on, standing.papers),
        lambda standing: standing.papers,
    ),
)


def _over(days: int, standing: UnitSnapshot) -> list[ReportLine]:
    return [line for line in standing.jobs if line.day + timedelta(days=days) <= standing.on]


def _unasked(standing: UnitSnapshot) -> list[ReportLine]:
    """Jobs that may have ended unseen, the one that waits longest first."""
    found = []
    for line in standing.jobs:
        due = [day for day in CHECK_DAYS if line.day + timedelta(days=day) <= standing.on]
        since_due = line.day + timedelta(days=due[-1]) if due else None
        if since_due and line.record not in standing.jobs_ended and standing.job_lasted(line) < since_due:
            found.append(line)
    return sorted(found, key=lambda line: (line.day, line.record))


def _kept(days: int) -> Measure:
    def lines(standing: UnitSnapshot) -> list[ReportLine]:
        back = timedelta(days=days)
        return [line for line in _over(days, standing) if standing.job_lasted(line) >= line.day + back]

    return Measure(
        f"jobs-{days}",
        OverviewPart.JOBS,
        filled(gettext_lazy("Still there after %(days)s days"), days=days),
        filled(
            gettext_lazy(
                "Of the jobs begun in the last %(back)s days that could have lasted %(days)s days by now: those known "
                "to have, by a check of that day or later or by the day they ended. Where nobody asked, a job does not "
                "count. The income is the last known one of those of them that have not ended."
            ),
            days=days,
            back=JOBS_DAYS,
        ),
        lines,
        lambda standing: _over(days, standing),
        more_is_worse=False,
        money=True,
    )


JOBS = (
    Measure(
        "jobs-started",
        OverviewPart.JOBS,
        gettext_lazy("Jobs begun"),
        filled(
            gettext_lazy(
                "Jobs begun through a referral in the last %(back)s days, at the unit of that day. The income is the "
                "last known one of those that have not ended."
            ),
            back=JOBS_DAYS,
        ),
        lambda standing: standing.jobs,
        more_is_worse=False,
        money=True,
    ),
    *(_kept(days) for days in KEPT),
    Measure(
        "jobs-unasked",
        OverviewPart.JOBS,
        gettext_lazy("Nobody asked yet"),
        filled(
            gettext_lazy(
                "Of the jobs begun in the last %(back)s days: those that have not ended and of which the check last "
                "due, after %(days)s days, has no answer."
            ),
            back=JOBS_DAYS,
            days=", ".join(str(day) for day in CHECK_DAYS),
        ),
        _unasked,
        lambda standing: standing.jobs,
    ),
)


def _logged(days: int) -> Measure:
    return Measure(
        f"logged-{days}",
        OverviewPart.ENTRIES,
        filled(gettext_lazy("Logged within %(days)s days"), days=days),
        filled(
            gettext_lazy(
                "Of the work of the last %(back)s days, one line for each person and event: what was logged at most "
                "%(days)s days after the event."
            ),
            days=days,
            back=ENTRIES_DAYS,
        ),
        lambda standing: [line for line in standing.entries if line.amount is not None and line.amount <= days],
        lambda standing: standing.entries,
        more_is_worse=False,
    )


ENTRIES = tuple(_logged(days) for days in LOGGED)
