"""The class of a crime (Điều 9 BLHS): by the maximum of the frame applied, never by the sentence pronounced."""

from cases.law.facts import OffenceClass, PenaltyKind

LIMITS = ((36, OffenceClass.LESS_SERIOUS), (84, OffenceClass.SERIOUS), (180, OffenceClass.VERY_SERIOUS))
LONGEST_FRAME = 240  # Điều 38: twenty years for one offence


def severity_of_frame(kind: PenaltyKind, months: int | None = None) -> OffenceClass:
    """Return the class of a clause whose gravest penalty is `kind`, for prison up to `months`.

    Raises ValueError for prison without months, or outside 1 to 240 months.
    """
    if kind in (PenaltyKind.LIFE, PenaltyKind.DEATH_COMMUTED):
        return OffenceClass.EXTREMELY_SERIOUS
    if kind is not PenaltyKind.PRISON:
        return OffenceClass.LESS_SERIOUS
    if months is None or not 1 <= months <= LONGEST_FRAME:
        raise ValueError(f"The maximum of a frame is 1 to {LONGEST_FRAME} months of prison, not {months}.")
    return next((severity for limit, severity in LIMITS if months <= limit), OffenceClass.EXTREMELY_SERIOUS)
