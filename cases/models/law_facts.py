"""From the rows of a register to what the law asks about a person; reads only."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from cases.law import facts
from cases.law.expungement import evaluate
from cases.law.verdict import ConvictionEligibility, Eligibility, Route
from cases.lib.dates import PartialDate
from cases.models.court_application import CourtApplication
from cases.models.id_list import IdList
from cases.models.joint_read import read_jointly
from cases.models.judgment import AdditionalPenalty, Judgment, Obligation, Offence
from cases.models.returnee import Returnee
from cases.models.rule_version import RuleVersion
from cases.models.violation import Crime

Part = TypeVar("Part")
AGES = (14, 16, 18)  # the ages at which the law changes what an act leads to
INVESTIGATED = (Crime.Stage.CHARGED, Crime.Stage.PROSECUTED)
NOT_ENTERED = "convictions[về hành vi ngày {day:%d/%m/%Y}]"  # how the law's sentences name a judgment without number


def facts_of(returnees: Collection[int] | QuerySet) -> dict[int, facts.CaseFacts]:
    """The facts of each person by id, `returnees` being ids or a queryset of people; one query for any number.

    Withdrawn judgments are left out; what is not known stays None, so that no verdict is built on a guess. A new
    crime that ended in a conviction is a judgment nobody has entered yet: no day can be told before it is.
    """
    rows = FactRows(returnees)
    read_jointly(*rows.questions)
    return rows.facts()


class FactRows:
    """The rows behind the facts of these people: query sets of values, to be read beside others (`questions`)."""

    def __init__(self, returnees: Collection[int] | QuerySet) -> None:
        if not isinstance(returnees, QuerySet):
            returnees = IdList(returnees)
        columns = ("effective_on", "main_done_on", "main_done_how", "clearance_decision_on", "exempt")
        columns = (*columns, "general_penalty", "foreign_court")
        self.people = Returnee.objects.filter(pk__in=returnees).order_by().values_list("pk", "born_on")
        kept = Judgment.objects.kept().filter(returnee__in=returnees)
        self.judgments = kept.values_list("returnee", "pk", "number", "main_penalty", "months", *columns)
        self.offences = _parts(Offence, returnees, "article", "clause", "chapter", "fault", "severity", "act_on")
        self.additional = _parts(AdditionalPenalty, returnees, "kind", "done_on")
        self.obligations = _parts(Obligation, returnees, "kind", "state", "done_on")
        crimes = Crime.objects.kept().filter(returnee__in=returnees).order_by("act_on", "pk")
        self.crimes = crimes.values_list("returnee", "stage", "act_on")
        refused = CourtApplication.objects.refused().filter(returnee__in=returnees).order_by("refused_on", "pk")
        self.refusals = refused.values_list("returnee", "refused_on")
        self.questions = (
            *(self.people, self.judgments, self.offences, self.additional, self.obligations),
            *(self.crimes, self.refusals),
        )

    def facts(self) -> dict[int, facts.CaseFacts]:
        judgments = _convictions(self)
        investigated, convicted = _new_crimes(self.crimes)
        refused: dict[int, list[date]] = {}
        for pk, refused_on in self.refusals:
            refused.setdefault(pk, []).append(refused_on)
        return {
            pk: _refused(
                _case(pk, born_on, judgments.get(pk, []), investigated.get(pk, []), convicted.get(pk, [])),
                refused.get(pk, []),
            )
            for pk, born_on in self.people
        }


def _new_crimes(rows: Iterable[tuple]) -> tuple[dict[int, list[date]], dict[int, list[date]]]:
    """Of each person the acts under investigation, and the acts that ended in a conviction, oldest first."""
    investigated: dict[int, list[date]] = {}
    convicted: dict[int, list[date]] = {}
    for pk, stage, act_on in rows:
        if stage in INVESTIGATED:
            investigated.setdefault(pk, []).append(act_on)
        elif stage == Crime.Stage.CONVICTED:
            convicted.setdefault(pk, []).append(act_on)
    return investigated, convicted


def _case(
    pk: int,
    born_on: str,
    convictions: list[facts.ConvictionFacts],
    investigated: list[date],
    convicted: list[date],
) -> facts.CaseFacts:
    acts = [act for each in convictions for act in each.acts()]
    return facts.CaseFacts(
        id=pk,
        born_on=_birth(born_on, convictions),
        convictions=tuple(convictions) or None,
        investigated_on=tuple(investigated),
        unreadable=tuple(
            facts.Problem(NOT_ENTERED.format(day=act_on), act_on) for act_on in convicted if act_on not in acts
        ),
    )


def _refused(case: facts.CaseFacts, days: list[date]) -> facts.CaseFacts:
    """The case with the court's refusals on every judgment in force by then whose record still stood."""
    if not days:
        return case
    convictions = tuple(
        replace(each, court_rejected_on=tuple(day for day in days if _may_be_refused(each, day)))
        for each in case.convictions or ()
    )
    return replace(case, convictions=convictions or None)


def _may_be_refused(conviction: facts.ConvictionFacts, day: date) -> bool:
    in_force, cleared = conviction.effective_on, conviction.court_decision_on
    return (in_force is None or in_force <= day) and (cleared is None or day < cleared)


def cut_off(case: facts.CaseFacts, day: date) -> facts.CaseFacts:
    """Return the case without acts after `day`: a later act changes nothing about the record on that day.

    Where there is none it is the very same case.
    """
    convictions = tuple(each for each in case.convictions or () if not each.acts() or min(each.acts()) <= day)
    investigated_on = tuple(act_on for act_on in case.investigated_on if act_on <= day)
    unreadable = tuple(problem for problem in case.unreadable if problem.value <= day)
    before = (case.convictions or (), case.investigated_on, case.unreadable)
    if tuple(map(len, before)) == (len(convictions), len(investigated_on), len(unreadable)):
        return case
    return replace(case, convictions=convictions or None, investigated_on=investigated_on, unreadable=unreadable)


