from collections.abc import Sequence

from django.db import transaction

from cases.actions import audit, row, verdict
from cases.models import AdditionalPenalty, Judgment, Obligation, Offence, User, Verdict

JudgmentPart = Offence | AdditionalPenalty | Obligation


@transaction.atomic
def add(*, judgment: Judgment, parts: Sequence[JudgmentPart], by: User, vouched: bool = False) -> Judgment:
    """Record a judgment with its offences, additional penalties and obligations."""
    saved = row.add(row=judgment, by=by, parts=tuple(parts), vouched=vouched)
    if saved is judgment:
        keep_parts(judgment, parts, vouched=vouched)
        verdict.recompute(returnee=judgment.returnee, by=by, cause=Verdict.Cause.JUDGMENT, vouched=vouched)
    return saved


@transaction.atomic
def add_many(*, judgments: Sequence[tuple[Judgment, Sequence[JudgmentPart]]], by: User) -> None:
    """Record many judgments with their parts; their maker answers for them, and tells the clocks anew."""
    row.add_many(rows=[judgment for judgment, _parts in judgments], by=by, verb="judgment.added")
    for judgment, parts in judgments:
        for part in parts:
            part.judgment = judgment
    made = [part for _judgment, parts in judgments for part in parts]
    Offence.objects.bulk_create([part for part in made if isinstance(part, Offence)], row.AT_ONCE)
    AdditionalPenalty.objects.bulk_create([part for part in made if isinstance(part, AdditionalPenalty)], row.AT_ONCE)
    Obligation.objects.bulk_create([part for part in made if isinstance(part, Obligation)], row.AT_ONCE)


@transaction.atomic
def correct(*, judgment: Judgment, parts: Sequence[JudgmentPart], by: User, vouched: bool = False) -> Judgment:
    """Replace the facts of a judgment; the audit keeps every part as it was."""
    before = parts_of(judgment)
    row.correct(row=judgment, by=by, vouched=vouched)
    for part in (judgment.offences, judgment.additional_penalties, judgment.obligations):
        part.all().delete()
    keep_parts(judgment, parts, vouched=vouched)
    after = parts_of(judgment)
    if before != after:
        audit.record(by=by, verb="judgment.parts_corrected", target=judgment, before=before, after=after)
    verdict.recompute(returnee=judgment.returnee, by=by, cause=Verdict.Cause.JUDGMENT, vouched=vouched)
    return judgment


def keep_parts(judgment: Judgment, parts: Sequence[JudgmentPart], *, vouched: bool = False) -> None:
    for part in parts:
        part.pk, part.judgment = None, judgment
        row.validate(part, exclude=(), vouched=vouched)
        part.save()


def parts_of(judgment: Judgment) -> dict[str, list[dict]]:
    return {
        name: [audit.snapshot(part) for part in getattr(judgment, name).all()]
        for name in ("offences", "additional_penalties", "obligations")
    }
