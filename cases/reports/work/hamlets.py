"""Whoever has something due, hamlet by hamlet: the order of a round on foot."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from cases.lib.text import match_key
from cases.models import Returnee
from cases.reports.work.duty_lists import DutyList, PersonDuties, ToldRows


def hamlet_rows(
    lists: Mapping[str, DutyList], people: QuerySet[Returnee]
) -> tuple[Sequence[PersonDuties], Counter[str]]:
    """Everybody in the lists of a home page by hamlet, in each the most pressing first; and how many a hamlet has.

    `people`: those the lists were made of, asked where the rows are told later (one query).
    """
    listed = [each.rows for each in lists.values()]
    later = [rows for rows in listed if isinstance(rows, ToldRows)]
    if later:
        known = dict(people.order_by().values_list("pk", "hamlet"))
        ids = sorted((pk for rows in later for pk in rows.ids if pk in known), key=lambda pk: _place(known[pk]))
        return ToldRows(ids, later[0].tell), Counter(known[pk] for pk in ids)
    rows = sorted((row for each in listed for row in each), key=lambda row: _place(row.person.hamlet))
    return rows, Counter(row.person.hamlet for row in rows)


def _place(hamlet: str) -> tuple[bool, list[str], str]:
    """Thôn 2 stands before Thôn 10; whoever has no hamlet stands last."""
    parts = re.split(r"(\d+)", match_key(hamlet))
    return not hamlet, [part.zfill(6) if part.isdigit() else part for part in parts], hamlet
