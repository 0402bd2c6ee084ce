"""The list behind a figure of the page on reoffending: releases, the latest first."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import User
from cases.reports.dashboard.cohorts import FollowedRelease
from cases.reports.dashboard.reoffending import Base
from cases.reports.lists.columns import Columns, counted_rows, day_column, text_column, who_counted
from cases.reports.periodic.report_scope import ReportScope

BASE_WORDS = {
    Base.COMPLETED: gettext_lazy("Of everybody who completed the sentence"),
    Base.PRESENTED: gettext_lazy("Of those who presented"),
}
CURVE_RULE = gettext_lazy(
    "People who presented and were followed for so many months at least, with those whose first new crime falls into "
    "that month. Whoever died, moved away, was cleared or whose file was closed before is followed no longer."
)


def lines(found: Collection[FollowedRelease], where: ReportScope, user: User) -> list[dict]:
    """Releases with the file of each, where it may be named."""
    return [{**row, "unit": where.units[row["line"].unit].name} for row in counted_rows(found, user)]


def release_columns() -> Columns:
    """The columns of `lines`."""
    return Columns(
        *who_counted(),
        text_column(_("Unit"), lambda row: row["unit"], 20),
        day_column(_("Release day"), lambda row: row["line"].released_on),
    )
