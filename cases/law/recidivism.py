"""A hint at recidivism (Điều 53 BLHS); only a court can find it, so the hint is never stored as a fact."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from cases.law.clock import Clock
from cases.law.facts import Fault, OffenceClass, OffenceFacts
from cases.law.record import counts_for_recidivism
from cases.lib.optional import require


class Hint(StrEnum):
    NONE = "none"
    RECIDIVISM = "recidivism"
    DANGEROUS_RECIDIVISM = "dangerous_recidivism"


def hint(clocks: Sequence[Clock], born_on: date | None) -> Hint:
    """Return the gravest hint the clocks give: what was done while which record stood.

    `born_on` is known wherever a later act met a record: no record is told without it.
    """
    pairs = [(clock, again) for clock in clocks for again in clock.restarts]
    repeated = [again for _, again in pairs if any(map(_counts, again.offences))]
    if not repeated:
        return Hint.NONE
    born = require(born_on)
    grown = {again.conviction.id for again in repeated if any(map(_counts, _grown(again.offences, born)))}
    for clock, again in pairs:
        before, after = (_grown(each, born) for each in (require(clock.conviction.offences), again.offences))
        if any(map(_is_grave_intent, before)) and any(map(_is_grave_intent, after)):  # khoản 2 điểm a
            return Hint.DANGEROUS_RECIDIVISM
        if clock.conviction.id in grown and any(map(_is_deliberate, after)):  # khoản 2 điểm b
            return Hint.DANGEROUS_RECIDIVISM
    return Hint.RECIDIVISM


def _grown(offences: Iterable[OffenceFacts], born_on: date) -> list[OffenceFacts]:
    """Return what counts for the grave finding: Điều 91 khoản 7, Điều 107 khoản 1."""
    return [offence for offence in offences if counts_for_recidivism(offence, born_on)]


def _counts(offence: OffenceFacts) -> bool:
    """Khoản 1: any deliberate offence, a negligent one of the two upper classes."""
    if offence.fault is Fault.DELIBERATE:
        return True
    return offence.fault is Fault.NEGLIGENT and (offence.severity or 0) >= OffenceClass.VERY_SERIOUS


def _is_deliberate(offence: OffenceFacts) -> bool:
    return offence.fault is Fault.DELIBERATE


def _is_grave_intent(offence: OffenceFacts) -> bool:
    return offence.fault is Fault.DELIBERATE and (offence.severity or 0) >= OffenceClass.VERY_SERIOUS
