"""What is counted once more when every row is in its place, in this order: a step is a word for it and what it does.

Tables that keep what pages ask of a person or a unit are rebuilt here, before the statistics of the planner.
"""

from collections.abc import Callable

from django.db import connection

from cases.models import fact_triggers, row_rules


def analyse() -> None:
    """The planner learns how many rows of what there are; outside a transaction the visible pages are noted too."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


def keep_facts() -> None:
    """What pages ask of a person is counted beside them; the triggers that do so were off while the rows came."""
    fact_triggers.fill(connection)
    row_rules.fill(connection)


STEPS: list[tuple[str, Callable[[], None]]] = [("facts", keep_facts), ("ANALYZE", analyse)]
