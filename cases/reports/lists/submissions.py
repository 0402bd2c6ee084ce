"""Reports sent up: the periods collected, the communes of one, the frozen lines behind a figure."""

from collections.abc import Callable, Collection

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Campaign, Submission, User
from cases.reports.lists.columns import (
    Columns,
    counted_rows,
    day_column,
    moment_column,
    number_column,
    text_column,
    who_counted,
)
from cases.reports.periodic.frozen import SubmissionStanding
from cases.reports.periodic.report_line import ReportLine
from cases.templatetags.words import period_days, period_label

State = Submission.State


def submissions(user: User) -> QuerySet[Submission]:
    """The reports that are asked of a commune, the latest period first."""
    rows = Submission.objects.visible_to(user).select_related("campaign__unit", "stepped_by", "unit")
    return rows.order_by("-campaign__period_end", "-pk")


def campaigns(user: User) -> QuerySet[Campaign]:
    """The periods collected, each with how many communes have answered how far."""
    asked = Campaign.objects.visible_to(user).select_related("unit")
    mine = Q(submissions__unit__in=user.scope) & ~Q(submissions__unit=user.unit)  # the own report is nobody's debt
    is_accepted = Q(submissions__accepted__isnull=False)  # also while a correction of it is on its way
    missing = Q(submissions__state__in=(State.DRAFT, State.RETURNED)) & ~is_accepted
    asked = asked.annotate(
        communes=Count("submissions", filter=mine, distinct=True),
        accepted=Count("submissions", filter=mine & is_accepted, distinct=True),
        waiting=Count("submissions", filter=mine & Q(submissions__state=State.SUBMITTED), distinct=True),
        missing=Count("submissions", filter=mine & missing, distinct=True),
    )
    return asked.order_by("-period_end", "-pk")


def expected_submissions(campaign: Campaign, user: User) -> QuerySet[Submission]:
    """The reports a campaign expects of units in the user's scope, each with the moment it was first sent; the own one
    of a unit above is not among them.
    """
    rows = Submission.objects.visible_to(user).filter(campaign=campaign)
    if not user.unit.is_commune:
        rows = rows.exclude(unit=user.unit)
    return rows.select_related("campaign", "unit", "stepped_by").with_first_sent()


def lines(rows: Collection[ReportLine], user: User) -> list[dict]:
    """Frozen lines with the file of each, where it may be named."""
    return counted_rows(rows, user)


def collected_columns() -> Columns:
    """The columns of `campaigns`."""
    return Columns(
        *_period(lambda row: row),
        number_column(_("Communes"), lambda row: row.communes),
        number_column(_("Accepted"), lambda row: row.accepted),
        number_column(_("To be looked through"), lambda row: row.waiting),
        number_column(_("Missing"), lambda row: row.missing),
    )


def owed_columns() -> Columns:
    """The columns of `submissions`."""
    return Columns(*_period(lambda row: row.campaign), *_steps(lambda row: row))


def standing_columns() -> Columns:
    """The columns of standings of `frozen`."""

    def late(row: SubmissionStanding) -> str:
        if row.is_late:
            return _("Late")
        return _("sent late") if row.was_late else ""

    return Columns(
        text_column(_("Commune"), lambda row: row.submission.unit.name, 24),
        *_steps(lambda row: row.submission),
        text_column(_("In time or late"), late, 14),
    )


def line_columns() -> Columns:
    """The columns of `lines`."""
    return Columns(*who_counted(), day_column(_("Day"), lambda row: row["line"].day))


def _period(of: Callable) -> list:
    return [
        text_column(_("Period"), lambda row: period_label(of(row).period), 24),
        text_column(_("Days of the period"), lambda row: period_days(of(row).period), 24),
        text_column(_("Asked by"), lambda row: of(row).unit.name, 22),
        day_column(_("To be sent by"), lambda row: of(row).due_on),
    ]


def _steps(of: Callable) -> list:
    return [
        text_column(_("State"), lambda row: of(row).get_state_display(), 22),
        text_column(_("Last step by"), lambda row: of(row).stepped_by.full_name if of(row).stepped_by else "", 24),
        moment_column(_("Last step"), lambda row: of(row).stepped_at),
        text_column(_("What is to be corrected"), lambda row: of(row).comment, 40),
    ]
