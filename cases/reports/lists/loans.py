"""People who may borrow, for the People's Committee to confirm; no offence stands on it."""

from django.utils.translation import gettext as _

from cases.reports.lists.columns import Columns, day_column, text_column, who


def borrower_columns() -> Columns:
    """The columns of files of people who may be listed."""
    return Columns(
        *who(lambda row: row),
        text_column(_("Identity number"), lambda row: row.identity_number or "", 16),
        text_column(_("Residence"), lambda row: row.address or row.hamlet, 30),
        text_column(_("Certificate number"), lambda row: row.certificate_number),
        day_column(_("Completed on"), lambda row: row.completed_on),
    )
