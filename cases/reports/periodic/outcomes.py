"""Records cleared, new violations, groups A to D."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.law.expungement import statuses_and_days
from cases.law.facts import PenaltyFacts, PenaltyKind
from cases.law.verdict import Status
from cases.law.waiting import RuleSet, shortest_wait
from cases.lib.dates import add_months
from cases.lib.optional import require
from cases.lib.period import Period
from cases.models import AdministrativeViolation, Assessment, Crime, Expungement, Judgment, RuleVersion, Severity
from cases.models.law_facts import cut_off, facts_of
from cases.models.rule_version import add_to_law
from cases.reports.periodic.dated import DatedSource
from cases.reports.periodic.held import HeldOnceSource, HeldSource, is_managed, is_open, within_reach
from cases.reports.periodic.indicators import Countable, Indicator, LinePick, Theme, once_a_record, pick_marked
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_records import RecordReading, ReportRecords
from cases.reports.words import Words

UNCLASSIFIED = "-"


def _open_without_evidence(period: Period) -> Q:
    evidence = Expungement.objects.confirmed().filter(returnee=OuterRef("returnee"), evidence_on__lte=period.end)
    return is_open(period.end) & Q(~Exists(evidence), returnee__completed_on__lte=period.end)


uncleared = HeldSource(_open_without_evidence, "completed_on")  # open files on the last day, no evidence dated by then


class Eligible:
    """The source of people whose clock has run out by the last day, without confirmed evidence dated by then.

    What they did later is left out, so that the figure of a past period stays as it was.
    """

    beside = (uncleared,)

    def __call__(self, records: ReportRecords, period: Period) -> list[ReportLine]:
        due = records.once(_due)
        lines = ((line, due.get((require(line.person), period))) for line in uncleared(records, period))
        return [line._replace(day=day) for line, day in lines if day]


eligible = Eligible()


def _due(records: ReportRecords) -> dict[tuple[int, Period], date | None]:
    """By person and period since when somebody is entitled on its last day; all their periods are told together."""
    asked: dict[int, list[Period]] = defaultdict(list)
    for period in records.periods:
        for person in {require(line.person) for line in uncleared(records, period)}:
            asked[person].append(period)
    records.read(*OF_CLOCKS)
    rules, done = records.once(RULES), records.once(DONE)
    first = _first_over((row for row in done if row[0] in asked), rules)
    near = {person: [each for each in asked[person] if day < each.end] for person, day in first.items()}
    near = {person: periods for person, periods in near.items() if periods}
    found: dict[tuple[int, Period], date | None] = {}
    for person, case in facts_of(near).items():
        told = statuses_and_days({each.end: cut_off(case, each.end) for each in near[person]}, rules)
        for period in near[person]:
            status, due_on = told[period.end]
            found[person, period] = due_on if status == Status.ELIGIBLE_UNCONFIRMED else None
    return found


def _done(records: ReportRecords) -> QuerySet:
    """Main penalties done before the last day, of everybody whose file may be open."""
    people = within_reach(records).values("returnee")
    done = Judgment.objects.kept().filter(returnee__in=people, main_done_on__lt=records.span.end).order_by()
    return done.values_list("returnee", "main_penalty", "months", "main_done_on")


DONE = RecordReading(_done, lambda _records, rows: list(rows))
RULES = RecordReading(lambda _records: RuleVersion.objects.oldest_first(), lambda _records, rows: add_to_law(rows))
OF_CLOCKS = (DONE, RULES)


def _first_over(done: Iterable[tuple], rules: Sequence[RuleSet]) -> dict[int, date]:
    """By person the first day on which the period of a judgment can be over."""
    months: dict[tuple, int] = {}
    found: dict[int, date] = {}
    for person, kind, term, done_on in done:
        if (kind, term) not in months:
            months[kind, term] = shortest_wait(rules, PenaltyFacts(PenaltyKind(kind), term))
        found[person] = min(add_months(done_on, months[kind, term]), found.get(person, date.max))
    return found


expungements = DatedSource(lambda: Expungement.objects.confirmed(), "evidence_on")
crimes = DatedSource(lambda: Crime.objects.counted(), "act_on", grade="severity")  # at the stage Khởi tố or later
administrative = DatedSource(lambda: AdministrativeViolation.objects.kept(), "act_on")


def _group_by(period: Period) -> Combinable:
    """The group last approved by the last day."""
    last = Assessment.objects.approved().filter(returnee=OuterRef("returnee"), approved_on__lte=period.end)
    last = last.order_by("-on", "-pk").values("group")[:1]
    return Coalesce(Subquery(last), Value(UNCLASSIFIED), output_field=CharField())


groups = HeldOnceSource(
    lambda period: is_managed(period.end), "presented_on", _group_by
)  # everybody managed at the end


def gravest(severity: int) -> LinePick:
    """Lines of people whose gravest act is of this class."""

    def pick(lines: list[ReportLine]) -> list[ReportLine]:
        worst = {line.person: line for line in sorted(lines, key=lambda line: line.mark)}
        return [line for line in worst.values() if line.mark == severity]

    return pick


def _reoffended(severity: int, title: Words, rule: Words) -> Indicator:
    key = f"reoffended_{severity}"
    return Indicator(key, title, Countable.PEOPLE, Theme.RECORD, rule, crimes, pick=gravest(severity), is_part=True)


def _group(key: str, title: Words, mark: str, rule: Words) -> Indicator:
    return Indicator(key, title, Countable.PEOPLE, Theme.GROUPS, rule, groups, pick=pick_marked(mark))


BY_GRAVEST = _("Of those who reoffended: people whose gravest act in the period was of this class (Điều 9 BLHS).")
BY_LAST = _(
    "Of those managed at the end: people whose last assessment approved by the last day put them in this group."
)

RECORD = (
    Indicator(
        "eligible",
        _("Entitled to a clean record, to be confirmed"),
        Countable.PEOPLE,
        Theme.RECORD,
        _(
            "People with an open file on the last day whose waiting period is over by then under the law in force, "
            "without confirmed evidence dated by then. Files with missing facts are not among them."
        ),
        eligible,
    ),
    Indicator(
        "expunged",
        _("Record cleared"),
        Countable.PEOPLE,
        Theme.RECORD,
        _("People with confirmed evidence of clearance dated in the period; a computed day never counts."),
        expungements,
    ),
    Indicator(
        "reoffended",
        _("Reoffended"),
        Countable.PEOPLE,
        Theme.RECORD,
        _(
            "People with an act in the period that is a crime at the stage of opened proceedings or later. Reports "
            "under verification, administrative violations and a court's finding of recidivism are other figures."
        ),
        crimes,
    ),
    _reoffended(Severity.LESS_SERIOUS, _("of which less serious"), BY_GRAVEST),
    _reoffended(Severity.SERIOUS, _("of which serious"), BY_GRAVEST),
    _reoffended(Severity.VERY_SERIOUS, _("of which very serious"), BY_GRAVEST),
    _reoffended(Severity.EXTREMELY_SERIOUS, _("of which extremely serious"), BY_GRAVEST),
    Indicator(
        "reoffence_rate",
        _("Reoffending rate, of all managed in the period"),
        Countable.PERCENT,
        Theme.RECORD,
        _(
            "Reoffended ÷ all who were managed in the period × 100, with two decimals; unknown where nobody "
            "was managed. Other reports divide by those released in the year, or follow a cohort: such rates are not "
            "comparable."
        ),
        crimes,
        of=("reoffended", "managed_during"),
    ),
    Indicator(
        "administrative",
        _("Administrative violations"),
        Countable.CASES,
        Theme.RECORD,
        _("Administrative violations whose act lies in the period; one person may have several."),
        administrative,
        once=once_a_record,
    ),
)
GROUPS = (
    _group("group_a", _("Group A"), "A", BY_LAST),
    _group("group_b", _("Group B"), "B", BY_LAST),
    _group("group_c", _("Group C"), "C", BY_LAST),
    _group("group_d", _("Group D"), "D", BY_LAST),
    _group(
        "unclassified",
        _("Not classified"),
        UNCLASSIFIED,
        _("Of those managed at the end: people without an assessment approved by the last day."),
    ),
)
