"""Several questions to the database asked as one statement: a page that reads twenty tables of one person goes there
and back once.

Each question is a subquery whose rows come back as one JSON text, in their order; from there on the rows are made by
Django as ever, so that whoever reads them sees an ordinary query set that was read already. What a question asks is
not looked at: scope, order and limits are its own.
"""

import copy
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

MOST_COLUMNS = 100  # that a function takes on either engine; a question with more is asked alone

# SQLite knows no days: its values are the same in JSON as in a row. PostgreSQL writes them out.
WRITTEN_OUT: dict[str, Callable[[Any], Any]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "JSONField": json.dumps,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
SAME_IN_JSON = {
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "BooleanField",
    "CharField",
    "FloatField",
    "ForeignKey",
    "GenericIPAddressField",
    "IntegerField",
    "OneToOneField",
    "PositiveBigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SlugField",
    "SmallIntegerField",
    "TextField",
}


class Wording(NamedTuple):
    """A question in SQL, with the compiler that makes objects of its rows."""

    compiler: SQLCompiler
    sql: str
    params: Sequence[Any]


class PersonWording:
    """The SQL of questions that differ by the person alone: each is put into words once, not page by page.

    `made(person)` makes the question about the person of that key.
    """

    SOMEBODY = -7_102_024_014  # no key of any row: where it stands in the values, the person's own is put

    def __init__(self, made: Callable[[int], QuerySet]) -> None:
        self.made = made
        self.worded: dict[str, Wording] = {}

    def of(self, person: int, using: str) -> Wording:
        """The wording for one person, for the connection named `using`."""
        if (worded := self.worded.get(using)) is None:
            worded = self.worded[using] = word(self.made(self.SOMEBODY), using)
        compiler = copy.copy(worded.compiler)  # of this thread's connection, and of this reading alone
        compiler.connection = connections[using]
        params = [person if value == self.SOMEBODY else value for value in worded.params]
        return Wording(compiler, worded.sql, params)


def word(question: QuerySet, using: str) -> Wording:
    """The question in SQL. Raises EmptyResultSet where no row can answer it."""
    compiler = question.query.get_compiler(using=using)
    return Wording(compiler, *compiler.as_sql(with_col_aliases=True))


def read_jointly(*questions: QuerySet, worded: Sequence[tuple[QuerySet, Wording]] = ()) -> None:
    """Read the rows of all `questions`, query sets of any models, in one statement; those read already stay.

    `worded` holds the SQL of those of which it is known. Each question is an ordinary query set afterwards, with its
    rows; a question made from it asks anew.
    """
    known = {id(question): wording for question, wording in worded}
    parts = []
    for question in questions:
        if question._result_cache is not None:
            continue
        try:
            wording = known.get(id(question)) or word(question, question.db)
        except EmptyResultSet:
            question._result_cache = []
            continue
        if len(wording.compiler.select) > MOST_COLUMNS:
            question._fetch_all()
        else:
            parts.append((question, *wording))
    if len(parts) == 1:
        parts[0][0]._fetch_all()
    elif parts:
        _ask(parts)


def _ask(parts: Sequence[tuple[QuerySet, SQLCompiler, str, Sequence]]) -> None:
    connection = connections[parts[0][0].db]
    written_out = connection.vendor == "postgresql"
    kinds = [_kinds(compiler) for _question, compiler, _sql, _params in parts]
    selects = [_packed(f"q{number}", compiler, sql) for number, (_q, compiler, sql, _p) in enumerate(parts)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selects)}", [each for *_, params in parts for each in params])
        answers = cursor.fetchone()
    for (question, compiler, *_), own, answer in zip(parts, kinds, answers, strict=True):
        rows = json.loads(answer) if answer else []
        _fill(question, compiler, _as_read(own, rows) if written_out else rows)


def _kinds(compiler: SQLCompiler) -> list[str]:
    """What kind of value each column holds; those of which nobody knows how they come back are refused."""
    kinds = [expression.output_field.get_internal_type() for expression, _sql, _alias in compiler.select]
    if strange := set(kinds) - SAME_IN_JSON - set(WRITTEN_OUT):
        raise TypeError(f"Not read from JSON: {sorted(strange)}")
    return kinds


def _packed(name: str, compiler: SQLCompiler, sql: str) -> str:
    """The rows of one question as a list of lists."""
    quote = compiler.connection.ops.quote_name
    columns = ", ".join(f"{name}.{quote(alias)}" for _expression, _sql, alias in compiler.select)
    if compiler.connection.vendor == "postgresql":
        return f"(SELECT json_agg(json_build_array({columns}))::text FROM ({sql}) {name})"  # nosec B608 # columns and SQL that Django made, values apart
    return f"(SELECT json_group_array(json_array({columns})) FROM ({sql}) {name})"  # nosec B608 # columns and SQL that Django made, values apart


def _as_read(kinds: Sequence[str], rows: list[list]) -> list[list]:
    """The values as the driver of PostgreSQL would have given them."""
    for place, kind in enumerate(kinds):
        if read := WRITTEN_OUT.get(kind):
            for row in rows:
                row[place] = None if row[place] is None else read(row[place])
    return rows


def _fill(question: QuerySet, compiler: SQLCompiler, rows: list[list]) -> None:
    """Let Django make its objects of the rows, as if its own compiler had just read them."""
    asked = question._chain()
    compiler.execute_sql = lambda *_args, **_kwargs: [rows]
    asked.query.get_compiler = lambda *_args, **_kwargs: compiler
    asked._fetch_all()
    question._result_cache, question._prefetch_done = asked._result_cache, asked._prefetch_done
