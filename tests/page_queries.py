"""The queries of a page, each with the line of this project that asks it.

To read those of one page: `print(told(recorded(client, url)))` in a test run with `-s`.
"""

import re
import traceback
from contextlib import ExitStack
from pathlib import Path

from django.db import connections

HOME = Path(__file__).resolve().parent.parent
OF_THIS_PROJECT = ("cases/", "templates/", "reintegration/")
LONGEST = 150


class PageQueries(list):
    """Pairs of a query and its places, as an `execute_wrapper` of every connection collects them."""

    def __call__(self, execute, sql, params, many, context):
        self.append((sql, " < ".join(_places())))
        return execute(sql, params, many, context)


def recorded(client, address, data=None):
    """What a page asks, once it has been opened; with `data` what sending its form asks."""
    if data is None:
        client.get(address)
    queries = PageQueries()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(queries))
        response = client.get(address) if data is None else client.post(address, data)
    assert response.status_code == (200 if data is None else 302), (address, response.status_code)
    return queries


def told(queries):
    return "\n".join(f"{number:3} {_short(sql)}\n    {place}" for number, (sql, place) in enumerate(queries, 1))


def _places():
    for frame in reversed(traceback.extract_stack()):
        path = Path(frame.filename)
        if path.is_relative_to(HOME):
            inside = path.relative_to(HOME).as_posix()
            if inside.startswith(OF_THIS_PROJECT) and not inside.endswith(("middleware.py", "gate.py")):
                yield f"{inside}:{frame.lineno}"


def _short(sql):
    """Which table is read, and the condition."""
    sql = re.sub(r"SELECT .*? FROM", "SELECT … FROM", sql.replace('"', ""), count=1, flags=re.DOTALL)
    return sql if len(sql) <= LONGEST else sql[:LONGEST] + "…"
