"""Lists behind the report: who and what a figure counted, and who has not been met."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import GroupMeeting, User
from cases.reports.dashboard.measure_people import COVERAGE
from cases.reports.lists.columns import Columns, counted_rows, day_column, number_column, text_column, who_counted
from cases.reports.periodic.contacts import KIND_WORDS
from cases.reports.periodic.flow import MOVE_WORDS
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_scope import names_of
from cases.templatetags.words import money

OVERDUE = "overdue"
SILENT_WORDS = {
    "30": gettext_lazy("30 days or more"),
    "60": gettext_lazy("60 days or more"),
    "90": gettext_lazy("90 days or more"),
    OVERDUE: gettext_lazy("Something overdue"),
}
SILENT_RULES = {
    **{each.key.removeprefix("silent-"): each.rule for each in COVERAGE if each.key.startswith("silent-")},
    OVERDUE: gettext_lazy(
        "People under management with a duty of the day's round overdue: a contact, a meeting agreed, a check of the "
        "job or a 5+1 group to form. Desk work is not among them."
    ),
}


def lines(found: Collection[ReportLine], user: User) -> list[dict]:
    """The lines behind a figure. A file that is sealed or has left the user's scope counts, but is not named."""
    meetings = GroupMeeting.objects.visible_to(user).in_bulk([line.record for line in found if line.person is None])
    names = names_of({pk for line in found for pk in (line.unit, line.other) if pk})
    return [
        {
            **row,
            "unit": names[line.unit],
            "other": names[line.other] if line.other else "",
            "kind": KIND_WORDS.get(str(line.mark)) or MOVE_WORDS.get(str(line.mark), ""),
            "amount": money(line.amount) if line.amount is not None else "",
        }
        for row, line in zip(counted_rows(found, user, meetings), found, strict=True)
    ]


def line_columns() -> Columns:
    """The columns of `lines`."""
    return Columns(
        *who_counted(),
        text_column(_("Unit"), lambda row: row["unit"], 20),
        text_column(_("Other unit"), lambda row: row["other"], 20),
        day_column(_("Day"), lambda row: row["line"].day),
        text_column(_("Kind"), lambda row: row["kind"], 24),
        number_column(_("Amount (đồng)"), lambda row: row["line"].amount, 16),
    )


def silent_columns(names: dict[int, str]) -> Columns:
    """The columns of people of `silence`; `names` are those of their communes."""
    return Columns(
        text_column(_("Full name"), lambda row: row.name, 26),
        text_column(_("Birth year"), lambda row: row.birth_year, 9),
        text_column(_("Hamlet"), lambda row: row.hamlet, 20),
        text_column(_("Commune"), lambda row: names.get(row.unit_id, ""), 20),
        number_column(_("Days not met individually"), lambda row: row.days),
        text_column(_("Note"), lambda row: _("Never met individually") if row.never_met else ""),
        text_column(_("Something overdue"), lambda row: _("Overdue") if row.is_overdue else ""),
    )
