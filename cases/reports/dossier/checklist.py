"""The papers of one dossier: which lie there, which are missing, which are due and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law.deadlines import DeadlineKind
from cases.law.forms import DOSSIER, HELPER_REPORT, Form, form_of
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import DossierPaper, Returnee
from cases.reports.administration import days_off
from cases.reports.dossier.committee_papers import is_absent, last_day_to_present
from cases.reports.dossier.form_paper import FormNames
from cases.reports.dossier.records import DossierRecords

QUARTERS = 4  # so many helper's reports are looked after at once: those of a year


class PaperState(StrEnum):
    THERE = "there"
    MISSING = "missing"  # the day is over
    DUE = "due"
    LATER = "later"  # nothing has happened yet that asks for it


@dataclass(frozen=True)
class PaperLine:
    """One paper of the list. `by`: the last day, where the circular gives one. `quarter`: of the helper's report."""

    form: Form
    title: str
    is_unseen: bool
    state: PaperState
    paper: DossierPaper | None = None
    by: date | None = None
    quarter: Period | None = None

    @property
    def is_there(self) -> bool:
        return self.state is PaperState.THERE


def last_quarter(on: date) -> Period:
    """The last quarter of the calendar that is over on `on`."""
    return period_of(Profile.CALENDAR, PeriodKind.QUARTER, on).previous()


def checklist(records: DossierRecords, names: FormNames) -> list[PaperLine]:
    """The papers Điều 11 names, in the order of their codes; of the helper's report one line a quarter."""
    found: list[PaperLine] = []
    for form in DOSSIER:
        if form.code == HELPER_REPORT:
            found += _of_quarters(records, names, form)
        else:
            found.append(_line(records, names, form, *_asked_for(records, form)))
    return found


def committee_lines(records: DossierRecords, names: FormNames) -> list[PaperLine]:
    """What the committee writes beside: that somebody did not present by the day."""
    if not is_absent(records):
        return []
    form = form_of("HCD-04")
    return [_line(records, names, form, True, last_day_to_present(records))]


def _asked_for(records: DossierRecords, form: Form) -> tuple[bool, date | None]:
    """Whether something has happened that asks for the paper, and the last day for it."""
    since = _since(records, form)
    if since is None or since > records.on:
        return False, None
    if form.deadline is None:
        return True, None
    return True, days_off.last_day(form.deadline, since, records.calendar, records.deadlines)


def _since(records: DossierRecords, form: Form) -> date | None:
    person = records.returnee
    if form.code == "HCD-11":
        return person.closed_on
    if form.code == "HCD-10":
        days = [transfer.accepted_on for transfer in records.transfers]
        return days[-1] if days else None
    if not form.is_drafted:
        days = [row.confirmed_on for row in records.expungements] if form.code == "XAT" else []
        return days[0] if days else None
    if form.deadline is DeadlineKind.HELPER_PROPOSAL and person.presented_on and person.taken_over_on:
        return max(person.presented_on, person.taken_over_on)
    return person.presented_on


def quarters_due(person: Returnee, on: date) -> list[Period]:
    """The quarters that are over since the person presented and in which they were managed, the last first."""
    found: list[Period] = []
    quarter = last_quarter(on)
    while person.presented_on and quarter.end >= person.presented_on and len(found) < QUARTERS:
        if person.closed_on is None or person.closed_on >= quarter.start:
            found.append(quarter)
        quarter = quarter.previous()
    return found


def quarters_to_file(person: Returnee, on: date) -> list[Period]:
    """Of which quarters a signed report may lie in the dossier: those that are due, then the one under way."""
    return [*quarters_due(person, on), period_of(Profile.CALENDAR, PeriodKind.QUARTER, on)]


def _of_quarters(records: DossierRecords, names: FormNames, form: Form) -> Iterator[PaperLine]:
    quarters = quarters_due(records.returnee, records.on)
    for quarter in quarters:
        by = days_off.last_day(DeadlineKind.HELPER_REPORT, quarter.following().start, table=records.deadlines)
        yield _line(records, names, form, True, by, quarter)
    if not quarters:
        yield _line(records, names, form, False, None)


def _line(
    records: DossierRecords,
    names: FormNames,
    form: Form,
    is_asked_for: bool,
    by: date | None,
    quarter: Period | None = None,
) -> PaperLine:
    first = quarter and quarter.start
    paper = next((row for row in records.dossier_papers if (row.code, row.quarter) == (form.code, first)), None)
    if paper:
        state = PaperState.THERE
    elif not is_asked_for:
        state = PaperState.LATER
    else:
        state = PaperState.DUE if by and by >= records.on else PaperState.MISSING
    name = names.of(form.code)
    return PaperLine(form, name.title, name.is_unseen, state, paper, by, quarter)
