"""A bad assessment asks for a goal: it is said where none is on file, and stops nobody."""

from collections.abc import Iterable

from cases.law.grouping import is_setback
from cases.models import Assessment, Need


def missing_goal(assessments: Iterable[Assessment], needs: Iterable[Need]) -> Assessment | None:
    """The newest of these assessments, where it is a setback and no need is pending; they come newest first.

    What it is compared with is the last group that was approved before it.
    """
    newest_first = list(assessments)
    if not newest_first or any(need.is_pending for need in needs):
        return None
    before = next((row.group for row in newest_first[1:] if row.approved_on), "")
    return newest_first[0] if is_setback(newest_first[0].group, before) else None
