"""What presses most of everybody in a scope, without telling all their duties: in which list of a home page each person
stands, by which day, and until when they are to be met.

PostgreSQL answers for thousands of people in one statement and tells of each no more than that. It says the rules of
`law/duty_rules.py` a second time; a test holds the two against each other over invented histories. Duties that end on
a working day are few, and told by the law itself. SQLite, which holds a commune, tells every duty.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from string import Formatter
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from cases.law.deadlines import Deadline
from cases.law.duty_rules import RECORD_SOON, WEEK_DAYS, Duty, DutyFacts, DutyKind, DutyPerson, duties_of
from cases.law.intervals import Intervals
from cases.models import Appointment, DeadlineVersion, JobReferral, PaperworkRequest, Returnee, Snooze, User, Verdict
from cases.models.deadline_version import deadline_table
from cases.models.joint_read import read_jointly
from cases.reports.casefile import clearance
from cases.reports.work import duties
from cases.reports.work.duty_lists import (
    LATER_DAYS,
    PRESSING,
    DutyList,
    PersonDuties,
    list_of,
    person_lists,
    told_lists,
    work_lists,
)

BY_LAW = frozenset(
    {DutyKind.RESIDENCE, DutyKind.GROUP, DutyKind.PROPOSAL, DutyKind.DOSSIER}
)  # they end on a working day
EPOCH = date(1900, 1, 1)
SOONEST = timedelta(days=clearance.LATER)
COUNTED = ("contact_until", "presenting", "job_check_within", "assessment_months", "assessment_early")
EACH_LIST = 1_000_000  # days: a list and a day are one number, the most pressing the least

BUCKETED = """CASE WHEN DAY < {on} THEN {overdue} + (DAY - {epoch})
        WHEN DAY < {week_ends} THEN {week} + (DAY - {epoch})
        WHEN DAY <= {in_sight} THEN {later} + (DAY - {epoch}) END"""
# Each part says of each duty, or of the people themselves: whose, the list with the day, the day to meet them by.
ASKED = """SELECT u.pk, MAX(u.sort_key), MAX(u.met_on), MAX(u.presented_on), MAX(u.taken_over_on), MAX(u.lead),
    MAX(u.unit), MIN(u.pressing), MIN(u.meet_by)
