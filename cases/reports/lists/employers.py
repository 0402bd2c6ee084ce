"""Places of work, and how many people were referred and are at work there."""

from django.utils.translation import gettext as _

from cases.reports.lists.columns import Columns, number_column, text_column


def employer_columns() -> Columns:
    """The columns of employers with counts."""
    return Columns(
        text_column(_("Employer"), lambda row: row.name, 30),
        text_column(_("Trade"), lambda row: row.trade, 22),
        text_column(_("Address"), lambda row: row.address, 30),
        text_column(_("Commune"), lambda row: row.unit.name, 20),
        number_column(_("People referred"), lambda row: row.referred_count),
        number_column(_("At work"), lambda row: row.working_count),
    )
