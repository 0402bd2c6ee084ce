"""Measures of the groups A to D and of the way to a clean record: each person stands in one of them."""

from django.utils.translation import gettext_lazy

from cases.law.verdict import Status
from cases.reports.casefile.clearance import LATER, SOON
from cases.reports.dashboard.measure import Measure, OverviewPart, filled
from cases.reports.dashboard.snapshot import UnitSnapshot
from cases.reports.periodic.outcomes import UNCLASSIFIED
from cases.reports.periodic.report_line import ReportLine
from cases.reports.words import Words


def _group(letter: str, title: Words, worse: bool) -> Measure:
    return Measure(
        f"group-{letter.lower() if letter != UNCLASSIFIED else 'none'}",
        OverviewPart.GROUPS,
        title,
        gettext_lazy("Of the people under management: those whom the last approved assessment put in this group."),
        lambda standing: [line for line in standing.groups if line.mark == letter],
        lambda standing: standing.groups,
        more_is_worse=worse,
    )


GROUPS = (
    _group("A", gettext_lazy("Group A"), worse=False),
    _group("B", gettext_lazy("Group B"), worse=True),
    _group("C", gettext_lazy("Group C"), worse=True),
    _group("D", gettext_lazy("Group D"), worse=True),
    _group(UNCLASSIFIED, gettext_lazy("Not classified"), worse=True),
)
OVER = (Status.ELIGIBLE_UNCONFIRMED, Status.MAY_APPLY)
HELD = (Status.WAIT_OBLIGATION, Status.HOLD, Status.RESET_PENDING)


def stage(line: ReportLine, standing: UnitSnapshot) -> str:
    """The one step of the way at which an open file stands."""
    if line.person in standing.waiting_evidence:
        return "confirm"
    if line.mark == Status.RUNNING:
        left = (line.day - standing.on).days
        return "soon" if left <= SOON else "later" if left <= LATER else "far"
    if line.mark == Status.INCOMPLETE:
        return "incomplete"
    return "over" if line.mark in OVER else "held" if line.mark in HELD else "none"


def _record(key: str, title: Words, rule: Words, worse: bool = True) -> Measure:
    return Measure(
        f"record-{key}",
        OverviewPart.RECORD,
        title,
        rule,
        lambda standing: sorted(
            (line for line in standing.records if stage(line, standing) == key),
            key=lambda line: (line.day, line.record),
        ),
        lambda standing: standing.records,
        more_is_worse=worse,
    )


RECORD = (
    _record(
        "over",
        gettext_lazy("Period over, evidence to bring"),
        gettext_lazy("Open files whose waiting period is over, without evidence brought."),
    ),
    _record(
        "confirm",
        gettext_lazy("Evidence to confirm"),
        gettext_lazy("Open files whose evidence the chief has not confirmed yet, whatever their clock says."),
    ),
    _record(
        "soon",
        filled(gettext_lazy("Over in %(first)s to %(last)s days"), first=1, last=SOON),
        filled(gettext_lazy("Open files whose waiting period is over within %(days)s days."), days=SOON),
        worse=False,
    ),
    _record(
        "later",
        filled(gettext_lazy("Over in %(first)s to %(last)s days"), first=SOON + 1, last=LATER),
        filled(
            gettext_lazy("Open files whose waiting period is over in %(first)s to %(last)s days."),
            first=SOON + 1,
            last=LATER,
        ),
        worse=False,
    ),
    _record(
        "far",
        filled(gettext_lazy("Over in more than %(days)s days"), days=LATER),
        filled(gettext_lazy("Open files whose waiting period runs for more than %(days)s days yet."), days=LATER),
        worse=False,
    ),
    _record(
        "held",
        gettext_lazy("Held up"),
        gettext_lazy("Open files whose clock waits: an obligation not settled, an open investigation, a new sentence."),
    ),
    _record(
        "incomplete",
        gettext_lazy("Facts missing"),
        gettext_lazy("Open files of which too little is known for a day to be counted."),
    ),
    _record(
        "none",
        gettext_lazy("Nothing left to clear"),
        gettext_lazy("Open files with no conviction that still stands."),
        worse=False,
    ),
)
