"""Whether the condition of a check constraint holds for values in memory, as the database would answer.

Django asks the database, in a savepoint of its own, for each rule of every row that is validated: three statements a
rule. The conditions compare plain values, which Python compares too. As in SQL a comparison with nothing is neither
true nor false (None), and a rule is broken only where it is false.
"""

import operator
from collections.abc import Callable, Mapping

from django.db.models import F, Q

COMPARISONS: dict[str, Callable] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, known: value in known,
}


class UnknownConditionError(Exception):
    """The condition asks for something else than to compare: the database has to answer."""


def answer(condition: Q, values: Mapping) -> bool | None:
    """True, false, or None for neither; `values` by the names of fields. KeyError where a field is not among them."""
    answers = [answer(part, values) if isinstance(part, Q) else _compare(part, values) for part in condition.children]
    ends = {Q.AND: False, Q.OR: True}.get(condition.connector)
    if ends is None:
        raise UnknownConditionError(condition.connector)
    found = ends if ends in answers else None if None in answers else not ends
    return not found if condition.negated and found is not None else found


def _compare(part: object, values: Mapping) -> bool | None:
    if not isinstance(part, tuple):
        raise UnknownConditionError(part)
    name, _, lookup = part[0].partition("__")
    value, other = values[name], values[part[1].name] if isinstance(part[1], F) else part[1]
    if lookup == "isnull":
        return (value is None) is other
    if (lookup or "exact") not in COMPARISONS:
        raise UnknownConditionError(part[0])
    return None if value is None or other is None else COMPARISONS[lookup or "exact"](value, other)
