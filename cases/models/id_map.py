"""A column of ids, each exchanged for another that is known already: to sum over the one by the other."""

from collections.abc import Mapping
from json import dumps

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, F, Func
from django.db.models.sql.compiler import SQLCompiler


class IdMap(Func):
    """The value of `ids` under the id in a column; a column's own value where the database knows no such map (SQLite),
    so whoever sums the rows must do the same to them again.
    """

    output_field = BigIntegerField()

    def __init__(self, column: str, ids: Mapping[int, int]) -> None:
        super().__init__(F(column))
        self.ids = ids

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **how) -> tuple[str, list]:
        sql, params = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            known = dumps({f"{one}": other for one, other in self.ids.items()}, separators=(",", ":"))
            sql = f"('{known}'::jsonb ->> ({sql})::text)::bigint"
        return sql, [*params]
