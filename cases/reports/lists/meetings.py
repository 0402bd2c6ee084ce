"""Group meetings: planned, to be recorded and held."""

from datetime import date

from django.utils.translation import gettext as _

from cases.models import GroupMeeting
from cases.reports.lists.columns import Columns, day_column, number_column, text_column


def meeting_columns(on: date) -> Columns:
    """The columns of meetings with counts; `on` tells those that are coming up."""

    def state(row: GroupMeeting) -> str:
        if row.attendance_taken_at:
            return _("Held")
        return _("Attendance missing") if row.on < on else _("Coming up")

    return Columns(
        day_column(_("Day"), lambda row: row.on),
        text_column(_("Topic"), lambda row: row.topic, 36),
        text_column(_("Place"), lambda row: row.place, 26),
        text_column(_("Commune"), lambda row: row.unit.name, 20),
        text_column(_("State"), state),
        number_column(_("Invited"), lambda row: row.invited_count),
        number_column(_("Came"), lambda row: row.present_count if row.attendance_taken_at else None),
    )
