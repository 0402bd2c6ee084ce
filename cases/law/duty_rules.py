"""From what is known of one person to what is due: pure, no queries, no words; "today" is the argument `on`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from cases.law import deadlines
from cases.law.intervals import Intervals
from cases.lib.dates import add_months


class DutyKind(StrEnum):
    CONTACT = "contact"  # meet the person or the family
    APPOINTMENT = "appointment"  # a meeting was agreed for a day to come
    OUTCOME = "outcome"  # the agreed day has passed and nothing is logged
    PRESENTING = "presenting"  # came home, has not presented
    RESIDENCE = "residence"  # a notice came: ask the family whether the address is right
    PAPERWORK = "paperwork"  # a paper has not moved for too long
    JOB = "job"  # still at work after 7, 30, 90, 180 days?
    GROUP = "group"  # taken over from another commune: form the 5+1 here
    PROPOSAL = "proposal"  # presented: propose who helps (HCD-06)
    DOSSIER = "dossier"  # papers of the dossier that do not lie in it yet
    ASSESSMENT = "assessment"  # group A–D for the period
    RECORD = "record"  # the criminal record can be cleared, or will be soon


# Due between two days: to come early is no mistake
WINDOWED = frozenset((DutyKind.CONTACT, DutyKind.GROUP, DutyKind.ASSESSMENT, DutyKind.JOB))
# What the person may do and nobody owes: it can be open for years and is never overdue
RIGHTS = frozenset({DutyKind.RECORD})


class Bucket(StrEnum):
    OVERDUE = "overdue"
    OPEN = "open"  # a right whose day has come
    WEEK = "week"
    LATER = "later"


WEEK_DAYS = 7
RECORD_EARLY, RECORD_SOON = 90, 30  # days before the record can be cleared: prepare, then remind again


@dataclass(frozen=True)
class DutyPerson:
    """What a row of a work list says of somebody: nothing here is of a crime or a sentence."""

    pk: int
    name: str
    birth_year: str
    hamlet: str
    unit_id: int
    lead_id: int | None = None
    sort_key: str = ""


@dataclass(frozen=True)
class AgreedMeeting:
    """A pending appointment; `label` names its kind for people."""

    pk: int
    kind: str
    label: str
    on: date


@dataclass(frozen=True)
class PendingPaper:
    """A request neither handed over nor refused; `since` is the day of its last step."""

    pk: int
    label: str
    since: date


@dataclass(frozen=True)
class Job:
    """A job still held, and the check days already answered."""

    pk: int
    started_on: date
    checked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DutyFacts:
    """Everything that makes duties of one person; `snoozed` holds the keys put off on the day asked about."""

    person: DutyPerson
    completed_on: date
    presents_by: date | None = None  # as printed on the certificate
    presented_on: date | None = None
    last_contact_on: date | None = None
    last_assessed_on: date | None = None
    in_custody: bool = False  # group D: nobody is expected to be met before the next assessment
    taken_over_on: date | None = None
    appointments: tuple[AgreedMeeting, ...] = ()
    papers: tuple[PendingPaper, ...] = ()
    jobs: tuple[Job, ...] = ()
    record_due_on: date | None = None
    record_by_court: bool = False
    dossier_missing: int = 0  # of somebody whose dossier is to be made: papers that do not lie in it
    dossier_by: date | None = None
    proposal_by: date | None = None  # of somebody who presented lately and for whom no HCD-06 lies in the dossier
    check_since: date | None = None
    check_by: date | None = None
    snoozed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Duty:
    """One thing to do for one person, from `earliest` to `latest`; `key` is what a snooze names.

    `reason` and `number` are what the words are made of: silent (days since the last contact), never_met (days since
    presenting), unmet (where that is not told), agreed, unlogged (days since the agreed day), not_presented (days since
    completion), residence (days since the notice), stuck (days since the last step), job_check (the check day),
    record and record_court (days until the day of eligibility), assessment (days since the last one), never_assessed,
    no_group (days since the file was taken over), no_helper (days since presenting), dossier (papers that are missing).
    `target` is the row it is about: appointment, paper or referral. `on` is the day asked about.
    """

    kind: DutyKind
    key: str
    person: DutyPerson
    on: date
    earliest: date
    latest: date
    reason: str
    number: int
    label: str = ""
    activity: str = "encouragement"
    target: int | None = None

    @property
    def bucket(self) -> Bucket:
        """Overdue after the last day, this week where that is within 7 days, else later; a right is open instead."""
        if self.latest < self.on:
            return Bucket.OPEN if self.is_right else Bucket.OVERDUE
        return Bucket.WEEK if self.latest < self.on + timedelta(days=WEEK_DAYS) else Bucket.LATER

    @property
    def is_right(self) -> bool:
        return self.kind in RIGHTS

    @property
    def has_window(self) -> bool:
        return self.kind in WINDOWED

    @property
    def is_open(self) -> bool:
        """Whether the window has begun: to come earlier is no mistake either."""
        return self.earliest <= self.on

    @property
    def order(self) -> tuple:
        return (self.latest, self.person.sort_key, self.person.pk, self.key)


def duties_of(facts: DutyFacts, on: date, rules: Intervals) -> list[Duty]:
    """What is due for one person as seen on `on`, most pressing first; what is snoozed is left out."""
    found = [duty for duty in _all(facts, on, rules) if duty.key not in facts.snoozed]
    return sorted(found, key=lambda duty: duty.order)


def _all(facts: DutyFacts, on: date, rules: Intervals) -> Iterator[Duty]:
    yield from _appointments(facts, on, rules)
    yield from _record(facts, on)
    yield from _residence(facts, on)
    if facts.presented_on is None or facts.presented_on > on:
        yield from _presenting(facts, on, rules)
        return
    yield from _group(facts, facts.presented_on, on, rules)
    yield from _dossier(facts, facts.presented_on, on)
    if not facts.in_custody:
        yield from _contact(facts, facts.presented_on, on, rules)
    yield from _papers(facts, on, rules)
    yield from _jobs(facts, on, rules)
    yield from _assessment(facts, facts.presented_on, on, rules)


def _appointments(facts: DutyFacts, on: date, rules: Intervals) -> Iterator[Duty]:
    for agreed in facts.appointments:
        passed = agreed.on < on
        yield Duty(
            kind=DutyKind.OUTCOME if passed else DutyKind.APPOINTMENT,
            key=f"appointment-{agreed.pk}",
            person=facts.person,
            on=on,
            earliest=agreed.on if passed else agreed.on - timedelta(days=rules.appointment_early),
            latest=agreed.on,
            reason="unlogged" if passed else "agreed",
            number=(on - agreed.on).days,
            label=agreed.label,
            activity=agreed.kind,
            target=agreed.pk,
        )


def _presenting(facts: DutyFacts, on: date, rules: Intervals) -> Iterator[Duty]:
    if facts.completed_on <= on:
        yield Duty(
            kind=DutyKind.PRESENTING,
            key="presenting",
            person=facts.person,
            on=on,
            earliest=facts.completed_on,
            latest=rules.last_day_to_present(facts.completed_on, facts.presents_by),
            reason="not_presented",
            number=(on - facts.completed_on).days,
        )


def _residence(facts: DutyFacts, on: date) -> Iterator[Duty]:
    if facts.check_since is not None and facts.check_by is not None:
        yield Duty(
            kind=DutyKind.RESIDENCE,
            key="residence",
            person=facts.person,
            on=on,
            earliest=facts.check_since,
            latest=facts.check_by,
            reason="residence",
            number=(on - facts.check_since).days,
        )


def _contact(facts: DutyFacts, presented_on: date, on: date, rules: Intervals) -> Iterator[Duty]:
    """An appointment agreed for a day within the window stands in the place of this duty."""
    since = max(presented_on, facts.last_contact_on or presented_on)
    latest = since + timedelta(days=rules.contact_until)
    if any(on <= agreed.on <= latest for agreed in facts.appointments):
        return
    yield Duty(
        kind=DutyKind.CONTACT,
        key="contact",
        person=facts.person,
        on=on,
        earliest=since + timedelta(days=rules.contact_from),
        latest=latest,
        reason="silent" if facts.last_contact_on else "never_met",
        number=(on - (facts.last_contact_on or presented_on)).days,
    )


def _group(facts: DutyFacts, presented_on: date, on: date, rules: Intervals) -> Iterator[Duty]:
    """Who helps is proposed after the presenting, and anew after a handover, which ended the 5+1 group of the unit
    before (Điều 10 khoản 2)."""
    since = facts.taken_over_on
    if facts.person.lead_id is not None:
        return
    if since:
        latest = deadlines.add_working_days(since, rules.helper_proposal, rules.calendar)
        yield Duty(DutyKind.GROUP, "group", facts.person, on, since, latest, "no_group", (on - since).days)
    elif latest := facts.proposal_by:
        days = (on - presented_on).days
        yield Duty(DutyKind.PROPOSAL, "proposal", facts.person, on, presented_on, latest, "no_helper", days)


def _dossier(facts: DutyFacts, presented_on: date, on: date) -> Iterator[Duty]:
    if facts.dossier_missing and facts.dossier_by is not None:
        yield Duty(
            kind=DutyKind.DOSSIER,
            key="dossier",
            person=facts.person,
            on=on,
            earliest=presented_on,
            latest=facts.dossier_by,
            reason="dossier",
            number=facts.dossier_missing,
        )


def _papers(facts: DutyFacts, on: date, rules: Intervals) -> Iterator[Duty]:
    for paper in facts.papers:
        latest = paper.since + timedelta(days=rules.paperwork)
        if latest <= on:
            yield Duty(
                kind=DutyKind.PAPERWORK,
                key=f"paperwork-{paper.pk}",
                person=facts.person,
                on=on,
                earliest=paper.since,
                latest=latest,
                reason="stuck",
                number=(on - paper.since).days,
                label=paper.label,
                activity="paperwork",
                target=paper.pk,
            )


def _jobs(facts: DutyFacts, on: date, rules: Intervals) -> Iterator[Duty]:
    """One check a job: the last that has come and is not answered, else the next to come."""
    for job in facts.jobs:
        open_checks = [day for day in rules.job_checks if day > max(job.checked, default=0)]
        come = [day for day in open_checks if job.started_on + timedelta(days=day) <= on]
        for day in come[-1:] or open_checks[:1]:
            first = job.started_on + timedelta(days=day)
            yield Duty(
                kind=DutyKind.JOB,
                key=f"job-{job.pk}-{day}",
                person=facts.person,
                on=on,
                earliest=first,
                latest=first + timedelta(days=rules.job_check_within),
                reason="job_check",
                number=day,
                target=job.pk,
            )


def _assessment(facts: DutyFacts, presented_on: date, on: date, rules: Intervals) -> Iterator[Duty]:
    since = facts.last_assessed_on or presented_on
    latest = add_months(since, rules.assessment_months)
    yield Duty(
        kind=DutyKind.ASSESSMENT,
        key="assessment",
        person=facts.person,
        on=on,
        earliest=latest - timedelta(days=rules.assessment_early),
        latest=latest,
        reason="assessment" if facts.last_assessed_on else "never_assessed",
        number=(on - since).days,
    )


def _record(facts: DutyFacts, on: date) -> Iterator[Duty]:
    """From 90 days before the day of eligibility until evidence is on file; put off once, it comes back at 30 and 0."""
    due_on = facts.record_due_on
    if due_on is None or due_on - timedelta(days=RECORD_EARLY) > on:
        return
    left = (due_on - on).days
    stage = RECORD_EARLY if left > RECORD_SOON else RECORD_SOON if left > 0 else 0
    yield Duty(
        kind=DutyKind.RECORD,
        key=f"record-{stage}",
        person=facts.person,
        on=on,
        earliest=due_on - timedelta(days=RECORD_EARLY),
        latest=due_on,
        reason="record_court" if facts.record_by_court else "record",
        number=left,
    )
