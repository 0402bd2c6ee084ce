"""Lists of units: as they stood on a day, as they were changed, and those that still hold people to be placed."""

from django.utils.translation import gettext as _

from cases.reports.lists.columns import Columns, day_column, moment_column, number_column, text_column


def unit_columns() -> Columns:
    """The columns of units with those above them."""
    return Columns(
        text_column(_("Official code"), lambda row: row.code, 13),
        text_column(_("Unit"), lambda row: row.name, 28),
        text_column(_("Kind"), lambda row: row.get_kind_display(), 16),
        text_column(_("Belongs to"), lambda row: row.parent.name if row.parent else "", 26),
        day_column(_("In force from"), lambda row: row.valid_from),
        day_column(_("In force to"), lambda row: row.valid_to),
    )


def divided_columns() -> Columns:
    """The columns of divided units, each with the number of people it still has."""
    return Columns(
        text_column(_("Official code"), lambda row: row[0].code, 13),
        text_column(_("Unit"), lambda row: row[0].name, 28),
        text_column(_("Belongs to"), lambda row: row[0].parent.name if row[0].parent else "", 26),
        day_column(_("In force from"), lambda row: row[0].valid_from),
        day_column(_("In force to"), lambda row: row[0].valid_to),
        number_column(_("People"), lambda row: row[1]),
    )


def change_columns() -> Columns:
    """The columns of changes of units."""
    return Columns(
        text_column(_("What changed"), lambda row: row.get_kind_display(), 20),
        text_column(_("Unit"), lambda row: row.name, 30),
        day_column(_("In force from"), lambda row: row.on),
        text_column(_("Decree"), lambda row: row.decree, 26),
        text_column(_("Entered by"), lambda row: row.created_by.full_name, 24),
        moment_column(_("Entered at"), lambda row: row.created_at),
        moment_column(_("Undone at"), lambda row: row.undone_at),
        text_column(_("Why it was undone"), lambda row: row.undone_reason, 30),
    )
