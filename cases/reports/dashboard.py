"""The measures of a dashboard: each says what it counts, of what, and how; number, list and units are one selection."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.law.verdict import Status
from cases.reports.found import Found
from cases.reports.indicators import mean, percent
from cases.reports.outcomes import UNCLASSIFIED
from cases.reports.standing import ENTRIES_DAYS, JOBS_DAYS, Standing

SILENT = (30, 60, 90)  # days without a contact
FORCE_SILENT = 60
STUCK = 30  # days without a step
KEPT = (30, 90, 180)  # days a job lasts
LOGGED = (1, 3, 7)  # days from the event to its entry
SOON, LATER = 30, 90  # days until a record is due

filled = lazy(lambda words, **values: str(words) % values, str)  # % on a lazy text would translate at import

Lines = Callable[[Standing], list[Found]]


class Part(StrEnum):
    """The parts of the page, in their order."""

    COVERAGE = "coverage"
    FORCES = "forces"
    PAPERS = "papers"
    JOBS = "jobs"
    GROUPS = "groups"
    RECORD = "record"
    ENTRIES = "entries"


PART_WORDS = {
    Part.COVERAGE: gettext_lazy("Who has not been met"),
    Part.FORCES: gettext_lazy("Not met for long, by the forces of the 5+1"),
    Part.PAPERS: gettext_lazy("Papers standing still"),
    Part.JOBS: gettext_lazy("Jobs that last"),
    Part.GROUPS: gettext_lazy("Groups A to D"),
    Part.RECORD: gettext_lazy("On the way to a clean record"),
    Part.ENTRIES: gettext_lazy("How soon work is logged"),
}


@dataclass(frozen=True)
class Measure:
    """`lines` are what is counted, `of` those it is a part of; `more_is_worse` says which end is shown first."""

    key: str
    part: Part
    title: str
    rule: str
    lines: Lines
    of: Lines
    more_is_worse: bool = True
    money: bool = False  # the mean of the amounts stands beside the figure

    def count(self, standing: Standing) -> "Counted":
        return Counted(self, self.lines(standing), self.of(standing))


@dataclass(frozen=True)
class Counted:
    """A measure of one unit or of one unit below it."""

    measure: Measure
    found: list[Found]
    base: list[Found]

    @property
    def share(self) -> Decimal | None:
        return percent(len(self.found), len(self.base))

    @property
    def mean(self) -> int | None:
        return mean([line for line in self.found if line.amount is not None])

    @property
    def known(self) -> int:
        return sum(line.amount is not None for line in self.found)


def by_unit(counted: Counted, standing: Standing) -> list[tuple[int, str, Counted]]:
    """The same measure for each unit directly below with anybody in its base, the worst first."""
    where = standing.where
    rows: dict[int, tuple[list[Found], list[Found]]] = {}
    for which, lines in enumerate((counted.found, counted.base)):
        for line in lines:
            rows.setdefault(where.row_of(line.unit), ([], []))[which].append(line)
    counts = [(row, where.name_of(row), Counted(counted.measure, *parts)) for row, parts in rows.items()]
    sign = -1 if counted.measure.more_is_worse else 1
    return sorted(counts, key=lambda each: (sign * (each[2].share or 0), -len(each[2].base), each[1]))


def _since(days: int, on, lines: Iterable[Found]) -> list[Found]:
    """Lines whose day lies at least so many days back, the longest first."""
    last = on - timedelta(days=days)
    return sorted((line for line in lines if line.day <= last), key=lambda line: (line.day, line.record))


def measures(standing: Standing) -> list[Measure]:
    """Every measure of the dashboard; one for each organisation that helps somebody here."""
    return [*COVERAGE, *_forces(standing), *PAPERS, *JOBS, *GROUPS, *RECORD, *ENTRIES]


def _silent(days: int) -> Measure:
    return Measure(
        f"silent-{days}",
        Part.COVERAGE,
        filled(gettext_lazy("Not met for %(days)s days"), days=days),
        filled(
            gettext_lazy(
                "People under management whose last contact, with themselves or the family, lies %(days)s days or more "
                "back; of whom was never met, the day of presenting."
            ),
            days=days,
        ),
        lambda standing: _since(days, standing.on, standing.contacted),
        lambda standing: standing.contacted,
    )


COVERAGE = tuple(_silent(days) for days in SILENT)


def _forces(standing: Standing) -> list[Measure]:
    return [_force(each) for each in standing.organisations if standing.helped.get(each.pk)]


def _force(organisation) -> Measure:
    return Measure(
        f"force-{organisation.code}",
        Part.FORCES,
        organisation.name,
        _(
            "People under management with a helper of this force in their group whom the force last met %(days)s days "
            "ago or more; where it never met them, since its helper began."
        )
        % {"days": FORCE_SILENT},
        lambda standing: _since(FORCE_SILENT, standing.on, standing.helped[organisation.pk]),
        lambda standing: standing.helped[organisation.pk],
    )


PAPERS = (
    Measure(
        "papers-stuck",
        Part.PAPERS,
        filled(gettext_lazy("Without a step for %(days)s days"), days=STUCK),
        filled(
            gettext_lazy(
                "Papers needed and neither handed over nor refused whose last step lies %(days)s days or more back; of "
                "all papers on their way."
            ),
            days=STUCK,
        ),
        lambda standing: _since(STUCK, standing.on, standing.papers),
        lambda standing: standing.papers,
    ),
)


def _over(days: int, standing: Standing) -> list[Found]:
    return [line for line in standing.jobs if line.day + timedelta(days=days) <= standing.on]


def _kept(days: int) -> Measure:
    def lines(standing: Standing) -> list[Found]:
        ended = standing.jobs_ended
        return [
            line
            for line in _over(days, standing)
            if line.record not in ended or ended[line.record] >= line.day + timedelta(days=days)
        ]

    return Measure(
        f"jobs-{days}",
        Part.JOBS,
        filled(gettext_lazy("Still there after %(days)s days"), days=days),
        filled(
            gettext_lazy(
                "Of the jobs begun in the last %(back)s days that could have lasted %(days)s days by now: those that "
                "did. The income is the mean of the last known incomes of these jobs."
            ),
            days=days,
            back=JOBS_DAYS,
        ),
        lines,
        lambda standing: _over(days, standing),
        more_is_worse=False,
        money=True,
    )


JOBS = tuple(_kept(days) for days in KEPT)


def _group(letter: str, title, worse: bool) -> Measure:
    return Measure(
        f"group-{letter.lower() if letter != UNCLASSIFIED else 'none'}",
        Part.GROUPS,
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
RUNNING = (Status.RUNNING,)
OVER = (Status.ELIGIBLE_UNCONFIRMED, Status.MAY_APPLY)
HELD = (Status.WAIT_OBLIGATION, Status.HOLD, Status.RESET_PENDING)


def _record(key, title, rule, which: Callable[[Found, Standing], bool], worse=True) -> Measure:
    return Measure(
        f"record-{key}",
        Part.RECORD,
        title,
        rule,
        lambda standing: sorted(
            (line for line in standing.records if which(line, standing)), key=lambda line: (line.day, line.record)
        ),
        lambda standing: standing.records,
        more_is_worse=worse,
    )


def _due_within(first: int, last: int) -> Callable[[Found, Standing], bool]:
    return lambda line, standing: line.mark in RUNNING and first <= (line.day - standing.on).days <= last


RECORD = (
    _record(
        "over",
        gettext_lazy("Period over, evidence to bring"),
        gettext_lazy("Open files whose waiting period is over, without evidence brought."),
        lambda line, standing: line.mark in OVER and line.person not in standing.waiting_evidence,
    ),
    _record(
        "confirm",
        gettext_lazy("Evidence to confirm"),
        gettext_lazy("Open files whose evidence the chief has not confirmed yet."),
        lambda line, standing: line.person in standing.waiting_evidence,
    ),
    _record(
        "soon",
        filled(gettext_lazy("Over in %(days)s days"), days=SOON),
        filled(gettext_lazy("Open files whose waiting period is over within %(days)s days."), days=SOON),
        _due_within(1, SOON),
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
        _due_within(SOON + 1, LATER),
        worse=False,
    ),
    _record(
        "held",
        gettext_lazy("Held up"),
        gettext_lazy("Open files whose clock waits: an obligation not settled, an open investigation, a new sentence."),
        lambda line, standing: line.mark in HELD,
    ),
    _record(
        "incomplete",
        gettext_lazy("Facts missing"),
        gettext_lazy("Open files of which too little is known for a day to be counted."),
        lambda line, standing: line.mark == Status.INCOMPLETE,
    ),
)


def _logged(days: int) -> Measure:
    return Measure(
        f"logged-{days}",
        Part.ENTRIES,
        filled(gettext_lazy("Logged within %(days)s days"), days=days),
        filled(
            gettext_lazy(
                "Of the work of the last %(back)s days, one line for each person and event: what was logged at most "
                "%(days)s days after the event."
            ),
            days=days,
            back=ENTRIES_DAYS,
        ),
        lambda standing: [line for line in standing.entries if line.amount <= days],
        lambda standing: standing.entries,
        more_is_worse=False,
    )


ENTRIES = tuple(_logged(days) for days in LOGGED)


def stuck_where(counted: Counted) -> list[tuple[tuple[str, str], int]]:
    """Where papers stand still: kind and office with how many, the most first."""
    places: dict[tuple[str, str], int] = {}
    for line in counted.found:
        places[line.mark] = places.get(line.mark, 0) + 1
    return sorted(places.items(), key=lambda each: (-each[1], each[0]))
