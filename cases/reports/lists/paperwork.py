"""Papers on their way: of whom, at which office, since when."""

from datetime import date

from django.utils.translation import gettext as _

from cases.models import PaperworkRequest
from cases.reports.lists.columns import Columns, day_column, number_column, text_column, who


def paper_columns(on: date) -> Columns:
    """The columns of papers; days are counted to `on`, none for a paper that has ended."""

    def waiting(row: PaperworkRequest) -> int | None:
        return (on - row.last_step_on).days if row.next_step else None

    return Columns(
        *who(lambda row: row.returnee),
        text_column(_("Paper"), lambda row: row.get_kind_display()),
        text_column(_("Office it lies at"), lambda row: row.office, 24),
        text_column(_("State"), lambda row: row.state_name),
        day_column(_("Since"), lambda row: row.last_step_on),
        number_column(_("Days at this step"), waiting),
        text_column(_("Reason for refusal"), lambda row: row.refusal_reason, 26),
    )