def not_entered(case: facts.CaseFacts) -> list[date]:
    """The days of the acts a person was convicted of without a judgment on file."""
    return [problem.value for problem in case.unreadable]


def _birth(stored: str, convictions: Sequence[facts.ConvictionFacts]) -> date | None:
    """The birthday; of one known in part the latest possible, where all possible ones lead to the same age classes.

    At an act of an unknown day they may differ.
    """
    born = PartialDate.from_storage(stored)
    return born.latest if born.is_full or all(_is_one_age(born, each) for each in convictions) else None


def _is_one_age(born: PartialDate, conviction: facts.ConvictionFacts) -> bool:
    return bool(conviction.offences) and all(
        each.act_on and _classes(born.earliest, each.act_on) == _classes(born.latest, each.act_on)
        for each in conviction.offences or ()
    )


def _classes(born: date, act: date) -> list[bool]:
    return [(act.year - born.year, act.month, act.day) >= (age, born.month, born.day) for age in AGES]


def _names(judgments: Sequence[tuple[int, str]]) -> dict[int, facts.Identifier]:
    """By the id of each judgment of a person the name its sentences use: the number, where no other has the same."""
    told = Counter(number for _pk, number in judgments)
    return {pk: number if number and told[number] == 1 else pk for pk, number in judgments}


def _convictions(rows: FactRows) -> dict[int, list[facts.ConvictionFacts]]:
    """The judgments of each person as the law sees them, in their order."""
    numbers: dict[int, list[tuple[int, str]]] = {}
    for person, pk, number, *_rest in rows.judgments:
        numbers.setdefault(person, []).append((pk, number))
    names = {pk: name for own in numbers.values() for pk, name in _names(own).items()}
    offences = _by_judgment(rows.offences, _offence)
    additional = _by_judgment(rows.additional, _additional)
    obligations = _by_judgment(rows.obligations, _obligation)
    found: dict[int, list[facts.ConvictionFacts]] = {}
    for person, pk, _number, penalty, months, effective_on, done_on, done_how, decision_on, *marks in rows.judgments:
        exempt, general, foreign = marks
        conviction = facts.ConvictionFacts(
            id=names[pk],
            offences=tuple(offences.get(pk, ())),
            main_penalty=facts.PenaltyFacts(facts.PenaltyKind(penalty), months),
            effective_on=effective_on,
            main_done_on=done_on,
            main_done_how=_choice(facts.DoneHow, done_how),
            additional=tuple(additional.get(pk, ())),
            obligations=tuple(obligations.get(pk, ())),
            court_decision_on=decision_on,
            exempt=exempt,
            general=general,
            foreign=foreign,
        )
        found.setdefault(person, []).append(conviction)
    return found


def _parts(model: type[Model], returnees: IdList | QuerySet, *columns: str) -> QuerySet:
    """These columns of each part of these people's judgments, after the judgment's own id."""
    rows = model._default_manager.filter(judgment__withdrawn_at__isnull=True, judgment__returnee__in=returnees)
    return rows.order_by("pk").values_list("judgment", *columns)


def _by_judgment(rows: Iterable[tuple], read: Callable[..., Part]) -> dict[int, list[Part]]:
    """What `read` makes of each part, by judgment."""
    found: dict[int, list[Part]] = {}
    for judgment, *values in rows:
        found.setdefault(judgment, []).append(read(*values))
    return found


def _offence(
    article: str, clause: int | None, chapter: str, fault: str, severity: int | None, act_on: date | None
) -> facts.OffenceFacts:
    how, grade = _choice(facts.Fault, fault), _choice(facts.OffenceClass, severity)
    return facts.OffenceFacts(article or None, clause, chapter or None, how, grade, act_on)


def _additional(kind: str, done_on: date | None) -> facts.AdditionalFacts:
    return facts.AdditionalFacts(facts.AdditionalKind(kind), done_on)


def _obligation(kind: str, state: str, done_on: date | None) -> facts.ObligationFacts:
    return facts.ObligationFacts(facts.ObligationKind(kind), facts.ObligationState(state), done_on)


def _choice(kind, value):
    return kind(value) if value else None


def verdict_of(case: facts.CaseFacts, on: date) -> Eligibility:
    """What the clock says of a case on a day, by the rules entered so far."""
    return evaluate(case, on, RuleVersion.objects.rule_sets())


def expunge_by_court(case: facts.CaseFacts, day: date) -> facts.CaseFacts:
    """The case with a court's decision of `day` on every judgment whose record still stood on it (Điều 71, 72)."""
    convictions = case.convictions or ()
    answers = {each.id: each for each in verdict_of(case, day).convictions}
    return replace(case, convictions=tuple(_with_decision(each, answers[each.id], day) for each in convictions) or None)


def _with_decision(
    conviction: facts.ConvictionFacts, answer: ConvictionEligibility, day: date
) -> facts.ConvictionFacts:
    cleared = answer.route is Route.AUTOMATIC and answer.due_on is not None and answer.due_on <= day
    if conviction.court_decision_on or answer.route is None or cleared:
        return conviction
    return replace(conviction, court_decision_on=day)


def judgments_of(returnee: Returnee) -> dict[facts.Identifier, Judgment]:
    """The judgments on file by the names the facts give them."""
    rows = list(Judgment.objects.kept().filter(returnee=returnee))
    names = _names([(row.pk, row.number) for row in rows])
    return {names[row.pk]: row for row in rows}
