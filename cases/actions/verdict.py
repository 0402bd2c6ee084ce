"""The clean-record clock told again when a fact changes; a verdict is kept beside the earlier ones."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.law.expungement import evaluate
from cases.models import Returnee, RuleVersion, User, Verdict
from cases.models.law_facts import facts_of


@transaction.atomic
def recompute(
    *, returnee: Returnee, by: User, cause: str, on: date | None = None, vouched: bool = False
) -> Verdict | None:
    """Keep a new verdict where status, day, rules or steps differ from the last; returns it, else None."""
    if vouched:
        return None
    made = recompute_all(returnees=[returnee.pk], by=by, cause=cause, on=on or timezone.localdate())
    return made[0] if made else None


@transaction.atomic
def recompute_all(*, on: date, cause: str, by: User | None, returnees: Collection[int] | None = None) -> list[Verdict]:
    """The same for many people, where nobody is named for everybody not sealed; a fixed number of queries."""
    people = Returnee.objects.kept().unsealed().values_list("pk", flat=True) if returnees is None else returnees
    last = {row.returnee_id: row.says() for row in Verdict.objects.filter(returnee__in=people).newest()}
    rules = RuleVersion.objects.rule_sets()
    made = []
    for pk, facts in facts_of(people).items():
        answer = evaluate(facts, on, rules)
        row = Verdict.of(facts, answer, returnee_id=pk, on=on, cause=cause, made_by=by)
        if row.says() != last.get(pk):
            made.append(row)
    return Verdict.objects.bulk_create(made, batch_size=500)
