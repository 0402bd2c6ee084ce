"""What the law needs to know about a person; None always means that nobody knows."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TypeVar

Identifier = str | int
T = TypeVar("T")


class Fault(StrEnum):
    DELIBERATE = "deliberate"
    NEGLIGENT = "negligent"


class OffenceClass(IntEnum):
    """Điều 9 BLHS."""

    LESS_SERIOUS = 1
    SERIOUS = 2
    VERY_SERIOUS = 3
    EXTREMELY_SERIOUS = 4


class PenaltyKind(StrEnum):
    WARNING = "warning"
    FINE = "fine"
    NON_CUSTODIAL = "non_custodial"
    SUSPENDED_PRISON = "suspended_prison"
    PRISON = "prison"
    LIFE = "life"
    DEATH_COMMUTED = "death_commuted"

    __hash__ = str.__hash__


class DoneHow(StrEnum):
    SERVED = "served"
    AMNESTY = "amnesty"
    CONDITIONAL_RELEASE = "conditional_release"
    PROBATION_ENDED = "probation_ended"
    LIMITATION = "limitation"

    __hash__ = str.__hash__


class AdditionalKind(StrEnum):
    RESIDENCE_CONTROL = "residence_control"
    RESIDENCE_BAN = "residence_ban"
    POST_BAN = "post_ban"
    RIGHTS = "rights"

    __hash__ = str.__hash__


class ObligationKind(StrEnum):
    COURT_FEE = "court_fee"
    COMPENSATION = "compensation"
    FINE = "fine"
    CONFISCATION = "confiscation"

    __hash__ = str.__hash__


class ObligationState(StrEnum):
    DONE = "done"
    OPEN = "open"
    WAIVED = "waived"
    UNKNOWN = "unknown"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Problem:
    """A field that is missing (nothing expected is said) or cannot be right (`expected` says what would be)."""

    field: str
    value: object = None
    expected: str = ""

    def __str__(self) -> str:
        if not self.expected:
            return self.field
        value = self.value.isoformat() if isinstance(self.value, date) else repr(self.value)
        return f"{self.field}: {value[:80]}; {self.expected}"


@dataclass(frozen=True, slots=True)
class OffenceFacts:
    """One offence; `article` is a number, with a letter or not ("256a"), `chapter` a Roman numeral of the 2015 Code."""

    article: int | str | None = None
    clause: int | None = None
    chapter: str | None = None
    fault: Fault | None = None
    severity: OffenceClass | None = None
    act_on: date | None = None


@dataclass(frozen=True, slots=True)
class PenaltyFacts:
    """The main penalty as pronounced, not as served; `months` for prison."""

    kind: PenaltyKind | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class AdditionalFacts:
    kind: AdditionalKind | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    kind: ObligationKind | None = None
    state: ObligationState | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConvictionFacts:
    """One judgment. `main_done_on` after a conditional release is the end of the probation, not the prison gate.

    `general`: the main penalty is that of several judgments together (Điều 55, 56); `foreign`: of a court abroad.
    """

    id: Identifier
    offences: tuple[OffenceFacts, ...] | None = None
    main_penalty: PenaltyFacts | None = None
    effective_on: date | None = None
    main_done_on: date | None = None
    main_done_how: DoneHow | None = None
    additional: tuple[AdditionalFacts, ...] | None = None
    obligations: tuple[ObligationFacts, ...] | None = None
    court_decision_on: date | None = None
    court_rejected_on: tuple[date, ...] = ()
    exempt: bool = False
    general: bool = False
    foreign: bool = False

    def acts(self) -> list[date]:
        return [offence.act_on for offence in self.offences or () if offence.act_on]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One person. `unreadable` carries what a reader had to refuse, so that no verdict is built on it.

    `investigated_on` are the days of acts under open investigation.
    """

    id: Identifier | None = None
    born_on: date | None = None
    convictions: tuple[ConvictionFacts, ...] | None = None
    investigated_on: tuple[date, ...] = ()
    unreadable: tuple[Problem, ...] = ()
