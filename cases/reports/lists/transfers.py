"""Lists of handovers: under way, and whoever was handed over."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.models import Returnee, User
from cases.reports.lists.columns import Columns, day_column, number_column, text_column
from cases.reports.people import handed_over
from cases.reports.people.handed_over import Leaving


def transfer_columns() -> Columns:
    """The columns of lines of `transfers`."""
    return Columns(
        text_column(_("Full name, or the number asked for"), lambda row: row.who, 28),
        text_column(_("Birth year and hamlet"), lambda row: row.tell, 26),
        text_column(_("From the commune"), lambda row: row.transfer.from_unit.name, 22),
        text_column(_("To the commune"), lambda row: row.transfer.to_unit.name, 22),
        text_column(_("Kind"), lambda row: _("Request") if row.transfer.is_request else _("Offer"), 14),
        day_column(_("Proposed day"), lambda row: row.transfer.on),
        number_column(_("Days waiting"), lambda row: row.days),
        day_column(_("To be taken over by"), lambda row: row.by),
    )


def departures(people: Iterable[Returnee], user: User) -> list[tuple[Returnee, Leaving | None]]:
    """Each person handed over, with the day and the unit."""
    gone = handed_over.leavings(people, user)
    return [(person, gone.get(person.pk)) for person in people]


def departure_columns() -> Columns:
    """The columns of `departures`."""
    return Columns(
        text_column(_("Full name"), lambda row: row[0].full_name, 26),
        text_column(_("Birth year"), lambda row: row[0].birth_year, 9),
        day_column(_("Handed over on"), lambda row: row[1] and row[1].on),
        text_column(_("To the commune"), lambda row: row[1].to_unit.name if row[1] else "", 24),
    )
