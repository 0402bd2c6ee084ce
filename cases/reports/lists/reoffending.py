"""The list behind a figure of the page on reoffending: releases, the latest first."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Returnee, User
from cases.reports.dashboard.cohorts import FollowedRelease
from cases.reports.dashboard.reoffending import Base
from cases.reports.lists.columns import Columns, day_column, text_column, who_counted
from cases.reports.people import sealed
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
    named = Returnee.objects.visible_to(user).kept().in_bulk([each.person for each in found])
    hidden = sealed.sealed_files(each.person for each in found)
    return [
        {
            "person": named.get(each.person),
            "sealed": each.person in hidden,
            "unit": where.units[each.unit].name,
            "followed": each,
        }
        for each in found
    ]


def release_columns() -> Columns:
    """The columns of `lines`."""
    return Columns(
        *who_counted(),
        text_column(_("Unit"), lambda row: row["unit"], 20),
        day_column(_("Release day"), lambda row: row["followed"].released_on),
    )