FROM (
    WITH p (
        pk, sort_key, completed_on, presents_by, presented_on, met_on, lead, grouped, assessed_on, taken_over_on,
        verdict, unit
    ) AS MATERIALIZED ({people}),
    z (person, duty) AS MATERIALIZED ({snoozed}),
    a (person, pk, day) AS MATERIALIZED (
        SELECT a.person, a.pk, a.day FROM ({appointments}) a (person, pk, day) JOIN p ON p.pk = a.person
    )
    SELECT p.pk, p.sort_key, p.met_on, p.presented_on, p.taken_over_on, p.lead, p.unit, LEAST(
        MEETING,
        CASE WHEN p.present_until <= {in_sight} THEN {not_presented} + (p.present_until - {epoch}) END,
        CASE WHEN p.assess_by - {assessment_early} <= {on} THEN {to_assess} + (p.assess_by - {epoch}) END
    ) AS pressing, p.meet_by
    FROM (
        SELECT p.*,
        CASE WHEN (p.presented_on IS NULL OR p.presented_on > {on}) AND p.completed_on <= {on}
            AND s.presenting IS NOT TRUE THEN COALESCE(p.presents_by, p.completed_on + {presenting})
            END AS present_until,
        CASE WHEN p.presented_on <= {on} AND p.grouped IS DISTINCT FROM 'D' AND s.contact IS NOT TRUE
            AND (n.next_on IS NULL OR n.next_on > GREATEST(p.presented_on, p.met_on) + {contact_until})
            THEN GREATEST(p.presented_on, p.met_on) + {contact_until} END AS meet_by,
        CASE WHEN p.presented_on <= {on} AND s.assessment IS NOT TRUE
            THEN (COALESCE(p.assessed_on, p.presented_on) + make_interval(months => {assessment_months}))::date
            END AS assess_by
        FROM p LEFT JOIN (
            SELECT person, BOOL_OR(duty = 'contact') AS contact, BOOL_OR(duty = 'presenting') AS presenting,
                BOOL_OR(duty = 'assessment') AS assessment
            FROM z GROUP BY person
        ) s ON s.person = p.pk
        LEFT JOIN (SELECT person, MIN(day) AS next_on FROM a WHERE day >= {on} GROUP BY person) n ON n.person = p.pk
    ) p
    UNION ALL
    SELECT a.person, NULL, NULL, NULL, NULL, NULL, NULL,
        CASE WHEN a.day < {on} THEN {outcomes} + (a.day - {epoch}) ELSE AGREED END, a.day
    FROM a LEFT JOIN z ON z.person = a.person AND z.duty = 'appointment-' || a.pk WHERE z.duty IS NULL
    UNION ALL
    SELECT w.person, NULL, NULL, NULL, NULL, NULL, NULL, {papers} + (w.since + {paperwork_days} - {epoch}), NULL
    FROM (
        SELECT w.person, w.pk, COALESCE(w.issued_on, w.submitted_on, w.needed_on) AS since
        FROM ({paperwork}) w (person, pk, issued_on, submitted_on, needed_on) JOIN p ON p.pk = w.person
        WHERE p.presented_on <= {on}
    ) w
    LEFT JOIN z ON z.person = w.person AND z.duty = 'paperwork-' || w.pk
    WHERE z.duty IS NULL AND w.since + {paperwork_days} <= {on}
    UNION ALL
    SELECT j.person, NULL, NULL, NULL, NULL, NULL, NULL, CHECK_BY, NULL
    FROM (
        SELECT j.person, j.pk, j.due, j.started_on + j.due + {job_check_within} AS by FROM (
            SELECT j.person, j.pk, j.started_on, COALESCE(
                (ARRAY_AGG(d.day ORDER BY d.place DESC) FILTER (WHERE j.started_on + d.day <= {on}))[1],
                (ARRAY_AGG(d.day ORDER BY d.place))[1]
            ) AS due
            FROM (
                SELECT j.person, j.pk, j.started_on, COALESCE(MAX(j.checked), 0) AS checked
                FROM ({jobs}) j (person, pk, started_on, checked) JOIN p ON p.pk = j.person
                WHERE p.presented_on <= {on} GROUP BY j.person, j.pk, j.started_on
            ) j JOIN (VALUES {job_checks}) d (place, day) ON d.day > j.checked
            GROUP BY j.person, j.pk, j.started_on
        ) j
    ) j
    LEFT JOIN z ON z.person = j.person AND z.duty = 'job-' || j.pk || '-' || j.due WHERE z.duty IS NULL
    UNION ALL
    SELECT c.person, NULL, NULL, NULL, NULL, NULL, NULL, {records} + (c.due_on - {epoch}), NULL
    FROM p JOIN ({verdicts}) c (pk, person, due_on) ON c.pk = p.verdict
    LEFT JOIN z ON z.person = c.person AND z.duty = CASE
        WHEN c.due_on - {on} > {soon} THEN 'record-90' WHEN c.due_on > {on} THEN 'record-{soon}' ELSE 'record-0' END
    WHERE z.duty IS NULL
) u GROUP BY u.pk HAVING MAX(u.sort_key) IS NOT NULL"""
for name, day in {"AGREED": "a.day", "MEETING": "p.meet_by", "CHECK_BY": "j.by"}.items():
    ASKED = ASKED.replace(name, BUCKETED.replace("DAY", day))

PEOPLE = (
    *("pk", "sort_key", "completed_on", "presents_by", "presented_on", "last_contact_on", "lead_id", "group"),
    *("last_assessed_on", "taken_over_on", "facts__verdict", "unit"),
)


class Pressing(NamedTuple):
    """Of one person: what is kept of them; `pressing`: the list of a home page they stand in with the day it is due by
    (see EACH_LIST), None where nothing is in sight; the day to meet them by, None where no meeting is due.
    """

    pk: int
    sort_key: str
    met_on: date | None
    presented_on: date | None
    taken_over_on: date | None
    lead: int | None
    unit: int
    pressing: int | None
    meet_by: date | None

    @property
    def is_overdue(self) -> bool:
        """Whether a duty of the day's round is overdue: the list of these comes before all others."""
        return self.pressing is not None and PRESSING[self.pressing // EACH_LIST] == "overdue"

    @classmethod
    def of(cls, person: Returnee, meet_by: date | None) -> "Pressing":
        """Of somebody whose meetings were told."""
        kept = (person.last_contact_on, person.presented_on, person.taken_over_on, person.lead_id, person.unit_id)
        return cls(person.pk, person.sort_key, *kept, None, meet_by)


def answers_for_many(people: QuerySet[Returnee]) -> bool:
    """Whether the engine tells of thousands as of one: then nobody counts first how many they are."""
    return connections[people.db].vendor == "postgresql"


def few_of(people: QuerySet[Returnee]) -> list[Returnee] | None:
    """All of `people` where they are few enough, or the engine is none that answers for many, to be told everything."""
    few = people.order_by()
    if answers_for_many(people):
        few.query.set_limits(high=duties.FEW + 1)
    found = sorted(few, key=lambda one: (one.sort_key, one.pk))
    return None if few.query.high_mark == len(found) else found


def home_lists(user: User, on: date, mine: bool, entered: QuerySet[DeadlineVersion]) -> dict[str, DutyList]:
    """The lists of a home page by name, everybody in order in them; told of those alone who are shown, or looked at."""
    people = duties.people_of(user, on, mine)
    few = few_of(people)
    if few is not None:
        return person_lists(work_lists(duties.duties_among(few, user, on, entered)))
    known = read_pressing(people, user, on, entered)
    listed = sorted((one.pressing, one.sort_key, one.pk) for one in known if one.pressing is not None)

    def tell(ids: Sequence[int]) -> list[PersonDuties]:
        asked = people.filter(pk__in=ids)
        found = person_lists(work_lists(duties.duties_among(asked, user, on, entered)))
        rows = {row.person.pk: row for each in found.values() for row in each.rows}
        return [rows[pk] for pk in ids if pk in rows]

    return told_lists(((PRESSING[code // EACH_LIST], pk) for code, _key, pk in listed), tell)


def read_pressing(
    people: QuerySet[Returnee],
    user: User,
    on: date,
    entered: QuerySet[DeadlineVersion] | None = None,
    beside: Sequence[QuerySet] = (),
) -> list[Pressing]:
    """What presses most of each of `people` (of duties.people_of), in no order; two queries, `beside` read in one."""
    rows = duties.DutyRows(user, on, {})
    entered = DeadlineVersion.objects.of_duties() if entered is None else entered
    read_jointly(entered, rows.snoozed, *rows.checks.questions, rows.dossiers.lying, *beside)
    table = deadline_table(entered)
    rules = Intervals.in_force(on, table, rows.calendar)
    found = [Pressing._make(row) for row in _asked(people, on, rules)]
    by_law = _by_law(found, rows, on, rules, table)
    return [one._replace(pressing=least(one, by_law[one.pk])) if one.pk in by_law else one for one in found]


def least(one: Pressing, by_law: Iterable[Duty]) -> int | None:
    """What presses most of a person, of what the database said and what the law says beside."""
    codes = [
        PRESSING.index(name) * EACH_LIST + (duty.latest - EPOCH).days for duty in by_law if (name := list_of(duty))
    ]
    return min(codes if one.pressing is None else [one.pressing, *codes], default=None)


def _by_law(
    found: Iterable[Pressing], rows: duties.DutyRows, on: date, rules: Intervals, table: Sequence[Deadline]
) -> dict[int, list[Duty]]:
    """The duties that end on a working day, of whoever has one."""
    checks, begun = rows.checks.found(table), rows.dossiers.begun
    some = [
        one
        for one in found
        if one.pk in checks
        or (one.taken_over_on and one.lead is None)
        or (one.presented_on and one.presented_on >= begun)
    ]
    gaps = rows.dossiers.gaps(some, rules.calendar, table)
    snoozed = defaultdict(set)
    for returnee, key in rows.snoozed:
        snoozed[returnee].add(key)
    told = {}
    for one in some:
        check, gap = checks.get(one.pk), gaps.get(one.pk)
        facts = DutyFacts(
            person=DutyPerson(one.pk, "", "", "", 0, one.lead),
            completed_on=on,
            presented_on=one.presented_on,
            taken_over_on=one.taken_over_on,
            check_since=check.since if check else None,
            check_by=check.by if check else None,
            dossier_missing=gap.missing if gap else 0,
            dossier_by=gap.by if gap else None,
            proposal_by=gap.proposal_by if gap else None,
            snoozed=frozenset(snoozed[one.pk]),
        )
        told[one.pk] = [duty for duty in duties_of(facts, on, rules) if duty.kind in BY_LAW]
    return told


def _asked(people: QuerySet[Returnee], on: date, rules: Intervals) -> list[tuple]:
    values, connection = _values(on, rules), connections[people.db]
    try:
        parts = {
            name: part.order_by().query.get_compiler(using=people.db).as_sql(with_col_aliases=True)
            for name, part in _parts(people, on).items()
        }
    except EmptyResultSet:
        return []  # of no unit, and so of nobody
    sql: list[str] = []
    params: list[Any] = []
    for text, name, *_ in Formatter().parse(ASKED):
        part, own = parts.get(str(name), (values.get(str(name), ""), ()))
        sql += [text, part]
        params += own
    with connection.cursor() as cursor:
        cursor.execute("".join(sql), params)
        return cursor.fetchall()


def _parts(people: QuerySet[Returnee], on: date) -> dict[str, QuerySet]:
    """The rows that duties are made of, by their place in the statement; it joins them to the people."""
    papers, verdicts = PaperworkRequest.objects.pending(), Verdict.objects.filter(due_on__lte=on + SOONEST)
    return {
        "people": people.values_list(*PEOPLE),
        "appointments": Appointment.objects.pending().values_list("returnee", "pk", "on"),
        "paperwork": papers.values_list("returnee", "pk", "issued_on", "submitted_on", "needed_on"),
        "jobs": duties.jobs_to_check(JobReferral.objects.all(), on),
        "verdicts": clearance.without_hindrance(verdicts).values_list("pk", "returnee", "due_on"),
        "snoozed": Snooze.objects.in_force(on).values_list("returnee", "duty"),
    }


def _values(on: date, rules: Intervals) -> dict[str, str]:
    """Days and numbers of the statement, as they stand in it."""
    days = {
        "on": on,
        "epoch": EPOCH,
        "week_ends": on + timedelta(days=WEEK_DAYS),
        "in_sight": on + timedelta(days=LATER_DAYS),
    }
    return {
        **{name: f"DATE '{day:%Y-%m-%d}'" for name, day in days.items()},
        **{name: str(place * EACH_LIST) for place, name in enumerate(PRESSING)},
        **{name: str(getattr(rules, name)) for name in COUNTED},
        "soon": str(RECORD_SOON),
        "paperwork_days": str(rules.paperwork),
        "job_checks": ", ".join(f"({place}, {day})" for place, day in enumerate(rules.job_checks)),
    }
