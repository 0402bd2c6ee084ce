"""From which day an administrative sanction counts as never given, and whether a later act may stand against that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.law import administrative
from cases.models import AdministrativeViolation, DeadlineVersion
from cases.models.deadline_version import clean_slates


@dataclass(frozen=True)
class Slate:
    """`clean_on` is None where the sanction or the day it was carried out is not known; `again_on` is the first later
    act before that day: where it is the same behaviour, the sanction still counts."""

    violation: AdministrativeViolation
    clean_on: date | None
    again_on: date | None
    text: str
    legal_basis: str


def of_rows(
    rows: Iterable[AdministrativeViolation], on: date, entered: Iterable[DeadlineVersion] | None = None
) -> list[Slate]:
    """One slate for each violation of one person, in their order; `entered`: the versions of slates, where read."""
    rows = list(rows)
    entered = DeadlineVersion.objects.of_slates() if entered is None else entered
    return [_slate(row, rows, clean_slates(entered, row.done_on or on), on) for row in rows]


def _slate(row: AdministrativeViolation, rows: list[AdministrativeViolation], table: tuple, on: date) -> Slate:
    if not row.sanction:
        return Slate(row, None, None, _("No day yet: which sanction was given is not on file"), "")
    sanction = administrative.Sanction(row.sanction)
    basis = next(each.legal_basis for each in table if each.sanction is sanction)
    if not row.done_on:
        return Slate(row, None, None, _("No day yet: when the sanction was carried out is not on file"), basis)
    clean_on = administrative.clean_slate_on(sanction, row.done_on, table)
    later = [each.act_on for each in rows if each.pk != row.pk and row.act_on < each.act_on < clean_on]
    again_on = min(later, default=None)
    return Slate(row, clean_on, again_on, _said(clean_on, again_on, on), basis)


def _said(clean_on: date, again_on: date | None, on: date) -> str:
    days = {"day": f"{clean_on:%d/%m/%Y}", "again": again_on and f"{again_on:%d/%m/%Y}"}
    if again_on:
        return (
            _("Day of the clean slate %(day)s, but an act of %(again)s lies before it: look whether it is alike") % days
        )
    if clean_on <= on:
        return _("Counts as never given since %(day)s") % days
    return _("Counts as never given from %(day)s, without a new one") % days
