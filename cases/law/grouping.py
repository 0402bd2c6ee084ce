"""A suggestion for the group A–D of a person from what is on record, with its reasons; people decide.

The groups are those of Thông tư 10/2024/TT-BCA; how records lead to them is this project's own reading (certainty M).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MISSED_TOO_OFTEN = 2


class Group(StrEnum):
    A = "A"  # chấp hành tốt, việc làm và môi trường sống ổn định
    B = "B"  # chấp hành tốt nhưng chưa có việc làm, đời sống khó khăn
    C = "C"  # không chấp hành, hoặc môi trường sống có nguy cơ
    D = "D"  # đang bị tạm giữ, tạm giam, áp dụng biện pháp xử lý hành chính


class Ground(StrEnum):
    HELD = "held"
    CUSTODY = "custody"
    OPEN_CASE = "open_case"
    VIOLATIONS = "violations"
    MISSED = "missed"
    POOR_ATTITUDE = "poor_attitude"
    NO_CONTACT = "no_contact"
    CONTACTS_KEPT = "contacts_kept"
    JOB = "job"
    NO_JOB = "no_job"
    HARDSHIP = "hardship"


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Counts are of the period assessed: since the last assessment, or the length of one period.

    `held`: in custody or under a compulsory measure on the day asked about, by its first and last day on file;
    `in_custody`: held the last time anything was heard; `open_case`: a new crime under proceedings; `contacts`: times
    the person was met; `missed`: agreed meetings that did not take place; `attitude_poor`: at the last contact;
    `has_job`: works on the day asked about; `open_needs`: needs of housing, income, work or health not met.
    """

    in_custody: bool
    open_case: bool
    violations: int
    contacts: int
    missed: int
    attitude_poor: bool
    has_job: bool
    open_needs: int
    held: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    ground: Ground
    number: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`group` is None where nobody met the person in the period: there is nothing to judge by."""

    group: Group | None
    reasons: tuple[Reason, ...]


def suggest(facts: GroupFacts) -> Suggestion:
    """Return the group the records speak for; custody before risk, risk before hardship."""
    if facts.held:
        return Suggestion(Group.D, (Reason(Ground.HELD),))
    if facts.in_custody:
        return Suggestion(Group.D, (Reason(Ground.CUSTODY),))
    against = tuple(_against(facts))
    if against:
        return Suggestion(Group.C, against)
    if not facts.contacts:
        return Suggestion(None, (Reason(Ground.NO_CONTACT),))
    kept = Reason(Ground.CONTACTS_KEPT, facts.contacts)
    job = Reason(Ground.JOB if facts.has_job else Ground.NO_JOB)
    hardship = (Reason(Ground.HARDSHIP, facts.open_needs),) if facts.open_needs else ()
    stable = facts.has_job and not facts.open_needs
    return Suggestion(Group.A if stable else Group.B, (kept, job, *hardship))


def _against(facts: GroupFacts) -> Iterator[Reason]:
    if facts.open_case:
        yield Reason(Ground.OPEN_CASE)
    if facts.violations:
        yield Reason(Ground.VIOLATIONS, facts.violations)
    if facts.missed >= MISSED_TOO_OFTEN:
        yield Reason(Ground.MISSED, facts.missed)
    if facts.attitude_poor:
        yield Reason(Ground.POOR_ATTITUDE)


def is_setback(group: str, before: str) -> bool:
    """Whether a group asks for a goal: it is C, or worse than the one `before` ("" where there was none).

    Of D nothing is asked: who is in custody can agree to nothing. From D to B somebody came out, and nothing got worse.
    """
    if group == Group.D:
        return False
    return group == Group.C or bool(before) and group > before
