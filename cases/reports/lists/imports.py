"""Workbooks that were loaded, with what came of their rows."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import ImportRun, User
from cases.reports.lists.columns import Columns, moment_column, number_column, text_column


def uploads(user: User) -> QuerySet[ImportRun]:
    """Every workbook the user may see that was not thrown away, without what is in it."""
    return ImportRun.objects.visible_to(user).exclude(state=ImportRun.State.DISCARDED).defer("content")


def upload_columns() -> Columns:
    """The columns of `uploads`."""

    def count(name: str) -> Callable[[ImportRun], int]:
        return lambda row: sum(each[name] for each in row.counts.values())

    return Columns(
        text_column(_("Workbook"), lambda row: row.file_name, 40),
        text_column(_("Kind"), lambda row: row.get_kind_display(), 30),
        moment_column(_("Uploaded"), lambda row: row.created_at),
        text_column(_("State"), lambda row: row.get_state_display()),
        number_column(_("Rows"), count("rows")),
        number_column(_("New"), count("create")),
        number_column(_("Changed"), count("update")),
        number_column(_("Already there"), count("same")),
        number_column(_("With errors"), count("errors")),
    )
