"""Accounts, each with its posting and state."""

from django.utils.translation import gettext as _

from cases.reports.lists.columns import Columns, text_column


def user_columns() -> Columns:
    """The columns of accounts of `accounts.roster`."""
    return Columns(
        text_column(_("User name"), lambda row: row.user.username),
        text_column(_("Full name"), lambda row: row.user.full_name, 26),
        text_column(_("Rank or position"), lambda row: row.user.rank, 22),
        text_column(_("Role"), lambda row: row.posting.get_role_display() if row.posting else "", 20),
        text_column(_("Unit"), lambda row: row.posting.unit if row.posting else "", 22),
        text_column(_("Organisation"), lambda row: (row.posting and row.posting.organisation) or "", 22),
        text_column(_("State"), lambda row: row.state.word),
    )
