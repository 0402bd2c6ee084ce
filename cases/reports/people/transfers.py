"""Handovers under way and done, as each side may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from cases.law.deadlines import Deadline, DeadlineKind
from cases.models import DeadlineVersion, Returnee, Transfer, TransferStep, User
from cases.reports.administration import days_off
from cases.reports.counting import count_each_up_to
from cases.reports.people import handed_over, search


@dataclass(frozen=True)
class TransferLine:
    """One transfer in a list as it stands `on` a day. `who` is the name where this side may know it, else the number
    asked for; `by`: the last day to take the file over (Thông tư 10/2024/TT-BCA, Điều 15).
    """

    transfer: Transfer
    who: str
    tell: str
    on: date
    by: date

    @property
    def days(self) -> int:
        return (self.on - _sent_on(self.transfer)).days

    @property
    def is_late(self) -> bool:
        return self.transfer.is_open and self.on > self.by


@dataclass(frozen=True)
class TransferCounts:
    answer: int = 0
    sent: int = 0
    former: int = 0


def to_answer(user: User) -> QuerySet[Transfer]:
    """Open transfers that the user's units have to answer, the longest waiting first."""
    return _known(Transfer.objects.pending().answered_by(user.scope))


def sent_proposals(user: User) -> QuerySet[Transfer]:
    """Open transfers that the user's units proposed, the oldest first."""
    return _known(Transfer.objects.pending().proposed_by(user.scope))


def waiting_beneath(user: User) -> QuerySet[Transfer]:
    """Every open transfer from or to a unit of the user's, the longest waiting first."""
    return _known(Transfer.objects.visible_to(user).pending())


def counts(user: User) -> TransferCounts:
    """How many handovers wait here, wait elsewhere, and are done; one query, each counted up to its limit."""
    return TransferCounts(*count_each_up_to(to_answer(user), sent_proposals(user), handed_over.former_people(user)))


def _known(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    return transfers.select_related("returnee", "from_unit", "to_unit").order_by("created_at", "pk")


def transfer_lines(transfers: Iterable[Transfer], user: User, on: date) -> list[TransferLine]:
    """The transfers as the user may read them; four queries, however many."""
    units = set(user.units().values_list("pk", flat=True))
    calendar, table = days_off.work_calendar(), DeadlineVersion.objects.table()
    found = []
    for transfer in transfers:
        by = days_off.last_day(DeadlineKind.TAKEOVER, _sent_on(transfer), calendar, table)
        found.append(_line(transfer, units, on, by))
    return found


def first_last_day(user: User, table: Sequence[Deadline]) -> date | None:
    """Until when the file that waits longest is to be taken over; two queries. `table`: of all deadlines."""
    longest = to_answer(user).first()
    return days_off.last_day(DeadlineKind.TAKEOVER, _sent_on(longest), table=table) if longest else None


def _sent_on(transfer: Transfer) -> date:
    return timezone.localdate(transfer.created_at)


def line(transfer: Transfer, user: User, on: date) -> TransferLine:
    """One handover as the list shows it."""
    return transfer_lines([transfer], user, on)[0]


def _line(transfer: Transfer, units: set[int], on: date, by: date) -> TransferLine:
    person = transfer.returnee
    asked_only = transfer.is_request and transfer.state != Transfer.State.ACCEPTED
    if asked_only and transfer.from_unit_id not in units:
        return TransferLine(transfer, transfer.number, "", on, by)
    tell = " · ".join(filter(None, (person.birth_year, transfer.hamlet)))
    return TransferLine(transfer, person.full_name, tell, on, by)


def steps(transfer: Transfer) -> QuerySet[TransferStep]:
    """What was done about a handover, with who did it."""
    return transfer.steps.select_related("by")


def find_pending(returnee: Returnee) -> Transfer | None:
    """The open transfer of a person, with its units."""
    return Transfer.objects.pending().filter(returnee=returnee).select_related("from_unit", "to_unit").first()


def sheet(transfer: Transfer) -> dict | None:
    """The handover sheet as it was written at the acceptance."""
    accepted = transfer.steps.filter(kind=TransferStep.Kind.ACCEPTED).first()
    return accepted.sheet if accepted else None


def find_by_number(number: str, user: User) -> tuple[Returnee | None, str | None]:
    """The open file with this number outside the user's scope, for the request alone, and the name of its unit.

    Nothing but the unit's name may be shown.
    """
    holder = search.held_elsewhere(number, user)
    return (search.open_file(number) if holder else None), holder
