"""Smallest valid facts for the law's tests; every argument that is left out is known and harmless."""

from datetime import date

from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    ConvictionFacts,
    DoneHow,
    Fault,
    ObligationFacts,
    ObligationKind,
    ObligationState,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
)


def day(text):
    """14/02/2020 as a date, None as None."""
    if text is None:
        return None
    number, month, year = text.split("/")
    return date(int(year), int(month), int(number))


def offence(act="05/01/2015", **changes):
    facts = {
        "article": 173,
        "clause": 1,
        "chapter": None,
        "fault": Fault.DELIBERATE,
        "severity": OffenceClass.LESS_SERIOUS,
    }
    return OffenceFacts(**{**facts, **changes}, act_on=day(act))


def prison(months):
    return PenaltyFacts(PenaltyKind.PRISON, months)


def paid(on, kind=ObligationKind.COMPENSATION):
    return ObligationFacts(kind, ObligationState.DONE, day(on))


def owed(state=ObligationState.OPEN, kind=ObligationKind.COMPENSATION):
    return ObligationFacts(kind, state, None)


def control(until, kind=AdditionalKind.RESIDENCE_CONTROL):
    return AdditionalFacts(kind, day(until))


def conviction(done="01/01/2020", *, id="A", months=36, offences=None, act="05/01/2015", effective=None, **changes):
    facts = {
        "main_penalty": prison(months),
        "main_done_how": DoneHow.SERVED,
        "additional": (),
        "obligations": (),
    }
    return ConvictionFacts(
        id=id,
        offences=(offence(act),) if offences is None else offences,
        effective_on=day(effective),
        main_done_on=day(done),
        **{**facts, **changes},
    )


def case(*convictions, born="03/02/1985", **changes):
    return CaseFacts(id="case", born_on=day(born), convictions=convictions, **changes)
