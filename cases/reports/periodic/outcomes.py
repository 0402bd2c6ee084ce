"""Records cleared, new violations, groups A to D."""

from django.db.models import CharField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.law.expungement import evaluate
from cases.law.verdict import Status
from cases.lib.period import Period
from cases.models import AdministrativeViolation, Assessment, Crime, Expungement, Returnee, RuleVersion, Severity
from cases.models.law_facts import cut_off, facts_of
from cases.reports.periodic.indicators import Countable, Indicator, Pick, Theme, once_a_record, pick_marked
from cases.reports.periodic.report_line import ReportLine, of_events, of_people
from cases.reports.periodic.report_scope import ReportScope
from cases.reports.words import Words

UNCLASSIFIED = "-"


def eligible(where: ReportScope, period: Period) -> list[ReportLine]:
    """People whose clock has run out by the last day, without confirmed evidence dated by then.

    What they did later is left out, so that the figure of a past period stays as it was.
    """
    evidence = Expungement.objects.confirmed().filter(returnee=OuterRef("pk"), evidence_on__lte=period.end)
    people = Returnee.objects.kept().open(period.end).filter(~Exists(evidence), completed_on__lte=period.end)
    lines = of_people(people, where, first=period.end, last=period.end, day="completed_on")
    facts = facts_of({line.person for line in lines if line.person})
    rules = RuleVersion.objects.rule_sets()
    verdicts = {pk: evaluate(cut_off(case, period.end), period.end, rules) for pk, case in facts.items()}
    due = {pk: said.due_on for pk, said in verdicts.items() if said.status == Status.ELIGIBLE_UNCONFIRMED}
    return [line._replace(day=day) for line in lines if line.person and (day := due.get(line.person))]


def expungements(where: ReportScope, period: Period) -> list[ReportLine]:
    return of_events(Expungement.objects.confirmed(), where, period, day="evidence_on")


def crimes(where: ReportScope, period: Period) -> list[ReportLine]:
    """Crimes at the stage Khởi tố or later; `mark` is the class of crime."""
    return of_events(Crime.objects.counted(), where, period, day="act_on", mark="severity")


def administrative(where: ReportScope, period: Period) -> list[ReportLine]:
    return of_events(AdministrativeViolation.objects.kept(), where, period, day="act_on")


def groups(where: ReportScope, period: Period) -> list[ReportLine]:
    """Everybody managed at the end; `mark` is the group last approved by then."""
    last = Assessment.objects.approved().filter(returnee=OuterRef("pk"), approved_on__lte=period.end)
    last = last.order_by("-on", "-pk").values("group")[:1]
    people = (
        Returnee.objects.kept()
        .managed(period.end)
        .annotate(last_group=Coalesce(Subquery(last), Value(UNCLASSIFIED, CharField())))
    )
    return of_people(people, where, first=period.end, last=period.end, day="presented_on", mark="last_group")


def gravest(severity: int) -> Pick:
    """Lines of people whose gravest act is of this class."""

    def pick(lines: list[ReportLine]) -> list[ReportLine]:
        worst = {line.person: line for line in sorted(lines, key=lambda line: line.mark)}
        return [line for line in worst.values() if line.mark == severity]

    return pick


def _reoffended(severity: int, title: Words, rule: Words) -> Indicator:
    key = f"reoffended_{severity}"
    return Indicator(key, title, Countable.PEOPLE, Theme.RECORD, rule, crimes, pick=gravest(severity))


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
        _("Reoffending rate"),
        Countable.PERCENT,
        Theme.RECORD,
        _("Reoffended ÷ managed in the period × 100, with two decimals; unknown where nobody was managed."),
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
