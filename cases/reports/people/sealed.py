"""Sealed files in what must stay whole: they count, and have no name; where a text tells one, it is taken out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.lib.mask import Mask
from cases.lib.text import bare
from cases.models import Placement, Returnee, User
from cases.models.scope import SEALED
from cases.reports.writers.xlsx import Sheet


def sealed_files(people: Iterable[int | None]) -> set[int]:
    """Return the ids of those of `people` whose files are sealed; one query."""
    known = {pk for pk in people if pk}
    return set(Returnee.objects.filter(pk__in=known, close_reason=SEALED).values_list("pk", flat=True))


def mask(user: User, opened: int | None = None) -> Mask:
    """Hides from `user` the names and numbers of the sealed files of the user's units, now or before.

    `opened` is the id of the person whose sealed file is open on the page. A name or number that somebody else in
    sight bears too is left: taken out, it would tell that a sealed file bears it. Three queries at most.
    """
    known = _once_known(user, opened)
    told = list(known.values_list("full_name", "identity_number", "file_number"))
    if not told:
        return Mask()
    seen = Returnee.objects.visible_to(user, opened).order_by()
    here = Q(full_name__in=known.values("full_name")) | Q(identity_number__in=known.values("identity_number"))
    open_here = list(seen.filter(here).values_list("full_name", "identity_number"))
    officers = User.objects.filter(full_name__in=known.values("full_name")).values_list("full_name", flat=True)
    borne = {name for name, _number in open_here} | set(officers)
    names = {name for name, _number, _file in told} - borne
    numbers = {number for _name, *both in told for number in both if number} - {number for _name, number in open_here}
    return Mask(names | {bare(name) for name in names}, numbers)


def _once_known(user: User, opened: int | None) -> QuerySet[Returnee]:
    sealed = Returnee.objects.filter(close_reason=SEALED).exclude(pk=opened or 0).order_by()
    if user.is_helper:
        return sealed.filter(pk__in=user.memberships.values("group__returnee"))
    units = user.scope
    return sealed.filter(Q(unit__in=units) | Q(pk__in=Placement.objects.filter(unit__in=units).values("returnee")))


def mark() -> str:
    """What stands where a name was."""
    return _("[sealed]")


def mask_sheets(sheets: Iterable[Sheet], user: User) -> Iterator[Sheet]:
    """Sheets of a workbook without the names that are sealed to `user`."""
    hidden, words = mask(user), mark()

    def plain(rows: Iterable[Sequence]) -> Iterator[list]:
        for row in rows:
            yield [hidden.hide(value, words) if isinstance(value, str) else value for value in row]

    for sheet in sheets:
        yield replace(sheet, rows=plain(sheet.rows)) if hidden else sheet
