"""A hint at recidivism (Điều 53 BLHS); only a court can find it, so the hint is never stored as a fact."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from cases.law.clock import Clock
from cases.law.facts import Fault, OffenceClass, OffenceFacts
from cases.lib.optional import require


class Hint(StrEnum):
    NONE = "none"
    RECIDIVISM = "recidivism"
    DANGEROUS_RECIDIVISM = "dangerous_recidivism"


def hint(clocks: Sequence[Clock]) -> Hint:
    """Return the gravest hint the clocks give: what was done while which record stood."""
    pairs = [(clock, again) for clock in clocks for again in clock.restarts]
    repeated = {again.conviction.id for _, again in pairs if any(map(_counts, again.offences))}
    for clock, again in pairs:
        grave_before = any(map(_is_grave_intent, require(clock.conviction.offences)))
        if grave_before and any(map(_is_grave_intent, again.offences)):  # khoản 2 điểm a
            return Hint.DANGEROUS_RECIDIVISM
        if clock.conviction.id in repeated and _is_deliberate(again.offences):  # khoản 2 điểm b
            return Hint.DANGEROUS_RECIDIVISM
    return Hint.RECIDIVISM if repeated else Hint.NONE


def _counts(offence: OffenceFacts) -> bool:
    """Khoản 1: any deliberate offence, a negligent one of the two upper classes."""
    if offence.fault is Fault.DELIBERATE:
        return True
    return offence.fault is Fault.NEGLIGENT and (offence.severity or 0) >= OffenceClass.VERY_SERIOUS


def _is_deliberate(offences: Iterable[OffenceFacts]) -> bool:
    return any(offence.fault is Fault.DELIBERATE for offence in offences)


def _is_grave_intent(offence: OffenceFacts) -> bool:
    return offence.fault is Fault.DELIBERATE and (offence.severity or 0) >= OffenceClass.VERY_SERIOUS
