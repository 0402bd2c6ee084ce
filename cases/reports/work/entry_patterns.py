"""Patterns in what somebody logged that are worth a second look: said to whoever logged it first, and to the reviewer
only what still stands after a month.

Two are looked for: the same words on many days, and many days logged late on the last evening of a month. Neither is
proof of anything: words may be short for a reason, and a network may have been away.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from cases.lib.text import fold
from cases.models import Activity, ImportedRow

BACK = 120  # days whose work is looked at
MANY = 5  # days of work that make a pattern
WORDS = 4  # a note of fewer words is often the same
LATE_HOUR = 23
PERSISTS = 30  # days after which a reviewer is told
LOADED = "activity"  # what a row of a register became


class Pattern(StrEnum):
    """What is worth a second look."""

    SAME_WORDS = "same_words"
    LAST_EVENING = "last_evening"


@dataclass(frozen=True)
class EntryPattern:
    """`count` pieces of work of many days, `newest` among them, that make a pattern since `known_on`."""

    pattern: Pattern
    count: int
    known_on: date
    newest: int


@dataclass(frozen=True)
class LoggedWork:
    """What is looked at of a piece of work."""

    pk: int
    on: date
    words: str
    logged_at: datetime


def entry_patterns(authors: Iterable[int], on: date) -> dict[int, list[EntryPattern]]:
    """The patterns of each of these authors who has one, in what they entered one by one; one query."""
    rows = own_entries(list(authors), on - timedelta(days=BACK), on).order_by("created_at", "pk")
    work = defaultdict(list)
    for author, pk, day, note, at in rows.values_list("created_by", "pk", "on", "note", "created_at"):
        work[author].append(LoggedWork(pk, day, fold(note), timezone.localtime(at)))
    found = {author: [*_same_words(logged), *_last_evenings(logged)] for author, logged in work.items()}
    return {author: patterns for author, patterns in found.items() if patterns}


def own_entries(authors: Sequence[int] | QuerySet, since: date, on: date) -> QuerySet[Activity]:
    """Work of these days that these authors entered one by one: no loaded registers."""
    loaded = ImportedRow.objects.filter(
        target_type=LOADED, run__created_by__in=authors, run__created_at__date__gte=since
    )
    rows = Activity.objects.kept().filter(created_by__in=authors, on__range=(since, on))
    return rows.exclude(pk__in=loaded.order_by().values("target_id"))


def persistent(patterns: Iterable[EntryPattern], on: date) -> list[EntryPattern]:
    """What a reviewer is told: words that stand the same for a month, evenings that came again in another month."""
    patterns = list(patterns)
    old = [each for each in patterns if each.known_on <= on - timedelta(days=PERSISTS)]
    evenings = sum(each.pattern is Pattern.LAST_EVENING for each in patterns)
    return [each for each in old if each.pattern is Pattern.SAME_WORDS or evenings > 1]


def _same_words(logged: Sequence[LoggedWork]) -> list[EntryPattern]:
    by_words = defaultdict(list)
    for each in logged:
        if len(each.words.split()) >= WORDS:
            by_words[each.words].append(each)
    return [_pattern(Pattern.SAME_WORDS, same) for same in by_words.values() if _days(same) >= MANY]


def _last_evenings(logged: Sequence[LoggedWork]) -> list[EntryPattern]:
    by_evening = defaultdict(list)
    for each in logged:
        at = each.logged_at
        if at.hour >= LATE_HOUR and at.day == monthrange(at.year, at.month)[1]:
            by_evening[timezone.localdate(at)].append(each)
    return [_pattern(Pattern.LAST_EVENING, late) for late in by_evening.values() if _days(late) >= MANY]


def _pattern(pattern: Pattern, work: Sequence[LoggedWork]) -> EntryPattern:
    """Known since the day on which the work of as many days as make a pattern was logged; `work` as it was logged."""
    days: set[date] = set()
    known = work[-1]
    for each in work:
        days.add(each.on)
        if len(days) == MANY:
            known = each
            break
    return EntryPattern(pattern, len(work), timezone.localdate(known.logged_at), work[-1].pk)


def _days(work: Iterable[LoggedWork]) -> int:
    return len({each.on for each in work})
