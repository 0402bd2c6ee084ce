"""From the rows of a register to what the law asks about a person; reads only."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min, QuerySet

from cases.law import facts
from cases.law.expungement import evaluate
from cases.law.verdict import Verdict
from cases.lib.dates import PartialDate
from cases.models.judgment import Judgment
from cases.models.returnee import Returnee
from cases.models.rule_version import RuleVersion
from cases.models.violation import Crime

AGES = (14, 16, 18)  # the ages at which the law changes what an act leads to
INVESTIGATED = (Crime.Stage.CHARGED, Crime.Stage.PROSECUTED)


def facts_of(returnees: Collection[int] | QuerySet) -> dict[int, facts.CaseFacts]:
    """The facts of each person by id, `returnees` being ids or a queryset of people; six queries for any number.

    Withdrawn judgments are left out; what is not known stays None, so that no verdict is built on a guess.
    """
    judgments: dict[int, list[Judgment]] = {}
    rows = Judgment.objects.kept().filter(returnee__in=returnees)
    for row in rows.prefetch_related("offences", "additional_penalties", "obligations"):
        judgments.setdefault(row.returnee_id, []).append(row)
    crimes = Crime.objects.kept().filter(returnee__in=returnees, stage__in=INVESTIGATED).order_by()
    investigated = dict(crimes.values_list("returnee").annotate(first=Min("act_on")))
    people = Returnee.objects.filter(pk__in=returnees).order_by().values_list("pk", "born_on")
    return {pk: _case(pk, born_on, judgments.get(pk, []), investigated.get(pk)) for pk, born_on in people}


def _case(pk: int, born_on: str, judgments: list[Judgment], investigated: date | None) -> facts.CaseFacts:
    convictions = tuple(_conviction(judgment) for judgment in _named(judgments))
    return facts.CaseFacts(
        id=pk,
        born_on=_birth(born_on, [act for each in convictions for act in each.acts()]),
        convictions=convictions or None,
        open_investigation_act_on=investigated,
    )


def _birth(stored: str, acts: list[date]) -> date | None:
    """The birthday; of one known in part the latest possible, where all possible ones lead to the same age classes."""
    born = PartialDate.from_storage(stored)
    same = all(_classes(born.earliest, act) == _classes(born.latest, act) for act in acts)
    return born.latest if born.is_full or same else None


def _classes(born: date, act: date) -> list[bool]:
    return [(act.year - born.year, act.month, act.day) >= (age, born.month, born.day) for age in AGES]


def _named(judgments: list[Judgment]) -> list[Judgment]:
    """Each judgment with the name its sentences use: the number, where no other judgment has the same."""
    numbers = [judgment.number for judgment in judgments]
    for judgment in judgments:
        alone = judgment.number and numbers.count(judgment.number) == 1
        judgment.named = judgment.number if alone else judgment.pk
    return judgments


def _conviction(judgment: Judgment) -> facts.ConvictionFacts:
    return facts.ConvictionFacts(
        id=judgment.named,
        offences=tuple(
            facts.OffenceFacts(
                article=each.article,
                clause=each.clause,
                chapter=each.chapter or None,
                fault=_choice(facts.Fault, each.fault),
                severity=_choice(facts.Severity, each.severity),
                act_on=each.act_on,
            )
            for each in judgment.offences.all()
        ),
        main_penalty=facts.PenaltyFacts(facts.PenaltyKind(judgment.main_penalty), judgment.months),
        effective_on=judgment.effective_on,
        main_done_on=judgment.main_done_on,
        main_done_how=_choice(facts.DoneHow, judgment.main_done_how),
        additional=tuple(
            facts.AdditionalFacts(facts.AdditionalKind(each.kind), each.done_on)
            for each in judgment.additional_penalties.all()
        ),
        obligations=tuple(
            facts.ObligationFacts(facts.ObligationKind(each.kind), facts.ObligationState(each.state), each.done_on)
            for each in judgment.obligations.all()
        ),
        court_decision_on=judgment.clearance_decision_on,
        exempt=judgment.exempt,
    )


def _choice(kind, value):
    return kind(value) if value else None


def verdict_of(returnee: Returnee, on: date) -> Verdict:
    """What the clock says of one person on a day, by the rules entered so far."""
    return evaluate(facts_of([returnee.pk])[returnee.pk], on, RuleVersion.objects.rule_sets())
