"""A large unit in parts of its people, so that no count holds all of them in memory at once."""

from cases.models import Placement
from cases.reports.periodic.report_scope import EVERYBODY, PeoplePart, ReportScope

AT_ONCE = 20_000  # people; docs/performance.md says what a count takes of them


def parts_of(where: ReportScope, at_once: int = AT_ONCE) -> list[PeoplePart]:
    """Parts of everybody who may count under the unit: each person, of today or to come, is in just one of them.

    That somebody moved between units or periods tells nothing about their part, so that distinct people add up exactly.
    """
    held = Placement.objects.filter(unit__in=where.among).order_by("returnee").values_list("returnee", flat=True)
    firsts = list(held.distinct())[at_once::at_once]
    if not firsts:
        return [EVERYBODY]
    lasts = [first - 1 for first in firsts]
    return [PeoplePart(first, last) for first, last in zip([None, *firsts], [*lasts, None], strict=True)]
