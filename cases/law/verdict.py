"""What the clean-record clock answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law.bounds import Bounds
from cases.law.deciding import Decides
from cases.law.facts import Identifier
from cases.law.recidivism import Hint


class Status(StrEnum):
    NO_RECORD = "no_record"
    INCOMPLETE = "incomplete"
    WAIT_OBLIGATION = "wait_obligation"
    RESET_PENDING = "reset_pending"
    RUNNING = "running"
    HOLD = "hold"
    ELIGIBLE_UNCONFIRMED = "eligible_unconfirmed"
    MAY_APPLY = "may_apply"
    EXPUNGED = "expunged"

    __hash__ = str.__hash__


class Route(StrEnum):
    AUTOMATIC = "automatic"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class ConvictionEligibility:
    """`settles_first`: its record waits for fees, compensation and what else the judgment orders."""

    id: Identifier
    due_on: date | None = None
    months: int | None = None
    route: Route | None = None
    legal_basis: str | None = None
    settles_first: bool = True

    def as_json(self) -> dict:
        return {
            "id": self.id,
            "due_on": _iso(self.due_on),
            "months": self.months,
            "route": self.route,
            "legal_basis": self.legal_basis,
        }


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`special_on` is the first day the court may decide early (Điều 72); `rules` the code of the version used.

    `bounds`: between which days the answer lies, one day where it is known; `decides`: the unknown fact to ask first.
    """

    id: Identifier | None
    status: Status
    due_on: date | None
    route: Route | None
    convictions: tuple[ConvictionEligibility, ...]
    recidivism_hint: Hint
    steps: tuple[str, ...]
    missing: tuple[str, ...]
    special_on: date | None
    rules: str
    bounds: Bounds
    decides: Decides | None

    def as_json(self) -> dict:
        """Return the verdict in the form of the command's output; the version used stands in the steps."""
        return {
            "id": self.id,
            "status": self.status,
            "due_on": _iso(self.due_on),
            "route": self.route,
            "convictions": [each.as_json() for each in self.convictions],
            "recidivism_hint": self.recidivism_hint,
            "steps": list(self.steps),
            "missing": list(self.missing),
            "bounds": self.bounds.as_json(),
            "decides": self.decides and self.decides.as_json(),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
