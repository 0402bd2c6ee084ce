"""What was read or refused leaves a row in the log too: never what a page told, only which page and what was asked."""

from typing import Any

from cases.access import row_scope
from cases.actions import audit
from cases.models import Returnee, User

READ, SEARCHED, LOOKED_UP = "page.read", "page.searched", "page.looked_up"
RATE_REACHED = "user.rate_reached"
REFUSED, NOT_FOUND, FORM_REFUSED = "user.refused", "user.not_found", "user.form_refused"


def record_page(*, page: str, asked: dict[str, Any], verb: str, by: User) -> None:
    """A page that names people was read: `asked` is what chose its rows, numbers masked."""
    audit.record(by=by, verb=verb, target=None, after={"page": page, **asked})


def record_row(*, page: str, row: int, way: str, by: User) -> bool:
    """A page of one row of a file was read, in the log of everybody whom the row is about; False where it is nobody.

    `way` leads from the person to the row, as a query spells it ("judgments").
    """
    people = Returnee._base_manager.only("pk", "unit_id", "full_name").filter(**{way: row}).distinct()
    told = {"page": page, "row": row}
    with row_scope.beyond("whoever the row is about is told who read it, also one whom another commune holds since"):
        events = [audit.event(by=by, verb="returnee.opened", target=person, after=told) for person in people]
    if events:
        audit.record_all(events)
    return bool(events)


def record_refusal(*, verb: str, page: str, given: dict[str, Any], by: User | None) -> None:
    """Somebody was refused a page, or asked for a row that is not theirs; in the log of their unit."""
    after = {"page": page, **given}
    if by is None:
        audit.record(by=None, verb=verb, target=None, after=after)
    else:
        audit.record(by=by, verb=verb, target=by, after=after)
