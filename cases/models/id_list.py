"""Ids that are known already, as the other side of `__in`."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression
from django.db.models.sql.compiler import SQLCompiler


class IdList(Expression):
    """`unit__in=IdList(ids)`: the ids stand in the statement as they are.

    Of a plain list Django resolves and prepares each value by itself, each time it is asked for: with the 600 units of
    a province in twenty questions of a page that took longer than the answers.
    """

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__()
        self.ids = tuple(ids)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        return f"({', '.join([str(int(each)) for each in self.ids]) or 'NULL'})", []
