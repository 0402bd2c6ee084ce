"""Indexes, unique rules and references set aside while tables are filled, and put back so that they hold for every row.

Checks of single rows stay where they are. Triggers of the tables do not run meanwhile: what they keep is counted again
afterwards (`nation.after`).
"""

from dataclasses import dataclass
from typing import Self

from django.apps import apps

KEPT = ("cases_unit", "cases_succession", "cases_organisation")  # stand before the nation comes
RULES = """
    SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('u', 'x', 'f') ORDER BY contype <> 'f', conname
"""
INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = c.oid)
    ORDER BY c.relname
"""
TAKEN = "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conindid = %s::regclass"


@dataclass
class Aside:
    """What was set aside: statements that bring it back, references last."""

    cursor: object
    tables: list[str]
    indexes: list[str]
    references: list[str]

    @classmethod
    def take(cls, cursor) -> Self:
        """Set aside what hangs on the tables of the cases; a unique rule that a reference needs stays."""
        found = cls(cursor, tables_to_fill(), [], [])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is waiting for the end of the transaction
        for table in found.tables:
            found.count_on(table)
            found.drop_rules(table, references=True)
        for table in found.tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            found.drop_rules(table, references=False)
            found.drop_indexes(table)
        return found

    def drop_rules(self, table: str, *, references: bool) -> None:
        self.cursor.execute(RULES, [table])
        for name, kind, rule in self.cursor.fetchall():
            if (kind == "f") != references or kind != "f" and self.is_needed(name):
                continue
            self.cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            kept = self.references if references else self.indexes
            kept.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {rule}')

    def is_needed(self, name: str) -> bool:
        self.cursor.execute(TAKEN, [f'"{name}"'])
        return self.cursor.fetchone() is not None

    def drop_indexes(self, table: str) -> None:
        self.cursor.execute(INDEXES, [table])
        for name, index in self.cursor.fetchall():
            self.cursor.execute(f'DROP INDEX "{name}"')
            self.indexes.append(index)

    def put_back(self) -> None:
        """Make every index and rule again; each is held against every row, and what breaks one stops the whole."""
        for statement in [*self.indexes, *self.references]:
            self.cursor.execute(statement)

    def finish(self) -> None:
        """What follows is stored as the product stores: triggers run, and ids go on from the last."""
        self.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in self.tables:
            self.cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            self.count_on(table)

    def count_on(self, table: str) -> None:
        """The next row that the product stores takes the next number."""
        self.cursor.execute(
            "SELECT pg_get_serial_sequence(%s, attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attname = 'id'",
            [table, table],
        )
        for (sequence,) in filter(any, self.cursor.fetchall()):
            self.cursor.execute(f"SELECT setval('{sequence}', coalesce(max(id), 0) + 1, false) FROM {table}")  # nosec B608 # a table and its sequence, from the models


def tables_to_fill() -> list[str]:
    """Every table of the cases, but those that stand before."""
    models = apps.get_app_config("cases").get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models} - {*KEPT})
