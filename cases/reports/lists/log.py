"""The log in words."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import AuditEvent, User
from cases.reports.administration import audit_words
from cases.reports.lists.columns import Columns, moment_column, text_column

EVENTS_AT_ONCE = 2000


def log_columns() -> Columns:
    """The columns of `log_lines`."""
    return Columns(
        moment_column(_("Time"), lambda row: row.event.at),
        text_column(_("Who"), lambda row: row.event.actor, 24),
        text_column(_("Address"), lambda row: row.event.address or "", 16),
        text_column(_("Device"), lambda row: row.event.device, 20),
        text_column(_("What"), lambda row: row.words, 40),
        text_column(_("About"), lambda row: row.about, 34),
        text_column(_("Reason"), lambda row: row.reason, 34),
    )


def log_lines(events: QuerySet[AuditEvent], user: User) -> Iterator[audit_words.AuditLine]:
    """Events in words, some thousands at a time: the log is long."""
    rows = events.iterator(chunk_size=EVENTS_AT_ONCE)
    while some := list(islice(rows, EVENTS_AT_ONCE)):
        yield from audit_words.audit_lines(some, user)
