"""Whatever a page asks PostgreSQL is asked once more with the rights of the owner: both answers are to be the same."""

import contextlib
import json
from collections.abc import Iterator

from django.conf import settings

from cases.access import row_scope
from reintegration.postgresql import base


@contextlib.contextmanager
def told_twice(monkeypatch) -> Iterator[dict[str, str]]:
    """The questions that the rules of rows answer otherwise than the tables do, with both answers."""
    found: dict[str, str] = {}
    execute = base.RowCursor.execute

    def compare(cursor, query, vars=None):
        execute(cursor, query, vars)
        scope = scope_of(cursor, str(query))
        if scope is None:
            return
        with row_scope.as_owner():  # what is asked here is compared no further
            of_owner, of_page = (
                answer(cursor, f"{front}{query}", vars) for front in (base.OWNER_AGAIN, role_of(scope))
            )
        cursor.wrapper.said = None
        if of_owner != of_page:
            hidden = set(of_owner) ^ set(of_page)
            found[cursor.mogrify(query, vars).decode()] = f"{len(of_owner)} → {len(of_page)}: {sorted(hidden)[:5]}"

    with monkeypatch.context() as patch:
        patch.setattr(base.RowCursor, "execute", compare)
        yield found


def scope_of(cursor, query):
    """The scope a question is asked in; None where it is none of a page about people, or the whole country's."""
    is_question = query.lstrip().upper().startswith("SELECT") and "FOR NO KEY UPDATE" not in query
    if not is_question or cursor.name or not row_scope.is_limited() or not base.PEOPLE.search(query):
        return None
    scope = row_scope.scope_for(about_people=True)
    return None if scope is None or scope.country else scope


def role_of(scope):
    return f'SET LOCAL ROLE "{settings.APPLICATION_ROLE}";{scope.statement}'


def answer(cursor, query, vars):
    """The rows, whatever their order; of a file its bytes, which the driver gives by their place."""
    with cursor.connection.cursor() as plain:
        plain.execute(query, vars)
        rows = plain.fetchall()
    return sorted(repr([plain_value(each) for each in row]) for row in rows)


def plain_value(value):
    """The rows of a question asked with others (models/joint_read.py) come as one text: in no order either."""
    if isinstance(value, str) and value.startswith("[["):
        return sorted(map(repr, json.loads(value)))
    return bytes(value) if isinstance(value, memoryview) else value
