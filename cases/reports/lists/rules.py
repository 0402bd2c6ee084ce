"""The waiting periods and the deadlines of the officers, as they hold on a day."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.law.deadlines import DeadlineKind, DeadlineUnit, deadline
from cases.law.waiting import RuleSet, Wait
from cases.models import DeadlineVersion, RuleVersion, User
from cases.reports.administration.rule_tables import BANDS, ROUTES
from cases.reports.lists.columns import Columns, day_column, number_column, text_column
from cases.reports.words import Words

COUNTS = {
    DeadlineUnit.HOURS: gettext_lazy("hours"),
    DeadlineUnit.DAYS: gettext_lazy("days"),
    DeadlineUnit.WORKING_DAYS: gettext_lazy("working days"),
    DeadlineUnit.MONTHS: gettext_lazy("months"),
    DeadlineUnit.DAY_OF_QUARTER: gettext_lazy("days from the first of the quarter"),
    DeadlineUnit.DAY_OF_MONTH: gettext_lazy("days from the first of the month"),
}


def waits(rules: RuleSet) -> list[tuple[Words, list[Wait]]]:
    """For each band of main penalties its periods, one for each route."""
    months = {(wait.column, wait.band): wait for wait in rules.waits}
    return [(label, [months[column, band] for column in ROUTES]) for band, label in BANDS.items()]


def wait_columns() -> Columns:
    """The columns of `waits`, in months."""
    routes = [
        number_column(str(title), lambda row, place=place: row[1][place].months)
        for place, title in enumerate(ROUTES.values())
    ]
    return Columns(text_column(_("Main penalty pronounced"), lambda row: row[0], 36), *routes)


def deadlines(user: User, on: date) -> Iterator[dict]:
    """Each deadline as it holds on the day, with its source and who entered it."""
    entered = DeadlineVersion.objects.visible_to(user)
    table, certainties = entered.table(), dict(RuleVersion.Certainty.choices)
    by_whom = {(row.duty, row.valid_from): row.created_by.full_name for row in entered.select_related("created_by")}
    for duty in DeadlineKind:
        rule = deadline(duty, on, table)
        yield {
            "name": DeadlineVersion.Duty(duty).label,
            "amount": rule.amount,
            "count": COUNTS[rule.count],
            "rule": rule,
            "certainty": certainties[rule.certainty],
            "by": by_whom.get((duty, rule.valid_from), ""),
        }


def deadline_columns() -> Columns:
    """The columns of `deadlines`."""
    return Columns(
        text_column(_("Deadline"), lambda row: row["name"], 40),
        number_column(_("How long"), lambda row: row["amount"]),
        text_column(_("Counted in"), lambda row: row["count"], 16),
        day_column(_("In force from"), lambda row: row["rule"].valid_from),
        text_column(_("Source"), lambda row: row["rule"].source, 40),
        text_column(_("Certainty"), lambda row: row["certainty"], 20),
        text_column(_("Entered by"), lambda row: row["by"], 24),
    )
