"""The first verdict of everybody whose file is not sealed, as the law tells it today."""

from collections.abc import Iterator
from json import dumps

from django.core.serializers.json import DjangoJSONEncoder

from cases.law.expungement import evaluate
from cases.models import Returnee, RuleVersion, Verdict
from cases.models.law_facts import facts_of
from cases.nation.sheet import Sheets
from cases.nation.size import NationSize

PORTION = 5_000


def add_verdicts(sheets: Sheets, size: NationSize) -> None:
    rules, sheet = RuleVersion.objects.rule_sets(), sheets[Verdict]
    for people in _portions():
        for pk, facts in sorted(facts_of(people).items()):
            verdict = Verdict.of(facts, evaluate(facts, size.today, rules))
            sheet.add(
                on=size.today,
                status=str(verdict.status),
                due_on=verdict.due_on,
                rules=verdict.rules,
                edition=verdict.edition,
                facts=_written(verdict.facts),
                answer=_written(verdict.answer),
                cause="review",
                made_at=f"{size.today} 03:00+07",
                returnee_id=pk,
            )
    sheet.send()


def _portions() -> Iterator[list[int]]:
    known = list(Returnee.objects.unsealed().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(known), PORTION):
        yield known[start : start + PORTION]


def _written(kept: dict) -> str:
    return dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False)
