"""Lists of whom nobody holds: awaited, sent on to another commune, and the reviewer's number by unit."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import ArrivalAnswer, User
from cases.reports.lists.columns import Columns, day_column, number_column, text_column, who
from cases.reports.people import custody
from cases.reports.people.arrivals import BANDS

LIST_WORDS = {
    "out": gettext_lazy("Released, held by nobody"),
    "unplaced": gettext_lazy("Nobody knows where"),
    "ahead": gettext_lazy("Release day ahead"),
}


def band_words(band: tuple[int, int | None]) -> str:
    """One of BANDS, days since release."""
    first, last = band
    if last is None:
        return _("over %(days)d days") % {"days": first - 1}
    return _("%(first)d–%(last)d days") % {"first": first, "last": last}


def awaited_columns() -> Columns:
    """The columns of people announced."""
    return Columns(
        *who(lambda row: row.person),
        day_column(_("Release day"), lambda row: row.person.completed_on),
        number_column(_("Days since release"), lambda row: row.days if row.days >= 0 else ""),
        text_column(_("State"), _state, 28),
        day_column(_("Check the address by"), lambda row: row.check and row.check.by),
        text_column(_("Officer who answers"), lambda row: row.officer, 24),
        text_column(
            _("To be put right"), lambda row: "; ".join(str(custody.BREACH_WORDS[x]) for x in row.breaches), 40
        ),
    )


def _state(row: Any) -> str:
    if row.needs_unit:
        return _("Commune to be named")
    if row.state == custody.CustodyState.BOUNCING:
        return _("Sent on, no answer yet")
    return str(ArrivalAnswer.Kind(row.last.kind).label) if row.last else ""


def answers_elsewhere(user: User) -> QuerySet[ArrivalAnswer]:
    """The answers of the user's units that sent somebody on to another commune."""
    answers = ArrivalAnswer.objects.visible_to(user).gone_from(user)
    return answers.select_related("returnee", "unit", "named_unit")


def elsewhere_columns() -> Columns:
    """The columns of `answers_elsewhere`."""
    return Columns(
        text_column(_("Full name"), lambda row: row.returnee.full_name, 26),
        text_column(_("Birth year"), lambda row: row.returnee.birth_year, 9),
        text_column(_("Sent by"), lambda row: row.unit.name, 22),
        text_column(_("Named commune"), lambda row: row.named_unit.name, 22),
        day_column(_("Day"), lambda row: row.on),
        text_column(_("What was said"), lambda row: row.note, 40),
    )


def age_columns() -> Columns:
    """The columns of units with how long people wait there, from `arrivals`: one for each of BANDS."""
    bands = [
        number_column(band_words(band), lambda row, place=place: row.counts[place]) for place, band in enumerate(BANDS)
    ]
    return Columns(
        text_column(_("Commune"), lambda row: row.unit.name, 24),
        *bands,
        number_column(_("Longest (days)"), lambda row: row.longest),
        number_column(_("All (people)"), lambda row: row.total),
    )
