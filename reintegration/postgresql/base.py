"""PostgreSQL as Django knows it, each statement of a page sent with whose rows it may reach.

Nothing is kept in a connection: the role of the pages and the scope are set within the statement's own transaction,
in the same message. So it holds without a transaction of Django's, after a savepoint was taken back, on the standby,
and where PgBouncer hands every transaction another connection.
"""

import re

from django.conf import settings
from django.db.backends.postgresql import base, operations
from psycopg2 import extensions

from cases.access import row_scope

PEOPLE = re.compile(r'"?cases_(?!unit\b|user\b|posting\b|organisation\b|succession\b)\w+')
OF_A_TRANSACTION = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|SET CONSTRAINTS)\b", re.IGNORECASE)
OWNER_AGAIN = "SET LOCAL ROLE NONE;"


class RowCursor(extensions.cursor):
    """Says whose rows are reached in front of what is executed; `front` is what it said last."""

    wrapper = None
    front = ""

    def execute(self, query, vars=None):
        self.front = self.wrapper.front_of(query) if self.wrapper else ""
        if self.front and self.name:  # the cursor of the server is declared in a statement of its own
            with self.connection.cursor() as plain:
                plain.execute(self.front)
            self.front = ""
        return super().execute(f"{self.front}{query}" if self.front else query, vars)

    def executemany(self, query, vars_list):
        for each in vars_list:
            self.execute(query, each)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor, sql, params):
        said = super().last_executed_query(cursor, sql, params)
        return said and said.removeprefix(getattr(cursor, "front", ""))


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    said: str | None = ""  # whose rows this transaction reaches by now: nothing was said, None: that is not known

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.cursor_factory = RowCursor
        self.said = ""
        return connection

    def _set_autocommit(self, autocommit):
        super()._set_autocommit(autocommit)
        self.said = ""

    def create_cursor(self, name=None):
        cursor = super().create_cursor(name)
        cursor.wrapper = self
        return cursor

    def chunked_cursor(self):
        """Without a transaction a cursor of the server outlives what was said in front of its statement."""
        outlives = settings.APPLICATION_ROLE and row_scope.is_limited() and not self.in_atomic_block
        return self.cursor() if outlives else super().chunked_cursor()

    def front_of(self, query):
        """What is to be said in front of `query`; nothing where its transaction was told so before."""
        if not settings.APPLICATION_ROLE:
            return ""
        if OF_A_TRANSACTION.match(str(query)):
            self.said = None  # what was said within a savepoint goes with it
            return ""
        scope = row_scope.scope_for(about_people=bool(PEOPLE.search(str(query))))
        front = f'SET LOCAL ROLE "{settings.APPLICATION_ROLE}";{scope.statement}' if scope is not None else OWNER_AGAIN
        if not self.in_atomic_block:
            return "" if scope is None else front
        if front == self.said or scope is None and self.said == "":
            return ""
        self.said = front
        return front
